package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of int8 or uint8. */
public final class ByteColumn extends IntegerColumn {
  private final ArrowBuffer values;

  ByteColumn(ColumnData data, Lease lease, String path, ArrowType.Int type) {
    super(data, lease, path, type);
    values = buffer(0, Byte.BYTES, 0);
  }

  /** Returns the bits of a row, signed or not. */
  public byte getByte(long row) {
    checkRow(row);
    return values.getByte(offset + row);
  }

  @Override
  public long getLong(long row) {
    byte value = getByte(row);
    return signed ? value : value & 0xFFL;
  }

  /** Copies the bits of {@code count} rows from {@code firstRow} on. */
  public void copyTo(long firstRow, byte[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    values.copyTo(offset + firstRow, target, targetOffset, count);
  }

  @Override
  public @Nullable Object getObject(long row) {
    if (isNull(row)) {
      return null;
    }
    return signed ? (Object) getByte(row) : (Object) (short) getLong(row);
  }
}
