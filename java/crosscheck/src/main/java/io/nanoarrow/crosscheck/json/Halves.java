package io.nanoarrow.crosscheck.json;

/** Numbers as 16-bit IEEE 754 floats. */
final class Halves {
  private static final int INFINITY = 0x7c00;
  private static final int NAN = 0x7e00;
  private static final int MANTISSA_BITS = 10;
  private static final int MIN_EXPONENT = -14;
  private static final int MAX_EXPONENT = 15;
  private static final int BIAS = 15;

  private Halves() {}

  /** Returns the half nearest to a number, of two as near the even one. */
  static short nearest(double value) {
    int sign = Double.doubleToRawLongBits(value) < 0 ? 0x8000 : 0;
    if (Double.isNaN(value)) {
      return (short) (sign | NAN);
    }
    double magnitude = Math.abs(value);
    int exponent = Math.max(Math.getExponent(magnitude), MIN_EXPONENT);
    if (exponent > MAX_EXPONENT) {
      return (short) (sign | INFINITY);
    }
    // The number in units of the last place; below 2^11 by the choice of the exponent.
    int units = (int) Math.rint(Math.scalb(magnitude, MANTISSA_BITS - exponent));
    int normal = 1 << MANTISSA_BITS;
    if (units < normal) {
      return (short) (sign | units);
    }
    // A carry out of the mantissa goes into the exponent, and from the largest on to infinity.
    return (short) (sign | ((exponent + BIAS) << MANTISSA_BITS) + (units - normal));
  }

  /** Returns the float with the value of a half. */
  static float toFloat(short half) {
    float sign = half < 0 ? -1 : 1;
    int exponent = half >> MANTISSA_BITS & 0x1f;
    int mantissa = half & (1 << MANTISSA_BITS) - 1;
    if (exponent == 0) {
      return sign * Math.scalb((float) mantissa, MIN_EXPONENT - MANTISSA_BITS);
    } else if (exponent > MAX_EXPONENT + BIAS) {
      return mantissa == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    int units = mantissa | 1 << MANTISSA_BITS;
    return sign * Math.scalb((float) units, exponent - BIAS - MANTISSA_BITS);
  }
}
