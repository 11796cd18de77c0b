package io.nanoarrow.build;

import io.nanoarrow.schema.Field;

/** Builds a column of floats of any width. */
public abstract sealed class FloatingPointBuilder extends FixedWidthBuilder
    permits HalfFloatBuilder, FloatBuilder, DoubleBuilder {
  FloatingPointBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, int widthBytes) {
    super(field, path, memory, expectedRows, widthBytes);
  }

  /** Appends a value, rounded to the nearest that the type has. */
  public abstract void append(double value);

  /** Returns a number that the column's width loses nothing of; integers up to 32 bits are fine. */
  final double number(Object value) {
    if (value instanceof Double
        || value instanceof Float
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return ((Number) value).doubleValue();
    }
    throw badClass(value);
  }
}
