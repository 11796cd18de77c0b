package io.nanoarrow.build;

import io.nanoarrow.schema.Field;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Builds a column of 32-bit floats. */
public final class FloatBuilder extends FloatingPointBuilder {
  FloatBuilder(Field field, String path, BuilderMemory memory, long expectedRows) {
    super(field, path, memory, expectedRows, Float.BYTES);
  }

  /** Appends a value. */
  public void append(float value) {
    int at = next(Float.BYTES);
    bytes.putFloat(at, value);
  }

  @Override
  public void append(double value) {
    append((float) value);
  }

  /** Appends all values. */
  public void appendAll(float[] values) {
    appendAll(values, 0, values.length, null);
  }

  /**
   * Appends {@code count} values from {@code from} on.
   *
   * @param valid false, at the value's place, makes a row null; null when all are valid
   */
  public void appendAll(float[] values, int from, int count, boolean @Nullable [] valid) {
    checkBulk(values.length, from, count, valid);
    int at = reserve(count);
    bytes
        .slice(at, count * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .put(values, from, count);
    commit(count, valid, from);
  }

  @Override
  Class<?> objectClass() {
    return Float.class;
  }

  @Override
  void putObject(Object value) {
    if (value instanceof Float number) {
      append(number.floatValue());
      return;
    }
    double number = number(value);
    float narrow = (float) number;
    if (narrow != number && !Double.isNaN(number)) {
      throw bad(number + " cannot be held exactly");
    }
    append(narrow);
  }
}
