package io.nanoarrow.compare;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.StructColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks two divisions of rows into batches side by side; the schemas are known to be equal. */
final class RowsComparer {
  private static final int TEXT_CHARS = 200;

  private final ValueComparer values;
  private final List<RecordBatch> left;
  private final List<RecordBatch> right;

  private RowsComparer(ValueComparer values, List<RecordBatch> left, List<RecordBatch> right) {
    this.values = values;
    this.left = left;
    this.right = right;
  }

  static @Nullable Difference compare(
      ValueComparer values, List<RecordBatch> left, List<RecordBatch> right) {
    long leftRows = rows(left);
    long rightRows = rows(right);
    if (leftRows != rightRows) {
      return new Difference("", Difference.NO_ROW, leftRows + " rows", rightRows + " rows");
    }
    return new RowsComparer(values, left, right).walk();
  }

  private static long rows(List<RecordBatch> batches) {
    return batches.stream().mapToLong(RecordBatch::rowCount).sum();
  }

  private @Nullable Difference walk() {
    long done = 0;
    int l = 0;
    int r = 0;
    long lStart = 0;
    long rStart = 0;
    while (l < left.size() && r < right.size()) {
      RecordBatch a = left.get(l);
      RecordBatch b = right.get(r);
      long count = Math.min(a.rowCount() - lStart, b.rowCount() - rStart);
      Difference found = compare(a, lStart, b, rStart, count, done);
      if (found != null) {
        return found;
      }
      done += count;
      lStart += count;
      rStart += count;
      if (lStart == a.rowCount()) {
        l++;
        lStart = 0;
      }
      if (rStart == b.rowCount()) {
        r++;
        rStart = 0;
      }
    }
    return null;
  }

  private @Nullable Difference compare(
      RecordBatch a, long aStart, RecordBatch b, long bStart, long count, long done) {
    for (int i = 0; i < a.columnCount(); i++) {
      long at = values.mismatch(a.column(i), aStart, b.column(i), bStart, count);
      if (at >= 0) {
        return locate(a.column(i), aStart + at, b.column(i), bStart + at, done + at);
      }
    }
    return null;
  }

  /** Follows structs down to the child that differs. */
  private Difference locate(Column a, long aRow, Column b, long bRow, long row) {
    if (a instanceof StructColumn left
        && b instanceof StructColumn right
        && !a.isNull(aRow)
        && !b.isNull(bRow)) {
      for (int i = 0; i < left.childCount(); i++) {
        if (!values.equal(left.child(i), aRow, right.child(i), bRow)) {
          return locate(left.child(i), aRow, right.child(i), bRow, row);
        }
      }
    }
    return new Difference(a.path(), row, a.text(aRow, TEXT_CHARS), b.text(bRow, TEXT_CHARS));
  }
}
