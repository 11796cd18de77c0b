package io.nanoarrow.compare;

import io.nanoarrow.column.Column;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.IntervalUnit;

/** Skips over equal values of fixed width by comparing their bytes, many at once. */
final class FixedWidth {
  private static final int PIECE_BYTES = 1 << 20;

  private FixedWidth() {}

  /**
   * Returns a place from {@code at} on before which all rows are equal; {@code count} when all are.
   * The row there may be equal or not, and where bytes cannot tell it is {@code at} itself.
   */
  static long skipEqual(
      Column a, long aRow, Column b, long bRow, long at, long count, boolean exactFloats) {
    ColumnData left = a.data();
    ColumnData right = b.data();
    int width = width(left.field().type(), exactFloats);
    if (width == 0
        || left.validity() != null
        || right.validity() != null
        || left.field().dictionary() != null
        || right.field().dictionary() != null
        || !left.field().type().equals(right.field().type())) {
      return at;
    }
    ArrowBuffer leftBytes = left.buffers().get(0);
    ArrowBuffer rightBytes = right.buffers().get(0);
    long rowsPerPiece = PIECE_BYTES / width;
    long row = at;
    while (row < count) {
      int size = (int) Math.min(rowsPerPiece, count - row) * width;
      int same =
          leftBytes
              .transientView((left.offset() + aRow + row) * width, size)
              .mismatch(rightBytes.transientView((right.offset() + bRow + row) * width, size));
      if (same >= 0) {
        return row + same / width;
      }
      row += size / width;
    }
    return count;
  }

  /** Returns the bytes of a value where equal bytes mean equal values, else 0. */
  private static int width(ArrowType type, boolean exactFloats) {
    if (type instanceof ArrowType.Int integer) {
      return integer.bitWidth() / Byte.SIZE;
    } else if (type instanceof ArrowType.FloatingPoint number) {
      return exactFloats ? 0 : Short.BYTES << number.precision().ordinal();
    } else if (type instanceof ArrowType.Decimal decimal) {
      return decimal.bitWidth() / Byte.SIZE;
    } else if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) {
      return Long.BYTES;
    } else if (type instanceof ArrowType.Time time) {
      return time.bitWidth() / Byte.SIZE;
    } else if (type instanceof ArrowType.Date date) {
      return Integer.BYTES << date.unit().ordinal();
    } else if (type instanceof ArrowType.Interval interval) {
      return interval.unit() == IntervalUnit.MONTH_DAY_NANO
          ? Long.BYTES * 2
          : Integer.BYTES << interval.unit().ordinal();
    }
    return 0;
  }
}
