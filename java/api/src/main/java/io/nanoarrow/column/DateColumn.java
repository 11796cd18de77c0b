package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A column of dates: 32-bit days or 64-bit milliseconds since 1970-01-01. */
public final class DateColumn extends TemporalColumn {
  private static final long MILLIS_PER_DAY = TimeUnit.DAYS.toMillis(1);

  private final boolean days;

  DateColumn(ColumnData data, Lease lease, String path, ArrowType.Date type) {
    super(data, lease, path, type.unit() == DateUnit.DAY ? Integer.BYTES : Long.BYTES);
    days = type.unit() == DateUnit.DAY;
  }

  /**
   * Returns the days since 1970-01-01 of a row; part of a day counts towards the day it lies in.
   */
  public long getEpochDay(long row) {
    return toEpochDay(getLong(row));
  }

  /**
   * Returns the date of a row, null when it is null.
   *
   * @throws java.time.DateTimeException when LocalDate cannot represent it
   */
  public @Nullable LocalDate getDate(long row) {
    return isNull(row) ? null : LocalDate.ofEpochDay(getEpochDay(row));
  }

  private long toEpochDay(long value) {
    return days ? value : Math.floorDiv(value, MILLIS_PER_DAY);
  }

  @Override
  Object toJavaTime(long value) {
    return LocalDate.ofEpochDay(toEpochDay(value));
  }
}
