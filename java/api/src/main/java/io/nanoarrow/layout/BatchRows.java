package io.nanoarrow.layout;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
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

  /**
   * Returns the rows of a column.
   *
   * @throws ArrowFormatException when the column has fewer than the batch
   */
  public ColumnData column(int index) {
    ColumnData column = data.column(index);
    if (column.length() - rowCount < start) {
      throw new ArrowFormatException(
          ErrorKind.INVALID_DATA,
          column.length() + " rows in a batch of " + data.rowCount(),
          ArrowFormatException.UNKNOWN_OFFSET,
          column.field().name());
    }
    return column.slice(start, rowCount);
  }
}
