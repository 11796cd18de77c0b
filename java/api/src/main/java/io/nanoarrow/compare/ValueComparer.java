package io.nanoarrow.compare;

import io.nanoarrow.column.BooleanColumn;
import io.nanoarrow.column.BytesColumn;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.DecimalColumn;
import io.nanoarrow.column.DictionaryColumn;
import io.nanoarrow.column.FixedSizeListColumn;
import io.nanoarrow.column.FloatingPointColumn;
import io.nanoarrow.column.IntegerColumn;
import io.nanoarrow.column.IntervalColumn;
import io.nanoarrow.column.ListColumn;
import io.nanoarrow.column.MapColumn;
import io.nanoarrow.column.RepeatedColumn;
import io.nanoarrow.column.RunEndEncodedColumn;
import io.nanoarrow.column.StructColumn;
import io.nanoarrow.column.TemporalColumn;
import io.nanoarrow.column.UnionColumn;
import io.nanoarrow.layout.ElementBudget;
import java.util.Objects;

/** Compares values of columns of equal types, encodings aside. */
final class ValueComparer {
  /** Rows may share elements, as windows that slide over them do, but not without end. */
  private static final long ELEMENTS_PER_BYTE = 1 << 10;

  private final boolean nanEqualsNan;

  ValueComparer(boolean nanEqualsNan) {
    this.nanEqualsNan = nanEqualsNan;
  }

  /**
   * Returns how many rows from two starts on are equal; -1 when all {@code count} are.
   *
   * @throws io.nanoarrow.error.ArrowFormatException also with kind LIMIT_EXCEEDED, when nested
   *     values share so many elements that comparing would not end
   */
  long mismatch(Column a, long aRow, Column b, long bRow, long count) {
    return mismatch(a, aRow, b, bRow, count, budget(a, b));
  }

  private static ElementBudget budget(Column a, Column b) {
    return new ElementBudget(a.path(), ELEMENTS_PER_BYTE, a.data(), b.data());
  }

  private long mismatch(
      Column a, long aRow, Column b, long bRow, long count, ElementBudget budget) {
    long at = 0;
    while (at < count) {
      at = FixedWidth.skipEqual(a, aRow, b, bRow, at, count, !nanEqualsNan);
      if (at < count && !equal(a, aRow + at, b, bRow + at, budget)) {
        return at;
      }
      at++;
    }
    return -1;
  }

  /** Tells whether two values, null or not, are equal. */
  boolean equal(Column a, long aRow, Column b, long bRow) {
    return equal(a, aRow, b, bRow, budget(a, b));
  }

  private boolean equal(Column a, long aRow, Column b, long bRow, ElementBudget budget) {
    boolean isNull = a.isNull(aRow);
    if (isNull || b.isNull(bRow)) {
      return isNull && b.isNull(bRow);
    }
    if (a instanceof DictionaryColumn left) {
      return equal(left.values(), left.index(aRow), b, bRow, budget);
    } else if (a instanceof RunEndEncodedColumn left) {
      return equal(left.values(), left.runIndex(aRow), b, bRow, budget);
    } else if (b instanceof DictionaryColumn right) {
      return equal(a, aRow, right.values(), right.index(bRow), budget);
    } else if (b instanceof RunEndEncodedColumn right) {
      return equal(a, aRow, right.values(), right.runIndex(bRow), budget);
    }
    return plainEqual(a, aRow, b, bRow, budget);
  }

  private boolean plainEqual(Column a, long i, Column b, long j, ElementBudget budget) {
    if (a instanceof IntegerColumn left && b instanceof IntegerColumn right) {
      return left.getLong(i) == right.getLong(j);
    } else if (a instanceof FloatingPointColumn left && b instanceof FloatingPointColumn right) {
      return equal(left.getDouble(i), right.getDouble(j));
    } else if (a instanceof BytesColumn left && b instanceof BytesColumn right) {
      return left.bytesEqual(i, right, j);
    } else if (a instanceof TemporalColumn left && b instanceof TemporalColumn right) {
      return left.getLong(i) == right.getLong(j);
    } else if (a instanceof BooleanColumn left && b instanceof BooleanColumn right) {
      return left.getBoolean(i) == right.getBoolean(j);
    } else if (a instanceof DecimalColumn left && b instanceof DecimalColumn right) {
      return Objects.equals(left.getUnscaled(i), right.getUnscaled(j));
    } else if (a instanceof IntervalColumn left && b instanceof IntervalColumn right) {
      return left.getMonths(i) == right.getMonths(j)
          && left.getDays(i) == right.getDays(j)
          && left.getNanos(i) == right.getNanos(j);
    }
    return nestedEqual(a, i, b, j, budget);
  }

  private boolean nestedEqual(Column a, long i, Column b, long j, ElementBudget budget) {
    if (a instanceof StructColumn left && b instanceof StructColumn right) {
      return childrenEqual(left, i, right, j, budget);
    } else if (a instanceof RepeatedColumn left && b instanceof RepeatedColumn right) {
      long size = left.size(i);
      if (size != right.size(j)) {
        return false;
      }
      budget.spend(size);
      long leftStart = left.start(i);
      long rightStart = right.start(j);
      return mismatch(elements(left), leftStart, elements(right), rightStart, size, budget) < 0;
    } else if (a instanceof UnionColumn left && b instanceof UnionColumn right) {
      return left.childIndex(i) == right.childIndex(j)
          && equal(left.childOf(i), left.childRow(i), right.childOf(j), right.childRow(j), budget);
    }
    throw new IllegalArgumentException(
        "columns of different types: " + a.type() + " and " + b.type());
  }

  private boolean childrenEqual(
      StructColumn a, long i, StructColumn b, long j, ElementBudget budget) {
    for (int child = 0; child < a.childCount(); child++) {
      if (!equal(a.child(child), i, b.child(child), j, budget)) {
        return false;
      }
    }
    return true;
  }

  private static Column elements(RepeatedColumn column) {
    if (column instanceof ListColumn list) {
      return list.values();
    } else if (column instanceof FixedSizeListColumn list) {
      return list.values();
    }
    return ((MapColumn) column).entries();
  }

  private boolean equal(double a, double b) {
    return Double.doubleToLongBits(a) == Double.doubleToLongBits(b)
        && (nanEqualsNan || !Double.isNaN(a));
  }
}
