package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;

/** A column of bytes: binary, large_binary or binary_view. */
public final class BinaryColumn extends BytesColumn {
  BinaryColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
  }
}
