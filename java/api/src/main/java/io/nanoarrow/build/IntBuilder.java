package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Builds a column of int32 or uint32. */
public final class IntBuilder extends IntegerBuilder {
  IntBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Int type) {
    super(field, path, memory, expectedRows, type);
  }

  @Override
  public void append(long value) {
    check(value);
    int at = next(Integer.BYTES);
    bytes.putInt(at, (int) value);
  }

  /**
   * Appends a value.
   *
   * @throws IllegalArgumentException when the type is unsigned and it is negative
   */
  public void append(int value) {
    if (value < min) {
      check(value);
    }
    int at = next(Integer.BYTES);
    bytes.putInt(at, value);
  }

  /** Appends all values. */
  public void appendAll(int[] values) {
    appendAll(values, 0, values.length, null);
  }

  /**
   * Appends {@code count} values from {@code from} on.
   *
   * @param valid false, at the value's place, makes a row null; null when all are valid
   * @throws IllegalArgumentException when the type cannot hold one; none is appended then
   */
  public void appendAll(int[] values, int from, int count, boolean @Nullable [] valid) {
    checkBulk(values.length, from, count, valid);
    if (min == 0) {
      boolean negative = false;
      for (int i = from; i < from + count; i++) {
        negative |= values[i] < 0 && (valid == null || valid[i]);
      }
      checkSign(negative);
    }
    int at = reserve(count);
    bytes
        .slice(at, count * Integer.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asIntBuffer()
        .put(values, from, count);
    commit(count, valid, from);
  }

  @Override
  void putAll(long[] values, int from, int count) {
    int at = reserve(count);
    for (int i = 0; i < count; i++) {
      bytes.putInt(at + i * Integer.BYTES, (int) values[from + i]);
    }
  }

  @Override
  Class<?> objectClass() {
    return min == 0 ? Long.class : Integer.class;
  }
}
