package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;

/** A column of bytes of one size. */
public final class FixedSizeBinaryColumn extends BytesColumn {
  private final int byteWidth;

  FixedSizeBinaryColumn(ColumnData data, Lease lease, String path, ArrowType.FixedSizeBinary type) {
    super(data, lease, path);
    byteWidth = type.byteWidth();
  }

  /** Returns the size of every value. */
  public int byteWidth() {
    return byteWidth;
  }
}
