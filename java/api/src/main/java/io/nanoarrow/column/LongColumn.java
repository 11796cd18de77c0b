package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of int64 or uint64. */
public final class LongColumn extends IntegerColumn {
  private final ArrowBuffer values;

  LongColumn(ColumnData data, Lease lease, String path, ArrowType.Int type) {
    super(data, lease, path, type);
    values = buffer(0, Long.BYTES, 0);
  }

  @Override
  public long getLong(long row) {
    checkRow(row);
    return values.getLong((offset + row) << 3);
  }

  @Override
  public void copyTo(long firstRow, long[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    Bulk.copy(values, offset + firstRow, target, targetOffset, count);
  }

  @Override
  public @Nullable Object getObject(long row) {
    if (isNull(row)) {
      return null;
    }
    return signed ? (Object) getLong(row) : getBigInteger(row);
  }
}
