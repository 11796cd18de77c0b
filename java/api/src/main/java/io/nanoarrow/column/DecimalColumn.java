package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** A column of exact decimals of 32, 64, 128 or 256 bits. */
public final class DecimalColumn extends Column {
  private final ArrowBuffer values;
  private final int widthBytes;
  private final int scale;

  DecimalColumn(ColumnData data, Lease lease, String path, ArrowType.Decimal type) {
    super(data, lease, path);
    widthBytes = type.bitWidth() / Byte.SIZE;
    scale = type.scale();
    values = buffer(0, widthBytes, 0);
  }

  /** Returns 32, 64, 128 or 256. */
  public int bitWidth() {
    return widthBytes * Byte.SIZE;
  }

  /** Returns the digits after the point, which may be negative. */
  public int scale() {
    return scale;
  }

  /** Returns the value of a row, null when it is null. */
  public @Nullable BigDecimal getDecimal(long row) {
    BigInteger unscaled = getUnscaled(row);
    return unscaled == null ? null : new BigDecimal(unscaled, scale);
  }

  /** Returns the value of a row times 10 to the power of the scale, null when it is null. */
  public @Nullable BigInteger getUnscaled(long row) {
    if (isNull(row)) {
      return null;
    }
    if (widthBytes <= Long.BYTES) {
      return BigInteger.valueOf(getUnscaledLong(row));
    }
    byte[] bytes = new byte[widthBytes];
    values.copyTo((offset + row) * widthBytes, bytes, 0, widthBytes);
    for (int low = 0, high = widthBytes - 1; low < high; low++, high--) {
      byte swap = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = swap;
    }
    return new BigInteger(bytes);
  }

  /**
   * Returns the unscaled value of a row without an object.
   *
   * @throws ArithmeticException when it does not fit into 64 bits
   */
  public long getUnscaledLong(long row) {
    checkRow(row);
    long at = (offset + row) * widthBytes;
    if (widthBytes == Integer.BYTES) {
      return values.getInt(at);
    }
    long low = values.getLong(at);
    for (int word = Long.BYTES; word < widthBytes; word += Long.BYTES) {
      if (values.getLong(at + word) != low >> 63) {
        throw new ArithmeticException("the unscaled value does not fit into a long");
      }
    }
    return low;
  }

  @Override
  public @Nullable Object getObject(long row) {
    return getDecimal(row);
  }
}
