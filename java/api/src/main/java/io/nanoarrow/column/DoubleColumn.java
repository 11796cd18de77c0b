package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of 64-bit floats. */
public final class DoubleColumn extends FloatingPointColumn {
  private final ArrowBuffer values;

  DoubleColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    values = buffer(0, Double.BYTES, 0);
  }

  @Override
  public double getDouble(long row) {
    checkRow(row);
    return values.getDouble((offset + row) << 3);
  }

  @Override
  public void copyTo(long firstRow, double[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    Bulk.copy(values, offset + firstRow, target, targetOffset, count);
  }

  @Override
  public @Nullable Object getObject(long row) {
    return isNull(row) ? null : (Object) getDouble(row);
  }
}
