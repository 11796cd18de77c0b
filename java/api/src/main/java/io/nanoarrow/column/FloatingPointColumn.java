package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import java.util.Objects;

/** A column of floats of any width. */
public abstract sealed class FloatingPointColumn extends Column
    permits HalfFloatColumn, FloatColumn, DoubleColumn {
  FloatingPointColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
  }

  /** Returns the value of a row, widened. */
  public abstract double getDouble(long row);

  /** Copies {@code count} values from {@code firstRow} on, widened. */
  public void copyTo(long firstRow, double[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = getDouble(firstRow + i);
    }
  }
}
