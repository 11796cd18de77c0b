package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A column of the bool type. */
public final class BooleanColumn extends Column {
  private final ArrowBuffer values;

  BooleanColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    values = buffer(0);
    if (length > 0 && ((offset + length - 1) >> 3) >= values.sizeBytes()) {
      throw invalid("buffer 0 is too small for the rows");
    }
  }

  /** Returns the value of a row. */
  public boolean getBoolean(long row) {
    checkRow(row);
    return values.getBit(offset + row);
  }

  /** Copies {@code count} values from {@code firstRow} on. */
  public void copyTo(long firstRow, boolean[] target, int targetOffset, int count) {
    checkRows(firstRow, count);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    for (int i = 0; i < count; i++) {
      target[targetOffset + i] = values.getBit(offset + firstRow + i);
    }
  }

  @Override
  public @Nullable Object getObject(long row) {
    return isNull(row) ? null : (Object) getBoolean(row);
  }
}
