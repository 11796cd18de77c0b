package io.nanoarrow.column;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field in one batch, read in place. A column lives as long as the batch handle it
 * came from; afterwards getters throw IllegalStateException. Rows count from 0; a row out of range is
 * an IndexOutOfBoundsException; bytes that break the format are found at the latest here and are an
 * {@link ArrowFormatException}. Any thread may read.
 */
public abstract sealed class Column permits NullColumn {
  final Lease lease;
  final ColumnData data;
  final String path;

  private final @Nullable ArrowBuffer validity;

  Column(ColumnData data, Lease lease, String path) {
    this.data = data;
    this.lease = lease;
    this.path = path;
    this.validity = data.validity();
  }

  /** Returns name, type, nullability and metadata. */
  public final Field field() {
    return data.field();
  }

  /** Returns the type of the values. */
  public final ArrowType type() {
    return data.field().type();
  }

  /** Returns the column path from the batch down ("a.b.item"). */
  public final String path() {
    return path;
  }

  /** Returns the number of rows. */
  public final long length() {
    return data.length();
  }

  /** Returns the layout that this column reads; its buffers live as long as the batch. */
  public final ColumnData data() {
    return data;
  }

  /** Tells whether row {@code row} is null. */
  public boolean isNull(long row) {
    checkRow(row);
    return validity != null && !validity.getBit(data.offset() + row);
  }

  /** Checks that the batch is open and has this row. */
  final void checkRow(long row) {
    lease.ensureOpen();
    if (row < 0 || row >= data.length()) {
      throw new IndexOutOfBoundsException("row " + row + " of " + data.length());
    }
  }

  final ArrowFormatException invalid(String detail) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA, detail, ArrowFormatException.UNKNOWN_OFFSET, path);
  }
}
