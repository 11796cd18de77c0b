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

/** Hashes of whole values: what {@link ValueComparer} calls equal has the same. One thread. */
final class RowHasher {
  private static final int FACTOR = 31;
  private static final int SCRATCH_BYTES = 1 << 8;

  private byte[] scratch = new byte[SCRATCH_BYTES];

  int hash(Column column, long row, ElementBudget budget) {
    if (column.isNull(row)) {
      return 0;
    } else if (column instanceof BytesColumn bytes) {
      return hash(bytes, row);
    } else if (column instanceof IntegerColumn number) {
      return Long.hashCode(number.getLong(row));
    } else if (column instanceof FloatingPointColumn number) {
      return Double.hashCode(number.getDouble(row));
    } else if (column instanceof TemporalColumn time) {
      return Long.hashCode(time.getLong(row));
    } else if (column instanceof BooleanColumn bit) {
      return Boolean.hashCode(bit.getBoolean(row));
    } else if (column instanceof DecimalColumn number) {
      return Objects.hashCode(number.getUnscaled(row));
    } else if (column instanceof IntervalColumn interval) {
      int months = FACTOR * interval.getMonths(row) + interval.getDays(row);
      return FACTOR * months + Long.hashCode(interval.getNanos(row));
    }
    return nested(column, row, budget);
  }

  private int hash(BytesColumn column, long row) {
    long size = column.byteLength(row);
    if (size > scratch.length) {
      scratch =
          new byte[(int) Math.min(Integer.MAX_VALUE - 8, Math.max(size, 2L * scratch.length))];
    }
    int count = column.copyTo(row, scratch, 0);
    int hash = 1;
    for (int i = 0; i < count; i++) {
      hash = FACTOR * hash + scratch[i];
    }
    return hash;
  }

  private int nested(Column column, long row, ElementBudget budget) {
    if (column instanceof DictionaryColumn encoded) {
      return hash(encoded.values(), encoded.index(row), budget);
    } else if (column instanceof RunEndEncodedColumn encoded) {
      return hash(encoded.values(), encoded.runIndex(row), budget);
    } else if (column instanceof RepeatedColumn repeated) {
      return elements(repeated, row, budget);
    } else if (column instanceof UnionColumn union) {
      return FACTOR * union.childIndex(row) + hash(union.childOf(row), union.childRow(row), budget);
    }
    int hash = 1;
    if (column instanceof StructColumn struct) {
      for (int i = 0; i < struct.childCount(); i++) {
        hash = FACTOR * hash + hash(struct.child(i), row, budget);
      }
    }
    return hash;
  }

  private int elements(RepeatedColumn column, long row, ElementBudget budget) {
    long start = column.start(row);
    long end = column.end(row);
    budget.spend(end - start);
    Column elements;
    if (column instanceof ListColumn list) {
      elements = list.values();
    } else if (column instanceof FixedSizeListColumn list) {
      elements = list.values();
    } else {
      elements = ((MapColumn) column).entries();
    }
    int hash = Long.hashCode(end - start);
    for (long at = start; at < end; at++) {
      hash = FACTOR * hash + hash(elements, at, budget);
    }
    return hash;
  }
}
