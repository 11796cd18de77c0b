package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of int16 or uint16. */
public final class ShortColumn extends IntegerColumn {
  private final ArrowBuffer values;

  ShortColumn(ColumnData data, Lease lease, String path, ArrowType.Int type) {
    super(data, lease, path, type);
    values = buffer(0, Short.BYTES, 0);
  }

  /** Returns the bits of a row, signed or not. */
  public short getShort(long row) {
    checkRow(row);
    return values.getShort((offset + row) << 1);
  }

  @Override
  public long getLong(long row) {
    short value = getShort(row);
    return signed ? value : value & 0xFFFFL;
  }

  /** Copies the bits of {@code count} rows from {@code firstRow} on. */
  public void copyTo(long firstRow, short[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    Bulk.copy(values, offset + firstRow, target, targetOffset, count);
  }

  @Override
  public @Nullable Object getObject(long row) {
    if (isNull(row)) {
      return null;
    }
    return signed ? (Object) getShort(row) : (Object) (int) getLong(row);
  }
}
