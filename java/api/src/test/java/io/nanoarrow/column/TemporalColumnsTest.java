package io.nanoarrow.column;

import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.column;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.i64;
import static io.nanoarrow.testing.TestArrays.valid;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.TimeUnit;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TemporalColumnsTest {
  private static TimestampColumn timestamps(TimeUnit unit, String zone, long... values) {
    return column(array(new ArrowType.Timestamp(unit, zone), values.length, i64(values)))
        .asTimestamp();
  }

  @Test
  void datesOfBothUnits() {
    DateColumn days = column(array(new ArrowType.Date(DateUnit.DAY), 2, i32(-1, 19000))).asDate();
    assertEquals(LocalDate.of(1969, 12, 31), days.getDate(0));
    assertEquals(LocalDate.ofEpochDay(19000), days.getObject(1));
    assertEquals(-1, days.getLong(0));
    DateColumn millis =
        column(array(new ArrowType.Date(DateUnit.MILLISECOND), 2, i64(-1, 86_400_000))).asDate();
    assertEquals(LocalDate.of(1969, 12, 31), millis.getDate(0));
    assertEquals(1, millis.getEpochDay(1));
  }

  @Test
  void timesOfBothWidths() {
    TimeColumn seconds =
        column(array(new ArrowType.Time(TimeUnit.SECOND), 2, i32(3661, 86_400))).asTime();
    assertEquals(LocalTime.of(1, 1, 1), seconds.getTime(0));
    assertThrows(DateTimeException.class, () -> seconds.getTime(1));
    assertEquals(86_400L, seconds.getObject(1));
    assertEquals("86400", seconds.text(1));
    TimeColumn nanos = column(array(new ArrowType.Time(TimeUnit.NANOSECOND), 1, i64(1))).asTime();
    assertEquals(LocalTime.ofNanoOfDay(1), nanos.getTime(0));
    TimeColumn micros =
        column(array(new ArrowType.Time(TimeUnit.MICROSECOND), 1, i64(Long.MAX_VALUE))).asTime();
    assertThrows(ArithmeticException.class, () -> micros.getTime(0));
    assertEquals(Long.MAX_VALUE, micros.getObject(0));
  }

  @ParameterizedTest
  @CsvSource({"SECOND, 1", "MILLISECOND, 1000", "MICROSECOND, 1000000", "NANOSECOND, 1000000000"})
  void timestampsBeforeTheEpochRoundDown(TimeUnit unit, long perSecond) {
    TimestampColumn column = timestamps(unit, null, -1, perSecond);
    assertEquals(Instant.EPOCH.minusNanos(1_000_000_000 / perSecond), column.getInstant(0));
    assertEquals(LocalDateTime.of(1970, 1, 1, 0, 0, 1), column.getObject(1));
    assertEquals("1970-01-01T00:00:01", column.text(1));
  }

  @Test
  void timestampsWithZone() {
    TimestampColumn column = timestamps(TimeUnit.SECOND, "Europe/Paris", 0);
    ZonedDateTime expected = Instant.EPOCH.atZone(ZoneId.of("Europe/Paris"));
    assertEquals(expected, column.getZonedDateTime(0));
    assertEquals(expected, column.getObject(0));
    assertEquals(LocalDateTime.of(1970, 1, 1, 1, 0), column.getLocalDateTime(0));
    assertEquals(Instant.EPOCH, column.getInstant(0));
    assertEquals("1970-01-01T01:00:00+01:00", column.text(0));
    assertEquals(ZoneId.of("+05:30"), timestamps(TimeUnit.SECOND, "+05:30", 0).zone());
  }

  @Test
  void zoneThatIsNotKnownOrNotThere() {
    TimestampColumn unknown = timestamps(TimeUnit.SECOND, "Mars/Olympus", 0);
    assertThrows(DateTimeException.class, () -> unknown.getZonedDateTime(0));
    assertEquals(Instant.EPOCH, unknown.getObject(0));
    assertEquals("1970-01-01T00:00:00Z", unknown.text(0));
    TimestampColumn none = timestamps(TimeUnit.SECOND, null, 0);
    assertThrows(IllegalStateException.class, () -> none.getZonedDateTime(0));
    assertNull(none.zone());
  }

  @ParameterizedTest
  @EnumSource(TimeUnit.class)
  void everyNumberHasAnObjectAndText(TimeUnit unit) {
    for (String zone : new String[] {null, "UTC", "+14:00", "Mars/Olympus"}) {
      TimestampColumn column =
          timestamps(
              unit,
              zone,
              Long.MIN_VALUE,
              Long.MAX_VALUE,
              31_556_889_864_403_199L,
              -1_000_000L * 31_557_014_167_219_200L);
      for (int row = 0; row < column.length(); row++) {
        int at = row;
        assertDoesNotThrow(() -> column.getObject(at));
        assertDoesNotThrow(() -> column.text(at));
      }
    }
    DurationColumn durations =
        column(array(new ArrowType.Duration(unit), 2, i64(Long.MIN_VALUE, Long.MAX_VALUE)))
            .asDuration();
    assertDoesNotThrow(() -> durations.getDuration(0));
    assertDoesNotThrow(() -> durations.getDuration(1));
  }

  @Test
  void secondsFarOutOfRangeStayANumber() {
    TimestampColumn column = timestamps(TimeUnit.SECOND, null, Long.MAX_VALUE);
    assertEquals(Long.MAX_VALUE, column.getObject(0));
    assertEquals(Long.toString(Long.MAX_VALUE), column.text(0));
    assertThrows(DateTimeException.class, () -> column.getLocalDateTime(0));
    assertThrows(DateTimeException.class, () -> column.getInstant(0));
  }

  @Test
  void durations() {
    DurationColumn column =
        column(valid("101", array(new ArrowType.Duration(TimeUnit.MICROSECOND), 3, i64(-1, 0, 3))))
            .asDuration();
    assertEquals(Duration.ofNanos(-1000), column.getDuration(0));
    assertNull(column.getDuration(1));
    assertEquals(Duration.ofNanos(3000), column.getObject(2));
  }

  @Test
  void intervalsOfEveryUnit() {
    IntervalColumn months =
        column(array(new ArrowType.Interval(IntervalUnit.YEAR_MONTH), 1, i32(14))).asInterval();
    assertEquals(new Interval(14, 0, 0), months.getObject(0));
    assertEquals(Period.of(1, 2, 0), months.getPeriod(0));
    IntervalColumn days =
        column(
                array(new ArrowType.Interval(IntervalUnit.DAY_TIME), 2, i32(1, 2, -3, -4))
                    .slice(1, 1))
            .asInterval();
    assertEquals(new Interval(0, -3, -4_000_000), days.getInterval(0));
    assertThrows(ArithmeticException.class, () -> days.getPeriod(0));
    IntervalColumn all =
        column(
                array(
                    new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
                    1,
                    i32(1, -2, 500_000_000, 0)))
            .asInterval();
    assertEquals(new Interval(1, -2, 500_000_000), all.getInterval(0));
    assertEquals("P1M-2DT0.5S", all.text(0));
    assertEquals("P0D", new Interval(0, 0, 0).toString());
  }

  @Test
  void copiesBothWidths() {
    long[] target = new long[2];
    column(array(new ArrowType.Date(DateUnit.DAY), 3, i32(1, -2, 3)))
        .asTemporal()
        .copyTo(1, target, 0, 2);
    assertArrayEquals(new long[] {-2, 3}, target);
    timestamps(TimeUnit.SECOND, null, 7, 8, 9).copyTo(0, target, 1, 1);
    assertArrayEquals(new long[] {-2, 7}, target);
  }
}
