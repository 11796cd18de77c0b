package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of int32 or uint32. */
public final class IntColumn extends IntegerColumn {
  private final ArrowBuffer values;

  IntColumn(ColumnData data, Lease lease, String path, ArrowType.Int type) {
    super(data, lease, path, type);
    values = buffer(0, Integer.BYTES, 0);
  }

  /** Returns the bits of a row, signed or not. */
  public int getInt(long row) {
    checkRow(row);
    return values.getInt((offset + row) << 2);
  }

  @Override
  public long getLong(long row) {
    int value = getInt(row);
    return signed ? value : value & 0xFFFF_FFFFL;
  }

  /** Copies the bits of {@code count} rows from {@code firstRow} on. */
  public void copyTo(long firstRow, int[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    Bulk.copy(values, offset + firstRow, target, targetOffset, count);
  }

  @Override
  public @Nullable Object getObject(long row) {
    if (isNull(row)) {
      return null;
    }
    return signed ? (Object) getInt(row) : (Object) getLong(row);
  }
}
