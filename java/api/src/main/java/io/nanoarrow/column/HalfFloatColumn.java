package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of 16-bit IEEE 754 floats. */
public final class HalfFloatColumn extends FloatingPointColumn {
  private static final int MANTISSA_BITS = 10;
  private static final int MANTISSA_MASK = (1 << MANTISSA_BITS) - 1;
  private static final int EXPONENT_MAX = 31;
  private static final float SMALLEST = 0x1p-24f;

  private final ArrowBuffer values;

  HalfFloatColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    values = buffer(0, Short.BYTES, 0);
  }

  /** Returns the 16 bits of a row. */
  public short getShort(long row) {
    checkRow(row);
    return values.getShort((offset + row) << 1);
  }

  /** Returns the value of a row, which a float holds exactly. */
  public float getFloat(long row) {
    return toFloat(getShort(row));
  }

  @Override
  public double getDouble(long row) {
    return getFloat(row);
  }

  /** Copies {@code count} values from {@code firstRow} on, widened. */
  public void copyTo(long firstRow, float[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = getFloat(firstRow + i);
    }
  }

  /** Returns the float with the value of 16 bits; NaN keeps sign and payload. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >> MANTISSA_BITS & EXPONENT_MAX;
    int mantissa = half & MANTISSA_MASK;
    if (exponent == 0) {
      float magnitude = mantissa * SMALLEST;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == EXPONENT_MAX ? 255 : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | wide << 23 | mantissa << 13);
  }

  @Override
  public @Nullable Object getObject(long row) {
    return isNull(row) ? null : (Object) getFloat(row);
  }
}
