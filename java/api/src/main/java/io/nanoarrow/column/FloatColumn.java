package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of 32-bit floats. */
public final class FloatColumn extends FloatingPointColumn {
  private final ArrowBuffer values;

  FloatColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    values = buffer(0, Float.BYTES, 0);
  }

  /** Returns the value of a row. */
  public float getFloat(long row) {
    checkRow(row);
    return values.getFloat((offset + row) << 2);
  }

  @Override
  public double getDouble(long row) {
    return getFloat(row);
  }

  /** Copies {@code count} values from {@code firstRow} on. */
  public void copyTo(long firstRow, float[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    Bulk.copy(values, offset + firstRow, target, targetOffset, count);
  }

  @Override
  public @Nullable Object getObject(long row) {
    return isNull(row) ? null : (Object) getFloat(row);
  }
}
