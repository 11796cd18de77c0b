package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import org.jspecify.annotations.Nullable;

/**
 * A column whose numbers are in the byte order of a big-endian sender: its nulls can be read, and
 * its buffers as they are through {@link #data}; asking for values, or for its class by an {@code
 * as} method, throws IllegalStateException.
 *
 * @see io.nanoarrow.options.ReadOptions.Builder#ensureNativeByteOrder
 */
public final class RawColumn extends Column {
  RawColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
  }

  @Override
  public @Nullable Object getObject(long row) {
    checkRow(row);
    throw refusal();
  }

  @Override
  void appendText(TextOut out, long row, boolean quoted) {
    checkRow(row);
    out.add("<big-endian>");
  }

  IllegalStateException refusal() {
    return new IllegalStateException(
        "column "
            + path
            + " was read without putting its big-endian numbers into native order; only its buffers"
            + " can be had, from data()");
  }
}
