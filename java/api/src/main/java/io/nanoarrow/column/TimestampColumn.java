package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A column of timestamps: numbers that count the type's unit from 1970-01-01T00:00, of UTC when the
 * type has a zone, else of a wall clock somewhere.
 */
public final class TimestampColumn extends TemporalColumn {
  private final long unitsPerSecond;
  private final @Nullable String timezone;
  private @Nullable ZoneId zone;

  TimestampColumn(ColumnData data, Lease lease, String path, ArrowType.Timestamp type) {
    super(data, lease, path, Long.BYTES);
    unitsPerSecond = Units.perSecond(type.unit());
    timezone = type.timezone() == null || type.timezone().isEmpty() ? null : type.timezone();
  }

  /**
   * Returns the zone of the type, or null when it has none.
   *
   * @throws DateTimeException when this JVM does not know the zone
   */
  public @Nullable ZoneId zone() {
    ZoneId known = zone;
    if (known == null && timezone != null) {
      known = ZoneId.of(timezone);
      zone = known;
    }
    return known;
  }

  /**
   * Returns the instant of a row, null when it is null. Without a zone the wall clock is taken for
   * UTC's.
   *
   * @throws DateTimeException when Instant cannot represent it
   */
  public @Nullable Instant getInstant(long row) {
    return isNull(row) ? null : toInstant(getLong(row));
  }

  /**
   * Returns what the wall clock shows, null when the row is null: the stored one, or the one of the
   * type's zone.
   *
   * @throws DateTimeException when LocalDateTime cannot represent it, or the zone is not known
   */
  public @Nullable LocalDateTime getLocalDateTime(long row) {
    if (isNull(row)) {
      return null;
    }
    long value = getLong(row);
    return timezone == null ? toLocal(value) : toZoned(value).toLocalDateTime();
  }

  /**
   * Returns date, time and zone of a row, null when it is null.
   *
   * @throws IllegalStateException when the type has no zone
   * @throws DateTimeException when ZonedDateTime cannot represent it, or the zone is not known
   */
  public @Nullable ZonedDateTime getZonedDateTime(long row) {
    if (timezone == null) {
      throw new IllegalStateException("column " + path + " has no time zone: " + type());
    }
    return isNull(row) ? null : toZoned(getLong(row));
  }

  private Instant toInstant(long value) {
    return Instant.ofEpochSecond(Math.floorDiv(value, unitsPerSecond), nanos(value));
  }

  private LocalDateTime toLocal(long value) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(value, unitsPerSecond), nanos(value), ZoneOffset.UTC);
  }

  private int nanos(long value) {
    return (int) (Math.floorMod(value, unitsPerSecond) * (Units.NANOS_PER_SECOND / unitsPerSecond));
  }

  private ZonedDateTime toZoned(long value) {
    return toInstant(value).atZone(zone());
  }

  @Override
  Object toJavaTime(long value) {
    if (timezone == null) {
      return toLocal(value);
    }
    Instant instant = toInstant(value);
    try {
      return instant.atZone(zone());
    } catch (DateTimeException e) {
      return instant;
    }
  }

  @Override
  void appendText(TextOut out, long row, boolean quoted) {
    Object value = getObject(row);
    if (value instanceof LocalDateTime local) {
      out.add(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(local));
    } else if (value instanceof ZonedDateTime zoned) {
      out.add(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(zoned));
    } else {
      out.add(String.valueOf(value));
    }
  }
}
