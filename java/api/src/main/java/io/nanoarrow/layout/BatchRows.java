package io.nanoarrow.layout;

import java.util.Objects;

/**
 * Some rows of a batch's content; borrows it.
 *
 * @param data the content, kept by whoever made this
 * @param start the first row
 * @param rowCount how many
 */
public record BatchRows(BatchData data, long start, long rowCount) {
  /** Checks that the rows are there. */
  public BatchRows {
    Objects.checkFromIndexSize(start, rowCount, data.rowCount());
  }

  /** Tells whether these are all rows of the content. */
  public boolean isWhole() {
    return rowCount == data.rowCount();
  }

  /** Returns the rows of a column. */
  public ColumnData column(int index) {
    return data.column(index).slice(start, rowCount);
  }
}
