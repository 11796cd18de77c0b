package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.math.BigInteger;
import java.util.Objects;

/** A column of integers, signed or unsigned, of any width. */
public abstract sealed class IntegerColumn extends Column
    permits ByteColumn, ShortColumn, IntColumn, LongColumn {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

  final boolean signed;

  IntegerColumn(ColumnData data, Lease lease, String path, ArrowType.Int type) {
    super(data, lease, path);
    this.signed = type.signed();
  }

  /** Tells whether the values are signed. */
  public final boolean isSigned() {
    return signed;
  }

  /**
   * Returns the value of a row, widened by its sign, or by zeros when unsigned. A uint64 comes as
   * its 64 bits, negative from 2^63 on: see {@link #getBigInteger} and {@link
   * Long#toUnsignedString}.
   */
  public abstract long getLong(long row);

  /** Returns the exact value of a row, whatever its sign and width; also when the row is null. */
  public final BigInteger getBigInteger(long row) {
    long value = getLong(row);
    BigInteger exact = BigInteger.valueOf(value);
    return value < 0 && !signed ? exact.add(TWO_TO_64) : exact;
  }

  /** Copies {@code count} values from {@code firstRow} on, widened as {@link #getLong} does. */
  public void copyTo(long firstRow, long[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = getLong(firstRow + i);
    }
  }
}
