package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.Field;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** Builds a column of dates: 32-bit days or 64-bit milliseconds since 1970-01-01. */
public final class DateBuilder extends TemporalBuilder {
  private static final long MILLIS_PER_DAY = TimeUnit.DAYS.toMillis(1);

  private final boolean days;

  DateBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Date type) {
    super(
        field,
        path,
        memory,
        expectedRows,
        type.unit() == DateUnit.DAY ? Integer.BYTES : Long.BYTES);
    days = type.unit() == DateUnit.DAY;
  }

  /**
   * Appends a date.
   *
   * @throws IllegalArgumentException when the type cannot hold it
   */
  public void append(LocalDate date) {
    long day = date.toEpochDay();
    append(days ? day : day * MILLIS_PER_DAY);
  }

  @Override
  Class<?> objectClass() {
    return LocalDate.class;
  }

  @Override
  boolean putTime(Object value) {
    if (value instanceof LocalDate date) {
      append(date);
      return true;
    }
    return false;
  }
}
