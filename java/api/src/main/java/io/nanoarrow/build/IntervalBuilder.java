package io.nanoarrow.build;

import io.nanoarrow.column.Interval;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.IntervalUnit;
import java.time.Period;

/** Builds a column of calendar intervals of any unit. */
public final class IntervalBuilder extends FixedWidthBuilder {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final IntervalUnit unit;

  IntervalBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Interval type) {
    super(field, path, memory, expectedRows, width(type.unit()));
    unit = type.unit();
  }

  private static int width(IntervalUnit unit) {
    return switch (unit) {
      case YEAR_MONTH -> 4;
      case DAY_TIME -> 8;
      case MONTH_DAY_NANO -> 16;
    };
  }

  /**
   * Appends an interval.
   *
   * @param months months, years among them
   * @param days days
   * @param nanos nanoseconds; day-time intervals store milliseconds
   * @throws IllegalArgumentException when it has a part that the unit has not
   */
  public void append(int months, int days, long nanos) {
    switch (unit) {
      case YEAR_MONTH -> {
        ensureNone(days, "days");
        ensureNone(nanos, "nanoseconds");
        int at = next(widthBytes);
        bytes.putInt(at, months);
      }
      case DAY_TIME -> {
        ensureNone(months, "months");
        ensureNone(nanos % NANOS_PER_MILLI, "parts of milliseconds");
        long millis = nanos / NANOS_PER_MILLI;
        if (millis != (int) millis) {
          throw bad(millis + " milliseconds are out of range");
        }
        int at = next(widthBytes);
        bytes.putInt(at, days);
        bytes.putInt(at + 4, (int) millis);
      }
      case MONTH_DAY_NANO -> {
        int at = next(widthBytes);
        bytes.putInt(at, months);
        bytes.putInt(at + 4, days);
        bytes.putLong(at + 8, nanos);
      }
    }
  }

  private void ensureNone(long part, String name) {
    if (part != 0) {
      throw bad("the unit has no " + name);
    }
  }

  /**
   * Appends an interval.
   *
   * @throws IllegalArgumentException when it has a part that the unit has not
   */
  public void append(Interval interval) {
    append(interval.months(), interval.days(), interval.nanos());
  }

  /**
   * Appends years, months and days.
   *
   * @throws IllegalArgumentException when it has a part that the unit has not, or is out of range
   */
  public void append(Period period) {
    long months = period.toTotalMonths();
    if (months != (int) months) {
      throw bad(months + " months are out of range");
    }
    append((int) months, period.getDays(), 0);
  }

  @Override
  Class<?> objectClass() {
    return Interval.class;
  }

  @Override
  void putObject(Object value) {
    if (value instanceof Interval interval) {
      append(interval);
    } else if (value instanceof Period period) {
      append(period);
    } else {
      throw badClass(value);
    }
  }
}
