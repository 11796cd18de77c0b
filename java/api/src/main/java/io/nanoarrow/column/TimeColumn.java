package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/** A column of times of day, counted in the type's unit from midnight. */
public final class TimeColumn extends TemporalColumn {
  private final long unitsPerSecond;

  TimeColumn(ColumnData data, Lease lease, String path, ArrowType.Time type) {
    super(data, lease, path, type.bitWidth() / Byte.SIZE);
    unitsPerSecond = Units.perSecond(type.unit());
  }

  /**
   * Returns the time of a row, null when it is null.
   *
   * @throws java.time.DateTimeException when it is not within a day
   * @throws ArithmeticException when it is far out of range
   */
  public @Nullable LocalTime getTime(long row) {
    return isNull(row) ? null : toTime(getLong(row));
  }

  private LocalTime toTime(long value) {
    return LocalTime.ofNanoOfDay(
        Math.multiplyExact(value, Units.NANOS_PER_SECOND / unitsPerSecond));
  }

  @Override
  Object toJavaTime(long value) {
    return toTime(value);
  }
}
