package io.nanoarrow.compare;

/**
 * The first place where two schemas, batches or tables differ.
 *
 * @param columnPath the column, through structs ("a.b"); empty when it is no column's
 * @param row the row, {@link #NO_ROW} when it is no row's
 * @param left what the first has there, as text that is cut when long
 * @param right what the second has there
 */
public record Difference(String columnPath, long row, String left, String right) {
  /** The row of a difference between schemas, metadata or row counts. */
  public static final long NO_ROW = -1;

  /** Returns place and values on one line. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder();
    if (!columnPath.isEmpty()) {
      out.append("column ").append(columnPath).append(": ");
    }
    if (row != NO_ROW) {
      out.append("row ").append(row).append(": ");
    }
    return out.append(left).append(" <> ").append(right).toString();
  }
}
