package io.nanoarrow.build;

import io.nanoarrow.schema.Field;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Builds a column of 64-bit floats. */
public final class DoubleBuilder extends FloatingPointBuilder {
  DoubleBuilder(Field field, String path, BuilderMemory memory, long expectedRows) {
    super(field, path, memory, expectedRows, Double.BYTES);
  }

  @Override
  public void append(double value) {
    int at = next(Double.BYTES);
    bytes.putDouble(at, value);
  }

  /** Appends all values. */
  public void appendAll(double[] values) {
    appendAll(values, 0, values.length, null);
  }

  /**
   * Appends {@code count} values from {@code from} on.
   *
   * @param valid false, at the value's place, makes a row null; null when all are valid
   */
  public void appendAll(double[] values, int from, int count, boolean @Nullable [] valid) {
    checkBulk(values.length, from, count, valid);
    int at = reserve(count);
    bytes
        .slice(at, count * Double.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .put(values, from, count);
    commit(count, valid, from);
  }

  @Override
  Class<?> objectClass() {
    return Double.class;
  }

  @Override
  void putObject(Object value) {
    append(number(value));
  }
}
