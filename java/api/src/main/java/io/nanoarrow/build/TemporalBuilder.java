package io.nanoarrow.build;

import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.TimeUnit;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Builds a column of dates, times, timestamps or durations: numbers of 32 or 64 bits that count a
 * unit. java.time values with a part below the unit are refused: truncate them first.
 */
public abstract sealed class TemporalBuilder extends FixedWidthBuilder
    permits DateBuilder, TimeBuilder, TimestampBuilder, DurationBuilder {
  static final int NANOS_PER_SECOND = 1_000_000_000;

  TemporalBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, int widthBytes) {
    super(field, path, memory, expectedRows, widthBytes);
  }

  /**
   * Appends a number as it is stored, in the type's unit.
   *
   * @throws IllegalArgumentException when the type has 32 bits and it does not fit
   */
  public final void append(long value) {
    check(value);
    int at = next(widthBytes);
    put(at, value);
  }

  /** Appends all numbers, in the type's unit. */
  public final void appendAll(long[] values) {
    appendAll(values, 0, values.length, null);
  }

  /**
   * Appends {@code count} numbers from {@code from} on.
   *
   * @param valid false, at the number's place, makes a row null; null when all are valid
   * @throws IllegalArgumentException when the type cannot hold one; none is appended then
   */
  public final void appendAll(long[] values, int from, int count, boolean @Nullable [] valid) {
    checkBulk(values.length, from, count, valid);
    if (widthBytes == Long.BYTES) {
      int at = reserve(count);
      bytes
          .slice(at, count * Long.BYTES)
          .order(ByteOrder.LITTLE_ENDIAN)
          .asLongBuffer()
          .put(values, from, count);
    } else {
      for (int i = from; i < from + count; i++) {
        if (valid == null || valid[i]) {
          check(values[i]);
        }
      }
      int at = reserve(count);
      for (int i = 0; i < count; i++) {
        put(at + i * Integer.BYTES, values[from + i]);
      }
    }
    commit(count, valid, from);
  }

  private void check(long value) {
    if (widthBytes == Integer.BYTES && value != (int) value) {
      throw bad(value + " is out of range");
    }
  }

  private void put(int at, long value) {
    if (widthBytes == Long.BYTES) {
      bytes.putLong(at, value);
    } else {
      bytes.putInt(at, (int) value);
    }
  }

  static int perSecond(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> 1;
      case MILLISECOND -> 1_000;
      case MICROSECOND -> 1_000_000;
      case NANOSECOND -> NANOS_PER_SECOND;
    };
  }

  /**
   * Returns how many units seconds and nanoseconds are.
   *
   * @param nanos 0 to 999,999,999, also for negative seconds
   */
  final long units(long seconds, int nanos, int unitsPerSecond) {
    int nanosPerUnit = NANOS_PER_SECOND / unitsPerSecond;
    if (nanos % nanosPerUnit != 0) {
      throw bad("a value has a part below the unit");
    }
    long fraction = nanos / nanosPerUnit;
    try {
      // The smallest number has a second before it that does not fit.
      return seconds < 0 && fraction > 0
          ? Math.addExact(
              Math.multiplyExact(seconds + 1, (long) unitsPerSecond), fraction - unitsPerSecond)
          : Math.addExact(Math.multiplyExact(seconds, (long) unitsPerSecond), fraction);
    } catch (ArithmeticException e) {
      throw bad("a value is out of range");
    }
  }

  /** Appends a java.time value; false when it is of the wrong class. */
  abstract boolean putTime(Object value);

  @Override
  final void putObject(Object value) {
    if (value instanceof Long number) {
      append(number.longValue());
    } else if (!putTime(value)) {
      throw badClass(value);
    }
  }
}
