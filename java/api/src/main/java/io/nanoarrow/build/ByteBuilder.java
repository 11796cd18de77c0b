package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import org.jspecify.annotations.Nullable;

/** Builds a column of int8 or uint8. */
public final class ByteBuilder extends IntegerBuilder {
  ByteBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Int type) {
    super(field, path, memory, expectedRows, type);
  }

  @Override
  public void append(long value) {
    check(value);
    int at = next(Byte.BYTES);
    bytes.put(at, (byte) value);
  }

  /** Appends all values. */
  public void appendAll(byte[] values) {
    appendAll(values, 0, values.length, null);
  }

  /**
   * Appends {@code count} values from {@code from} on.
   *
   * @param valid false, at the value's place, makes a row null; null when all are valid
   * @throws IllegalArgumentException when the type cannot hold one; none is appended then
   */
  public void appendAll(byte[] values, int from, int count, boolean @Nullable [] valid) {
    checkBulk(values.length, from, count, valid);
    if (min == 0) {
      boolean negative = false;
      for (int i = from; i < from + count; i++) {
        negative |= values[i] < 0 && (valid == null || valid[i]);
      }
      checkSign(negative);
    }
    int at = reserve(count);
    bytes.put(at, values, from, count);
    commit(count, valid, from);
  }

  @Override
  void putAll(long[] values, int from, int count) {
    int at = reserve(count);
    for (int i = 0; i < count; i++) {
      bytes.put(at + i * Byte.BYTES, (byte) values[from + i]);
    }
  }

  @Override
  Class<?> objectClass() {
    return min == 0 ? Short.class : Byte.class;
  }
}
