package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;

/** Makes the column class that goes with a type. For readers of batches, not for users. */
public final class Columns {
  private Columns() {}

  /**
   * Returns a column over an array.
   *
   * @param data the array
   * @param lease the handle whose closing ends the column
   * @param path the column path, for messages
   */
  public static Column of(ColumnData data, Lease lease, String path) {
    return new NullColumn(data, lease, path);
  }
}
