package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Builds a column of integers, signed or unsigned, of any width. */
public abstract sealed class IntegerBuilder extends FixedWidthBuilder
    permits ByteBuilder, ShortBuilder, IntBuilder, LongBuilder {
  final long min;
  final long max;

  IntegerBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Int type) {
    super(field, path, memory, expectedRows, type.bitWidth() / Byte.SIZE);
    int shift = Long.SIZE - type.bitWidth();
    min = type.signed() ? Long.MIN_VALUE >> shift : 0;
    max = type.signed() || shift == 0 ? Long.MAX_VALUE >> shift : -1L >>> shift;
  }

  /**
   * Appends a value.
   *
   * @throws IllegalArgumentException when the type cannot hold it; of uint64, when it is negative
   *     ({@link LongBuilder#appendBits} takes the upper half)
   */
  public abstract void append(long value);

  /**
   * Appends a value of any size.
   *
   * @throws IllegalArgumentException when the type cannot hold it
   */
  public void append(BigInteger value) {
    if (value.bitLength() >= Long.SIZE) {
      throw bad(value + " is out of range");
    }
    append(value.longValue());
  }

  /** Appends all values. */
  public final void appendAll(long[] values) {
    appendAll(values, 0, values.length, null);
  }

  /**
   * Appends {@code count} values from {@code from} on.
   *
   * @param valid false, at the value's place, makes a row null; null when all are valid
   * @throws IllegalArgumentException when the type cannot hold one; none is appended then
   */
  public final void appendAll(long[] values, int from, int count, boolean @Nullable [] valid) {
    checkBulk(values.length, from, count, valid);
    for (int i = from; i < from + count; i++) {
      if (valid == null || valid[i]) {
        check(values[i]);
      }
    }
    putAll(values, from, count);
    commit(count, valid, from);
  }

  /** Writes checked values where {@link #reserve} says. */
  abstract void putAll(long[] values, int from, int count);

  final void check(long value) {
    if (value < min || value > max) {
      throw bad(value + " is out of range");
    }
  }

  /** Checks values of an array of the column's own width. */
  final void checkSign(boolean anyNegative) {
    if (anyNegative && min == 0) {
      throw bad("a negative value is out of range");
    }
  }

  @Override
  final void putObject(Object value) {
    if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      append(((Number) value).longValue());
    } else if (value instanceof BigInteger big) {
      append(big);
    } else {
      throw badClass(value);
    }
  }
}
