package io.nanoarrow.build;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Builds a column of int16 or uint16. */
public final class ShortBuilder extends IntegerBuilder {
  ShortBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ArrowType.Int type) {
    super(field, path, memory, expectedRows, type);
  }

  @Override
  public void append(long value) {
    check(value);
    int at = next(Short.BYTES);
    bytes.putShort(at, (short) value);
  }

  /** Appends all values. */
  public void appendAll(short[] values) {
    appendAll(values, 0, values.length, null);
  }

  /**
   * Appends {@code count} values from {@code from} on.
   *
   * @param valid false, at the value's place, makes a row null; null when all are valid
   * @throws IllegalArgumentException when the type cannot hold one; none is appended then
   */
  public void appendAll(short[] values, int from, int count, boolean @Nullable [] valid) {
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
        .slice(at, count * Short.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asShortBuffer()
        .put(values, from, count);
    commit(count, valid, from);
  }

  @Override
  void putAll(long[] values, int from, int count) {
    int at = reserve(count);
    for (int i = 0; i < count; i++) {
      bytes.putShort(at + i * Short.BYTES, (short) values[from + i]);
    }
  }

  @Override
  Class<?> objectClass() {
    return min == 0 ? Integer.class : Short.class;
  }
}
