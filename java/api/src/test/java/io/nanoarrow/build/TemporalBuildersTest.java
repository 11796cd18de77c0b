package io.nanoarrow.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.column.Interval;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.TimeUnit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemporalBuildersTest {
  private static final Instant BEFORE_1970 = Instant.parse("1969-07-20T20:17:40Z");

  private static void refused(Runnable append) {
    assertThrows(IllegalArgumentException.class, append::run);
  }

  @ParameterizedTest
  @EnumSource(DateUnit.class)
  void dates(DateUnit unit) {
    LocalDate date = LocalDate.of(1815, 12, 10);
    assertEquals(
        List.of(date, LocalDate.EPOCH),
        Built.rows(
            new ArrowType.Date(unit),
            column -> {
              column.asDate().append(date);
              column.asTemporal().append(0);
            }));
  }

  @Test
  void daysOutOf32BitsAreRefused() {
    Built.rows(
        new ArrowType.Date(DateUnit.DAY),
        column -> {
          refused(() -> column.asDate().append(1L << 31));
          refused(() -> column.asDate().appendAll(new long[] {0, 1L << 40}));
          assertEquals(0, column.length());
        });
  }

  @ParameterizedTest
  @EnumSource(TimeUnit.class)
  void times(TimeUnit unit) {
    LocalTime time = LocalTime.of(23, 59, 59);
    assertEquals(
        List.of(time, LocalTime.MIDNIGHT),
        Built.rows(
            new ArrowType.Time(unit),
            column -> {
              column.asTime().append(time);
              column.asTime().append(0);
              if (unit != TimeUnit.NANOSECOND) {
                refused(() -> column.asTime().append(time.withNano(1)));
              }
            }));
  }

  @ParameterizedTest
  @EnumSource(TimeUnit.class)
  void timestampsWithoutZone(TimeUnit unit) {
    LocalDateTime time = LocalDateTime.of(1900, 1, 1, 12, 30);
    LocalDateTime other = LocalDateTime.parse("1969-07-20T20:17:40");
    assertEquals(
        List.of(time, other),
        Built.rows(
            new ArrowType.Timestamp(unit, null),
            column -> {
              column.asTimestamp().append(time);
              column.asTimestamp().append(BEFORE_1970);
              refused(() -> column.asTimestamp().append(ZonedDateTime.now(ZoneId.of("UTC"))));
            }));
  }

  @Test
  void timestampsWithZone() {
    ZoneId paris = ZoneId.of("Europe/Paris");
    ZonedDateTime noon = ZonedDateTime.of(2020, 7, 1, 12, 0, 0, 5_000_000, paris);
    assertEquals(
        List.of(noon, noon, noon, noon),
        Built.rows(
            new ArrowType.Timestamp(TimeUnit.MILLISECOND, "Europe/Paris"),
            column -> {
              column.asTimestamp().append(noon);
              column.asTimestamp().append(noon.withZoneSameInstant(ZoneId.of("Asia/Tokyo")));
              column.asTimestamp().append(noon.toLocalDateTime());
              column.asTimestamp().append(noon.toInstant());
              refused(() -> column.asTimestamp().append(noon.plusNanos(1)));
            }));
  }

  @Test
  void smallestAndLargestNanosecondsAreReachedNotPassed() {
    Instant first = Instant.ofEpochSecond(0, Long.MIN_VALUE);
    Instant last = Instant.ofEpochSecond(0, Long.MAX_VALUE);
    assertEquals(
        List.of(Long.MIN_VALUE, Long.MAX_VALUE),
        Built.rows(
                new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC"),
                column -> {
                  column.asTimestamp().append(first);
                  column.asTimestamp().append(last);
                  refused(() -> column.asTimestamp().append(first.minusNanos(1)));
                  refused(() -> column.asTimestamp().append(last.plusNanos(1)));
                })
            .stream()
            .map(time -> ((ZonedDateTime) time).toInstant())
            .map(time -> Duration.between(Instant.EPOCH, time).toNanos())
            .toList());
  }

  @ParameterizedTest
  @EnumSource(TimeUnit.class)
  void durations(TimeUnit unit) {
    Duration duration = Duration.ofSeconds(-90);
    assertEquals(
        List.of(duration, Duration.ZERO),
        Built.rows(
            new ArrowType.Duration(unit),
            column -> {
              column.asDuration().append(duration);
              column.asDuration().append(0);
              if (unit != TimeUnit.SECOND) {
                refused(() -> column.asDuration().append(Duration.ofSeconds(Long.MAX_VALUE)));
              }
            }));
  }

  @Test
  void numbersThatJavaTimeCannotRepresentAreTakenAsTheyAreRead() {
    assertEquals(
        List.of(90_000L),
        Built.rows(new ArrowType.Time(TimeUnit.SECOND), column -> column.appendObject(90_000L)));
  }

  @Test
  void intervalsHaveThePartsOfTheirUnit() {
    assertEquals(
        List.of(new Interval(14, 0, 0), new Interval(-3, 0, 0)),
        Built.rows(
            new ArrowType.Interval(IntervalUnit.YEAR_MONTH),
            column -> {
              column.asInterval().append(Period.of(1, 2, 0));
              column.asInterval().append(-3, 0, 0);
              refused(() -> column.asInterval().append(0, 1, 0));
              refused(() -> column.asInterval().append(0, 0, 1));
              refused(() -> column.asInterval().append(Period.ofYears(Integer.MAX_VALUE)));
            }));
    assertEquals(
        List.of(new Interval(0, 2, -1_000_000)),
        Built.rows(
            new ArrowType.Interval(IntervalUnit.DAY_TIME),
            column -> {
              column.asInterval().append(0, 2, -1_000_000);
              refused(() -> column.asInterval().append(1, 0, 0));
              refused(() -> column.asInterval().append(0, 0, 1));
              refused(() -> column.asInterval().append(0, 0, (1L << 31) * 1_000_000));
            }));
    assertEquals(
        List.of(new Interval(1, -2, Long.MIN_VALUE)),
        Built.rows(
            new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
            column -> column.asInterval().append(new Interval(1, -2, Long.MIN_VALUE))));
  }
}
