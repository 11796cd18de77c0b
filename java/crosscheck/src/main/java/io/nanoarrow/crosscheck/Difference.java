package io.nanoarrow.crosscheck;

import java.util.Map;

/**
 * One place where two participants disagree.
 *
 * @param batch the record batch from 0 on, or {@link #NOWHERE} when it is not about a batch
 * @param column the column path ("a.b.item"), empty when it is not about a column
 * @param part what differs: "outcome", "batch count", "type", "metadata", "length", "null count",
 *     "validity", "data", "offsets", "sizes", "type ids", "run ends", "indices" …
 * @param row the row in the array that {@code column} names, or {@link #NOWHERE}
 * @param byteOffset the byte in the buffer that {@code part} names, counted from the array's first
 *     row as the first participant lays it out, or {@link #NOWHERE}
 * @param fileOffset the same byte, counted from the start of the source, or {@link #NOWHERE} where
 *     it does not lie in the source as it is: in compressed or swapped bodies, and in what was read
 *     into other memory
 * @param values what each of the two says, by participant, the first one first
 */
public record Difference(
    long batch,
    String column,
    String part,
    long row,
    long byteOffset,
    long fileOffset,
    Map<String, String> values) {
  /** A batch, row or byte where none applies. */
  public static final long NOWHERE = -1;

  /** A difference whose place in the source is not known. */
  public Difference(
      long batch,
      String column,
      String part,
      long row,
      long byteOffset,
      Map<String, String> values) {
    this(batch, column, part, row, byteOffset, NOWHERE, values);
  }

  /** Returns "batch 2, column a.b, data, row 17, byte 68 (file byte 980): native 01, pure 02". */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (batch != NOWHERE) {
      text.append("batch ").append(batch).append(", ");
    }
    if (!column.isEmpty()) {
      text.append("column ").append(column).append(", ");
    }
    text.append(part);
    if (row != NOWHERE) {
      text.append(", row ").append(row);
    }
    if (byteOffset != NOWHERE) {
      text.append(", byte ").append(byteOffset);
    }
    if (fileOffset != NOWHERE) {
      text.append(" (file byte ").append(fileOffset).append(')');
    }
    String separator = ": ";
    for (Map.Entry<String, String> value : values.entrySet()) {
      text.append(separator).append(value.getKey()).append(' ').append(value.getValue());
      separator = ", ";
    }
    return text.toString();
  }
}
