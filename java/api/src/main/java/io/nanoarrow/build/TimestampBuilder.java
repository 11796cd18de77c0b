package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Builds a column of timestamps: numbers that count the type's unit from 1970-01-01T00:00, of UTC
 * when the type has a zone, else of a wall clock somewhere.
 */
public final class TimestampBuilder extends TemporalBuilder {
  private final int unitsPerSecond;
  private final @Nullable String timezone;
  private @Nullable ZoneId zone;

  TimestampBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Timestamp type) {
    super(field, path, memory, expectedRows, Long.BYTES);
    unitsPerSecond = perSecond(type.unit());
    String name = type.timezone();
    timezone = name == null || name.isEmpty() ? null : name;
  }

  /**
   * Appends an instant; without a zone, what a clock in UTC shows.
   *
   * @throws IllegalArgumentException when it has a part below the unit or is out of range
   */
  public void append(Instant instant) {
    append(units(instant.getEpochSecond(), instant.getNano(), unitsPerSecond));
  }

  /**
   * Appends what the wall clock shows: somewhere, or in the type's zone. A time that the zone has
   * twice is the earlier one, a time that it leaves out is moved on by the gap.
   *
   * @throws IllegalArgumentException when it has a part below the unit or is out of range
   * @throws DateTimeException when this JVM does not know the zone
   */
  public void append(LocalDateTime time) {
    if (timezone == null) {
      append(units(time.toEpochSecond(ZoneOffset.UTC), time.getNano(), unitsPerSecond));
    } else {
      append(time.atZone(zone(timezone)).toInstant());
    }
  }

  /**
   * Appends the instant of a date and time in any zone.
   *
   * @throws IllegalArgumentException when the type has no zone, or it has a part below the unit or
   *     is out of range
   */
  public void append(ZonedDateTime time) {
    if (timezone == null) {
      throw bad("a time with a zone in a column without one");
    }
    append(time.toInstant());
  }

  private ZoneId zone(String name) {
    ZoneId known = zone;
    if (known == null) {
      known = ZoneId.of(name);
      zone = known;
    }
    return known;
  }

  @Override
  Class<?> objectClass() {
    return timezone == null ? LocalDateTime.class : ZonedDateTime.class;
  }

  @Override
  boolean putTime(Object value) {
    if (value instanceof Instant instant) {
      append(instant);
    } else if (value instanceof LocalDateTime local) {
      append(local);
    } else if (value instanceof ZonedDateTime zoned) {
      append(zoned);
    } else {
      return false;
    }
    return true;
  }
}
