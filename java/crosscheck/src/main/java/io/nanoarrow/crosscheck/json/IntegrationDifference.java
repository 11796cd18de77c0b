package io.nanoarrow.crosscheck.json;

import org.jspecify.annotations.Nullable;

/**
 * The first place where Arrow data is not what integration JSON says.
 *
 * @param batch the record batch from 0 on, {@link #NOWHERE} when it is not about one
 * @param column the column path ("a.b"), empty when it is not about a column
 * @param part what differs: "schema", "batches", "rows", "value", "dictionary", "content"
 * @param row the row in the batch, of a dictionary in the dictionary; {@link #NOWHERE} when it is
 *     not about one
 * @param json what the JSON text says, or null when only the Arrow data is wrong in itself
 * @param arrow what the Arrow data says
 */
public record IntegrationDifference(
    long batch, String column, String part, long row, @Nullable String json, String arrow) {
  /** A batch or row where none applies. */
  public static final long NOWHERE = -1;

  /** Returns "batch 1, column a.b, row 3: value: JSON 1, Arrow 2". */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (batch != NOWHERE) {
      text.append("batch ").append(batch).append(", ");
    }
    if (!column.isEmpty()) {
      text.append("column ").append(column).append(", ");
    }
    if (row != NOWHERE) {
      text.append("row ").append(row).append(", ");
    }
    text.append(part).append(": ");
    if (json != null) {
      text.append("JSON ").append(json).append(", ");
    }
    return text.append("Arrow ").append(arrow).toString();
  }
}
