package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.IntervalUnit;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/** A column of calendar intervals of any unit; parts that the unit does not have are 0. */
public final class IntervalColumn extends Column {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final ArrowBuffer values;
  private final IntervalUnit unit;
  private final int widthBytes;

  IntervalColumn(ColumnData data, Lease lease, String path, ArrowType.Interval type) {
    super(data, lease, path);
    unit = type.unit();
    widthBytes =
        switch (unit) {
          case YEAR_MONTH -> 4;
          case DAY_TIME -> 8;
          case MONTH_DAY_NANO -> 16;
        };
    values = buffer(0, widthBytes, 0);
  }

  /** Returns the months of a row, years among them. */
  public int getMonths(long row) {
    long at = at(row);
    return unit == IntervalUnit.DAY_TIME ? 0 : values.getInt(at);
  }

  /** Returns the days of a row. */
  public int getDays(long row) {
    long at = at(row);
    return switch (unit) {
      case YEAR_MONTH -> 0;
      case DAY_TIME -> values.getInt(at);
      case MONTH_DAY_NANO -> values.getInt(at + 4);
    };
  }

  /** Returns the part below days of a row in nanoseconds; day-time intervals store milliseconds. */
  public long getNanos(long row) {
    long at = at(row);
    return switch (unit) {
      case YEAR_MONTH -> 0;
      case DAY_TIME -> values.getInt(at + 4) * NANOS_PER_MILLI;
      case MONTH_DAY_NANO -> values.getLong(at + 8);
    };
  }

  /** Returns all parts of a row, null when it is null. */
  public @Nullable Interval getInterval(long row) {
    return isNull(row) ? null : new Interval(getMonths(row), getDays(row), getNanos(row));
  }

  /**
   * Returns years, months and days of a row, null when it is null.
   *
   * @throws ArithmeticException when the interval has a part below days
   */
  public @Nullable Period getPeriod(long row) {
    if (isNull(row)) {
      return null;
    }
    if (getNanos(row) != 0) {
      throw new ArithmeticException("a Period has nothing below days");
    }
    int months = getMonths(row);
    return Period.of(months / 12, months % 12, getDays(row));
  }

  private long at(long row) {
    checkRow(row);
    return (offset + row) * widthBytes;
  }

  @Override
  public @Nullable Object getObject(long row) {
    return getInterval(row);
  }
}
