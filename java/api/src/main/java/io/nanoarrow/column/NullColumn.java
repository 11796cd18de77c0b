package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import org.jspecify.annotations.Nullable;

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

  @Override
  long countNulls() {
    return length;
  }

  @Override
  public @Nullable Object getObject(long row) {
    checkRow(row);
    return null;
  }
}
