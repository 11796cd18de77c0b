package io.nanoarrow.build;

import io.nanoarrow.schema.Field;
import org.jspecify.annotations.Nullable;

/** Builds a column of 16-bit IEEE 754 floats. */
public final class HalfFloatBuilder extends FloatingPointBuilder {
  private static final int INFINITY = 0x7C00;
  private static final int FLOAT_INFINITY = 0x7F80_0000;

  /** The bits of the float 65536, the first power of two that a half float does not have. */
  private static final int FLOAT_TOO_LARGE = 0x4780_0000;

  /** The bits of the float 2^-14, the smallest normal half float. */
  private static final int FLOAT_SMALLEST_NORMAL = 0x3880_0000;

  private static final int BIAS_CHANGE = 127 - 15 << 23;
  private static final int DROPPED_BITS = 13;
  private static final float SUBNORMALS_PER_UNIT = 0x1p24f;

  HalfFloatBuilder(Field field, String path, BuilderMemory memory, long expectedRows) {
    super(field, path, memory, expectedRows, Short.BYTES);
  }

  /**
   * Appends a value, rounded to the nearest half float, ties to even; 65520 and more are infinite.
   */
  public void append(float value) {
    appendBits(toHalf(value));
  }

  @Override
  public void append(double value) {
    appendBits(toHalf(roundToOdd(value)));
  }

  /** Appends the 16 bits of a value. */
  public void appendBits(short bits) {
    int at = next(Short.BYTES);
    bytes.putShort(at, bits);
  }

  /** Appends all values, rounded. */
  public void appendAll(float[] values) {
    appendAll(values, 0, values.length, null);
  }

  /**
   * Appends {@code count} values from {@code from} on, rounded.
   *
   * @param valid false, at the value's place, makes a row null; null when all are valid
   */
  public void appendAll(float[] values, int from, int count, boolean @Nullable [] valid) {
    checkBulk(values.length, from, count, valid);
    int at = reserve(count);
    for (int i = 0; i < count; i++) {
      bytes.putShort(at + i * Short.BYTES, toHalf(values[from + i]));
    }
    commit(count, valid, from);
  }

  /** Returns a float that rounds to the same half float: rounding twice must not move a tie. */
  private static float roundToOdd(double value) {
    float near = (float) value;
    if (near == value || Float.isNaN(near) || Float.isInfinite(near)) {
      return near;
    }
    boolean away = Math.abs((double) near) > Math.abs(value);
    int bits = Float.floatToRawIntBits(near);
    return Float.intBitsToFloat((away ? bits - 1 : bits) | 1);
  }

  /** Returns the nearest half float; NaN keeps its sign and the high bits of its payload. */
  static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & Integer.MAX_VALUE;
    if (magnitude > FLOAT_INFINITY) {
      int payload = magnitude >> DROPPED_BITS & 0x3FF;
      return (short) (sign | INFINITY | (payload == 0 ? 0x200 : payload));
    } else if (magnitude >= FLOAT_TOO_LARGE) {
      return (short) (sign | INFINITY);
    } else if (magnitude >= FLOAT_SMALLEST_NORMAL) {
      int rounded = magnitude + 0xFFF + (magnitude >> DROPPED_BITS & 1);
      return (short) (sign | rounded - BIAS_CHANGE >> DROPPED_BITS);
    }
    return (short) (sign | (int) Math.rint(Math.abs(value) * SUBNORMALS_PER_UNIT));
  }

  @Override
  Class<?> objectClass() {
    return Float.class;
  }

  @Override
  void putObject(Object value) {
    if (value instanceof Float number) {
      append(number.floatValue());
    } else {
      append(number(value));
    }
  }
}
