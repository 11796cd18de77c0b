package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;

/** A column of the null type: every row is null. */
public final class NullColumn extends Column {
  NullColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
  }

  @Override
  public boolean isNull(long row) {
    checkRow(row);
    return true;
  }
}
