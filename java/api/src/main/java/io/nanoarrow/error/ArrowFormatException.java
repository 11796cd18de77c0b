package io.nanoarrow.error;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Arrow data that cannot be read. Thrown by readers, and by column getters whose checks run on
 * first use. Its text never repeats bytes of the input.
 */
public final class ArrowFormatException extends RuntimeException {
  /** The offset of an error whose place in the input is not known. */
  public static final long UNKNOWN_OFFSET = -1;

  /** The row of an error that is not about one row. */
  public static final long NO_ROW = -1;

  private final ErrorKind kind;
  private final String detail;
  private final long byteOffset;
  private final @Nullable String columnPath;
  private final long row;

  /**
   * An error with its place.
   *
   * @param kind what is wrong
   * @param detail the error in words, without its place
   * @param byteOffset bytes from the start of the input, {@link #UNKNOWN_OFFSET} where unknown
   * @param columnPath the column ("a.b.item"), or null where none applies
   */
  public ArrowFormatException(
      ErrorKind kind, String detail, long byteOffset, @Nullable String columnPath) {
    this(kind, detail, byteOffset, columnPath, NO_ROW);
  }

  /**
   * An error in one row.
   *
   * @param kind what is wrong
   * @param detail the error in words, without its place
   * @param byteOffset bytes from the start of the input, {@link #UNKNOWN_OFFSET} where unknown
   * @param columnPath the column ("a.b.item"), or null where none applies
   * @param row the row of the array at that path in its batch (of a nested one: the item), {@link
   *     #NO_ROW} where none applies
   */
  public ArrowFormatException(
      ErrorKind kind, String detail, long byteOffset, @Nullable String columnPath, long row) {
    super(text(kind, detail, byteOffset, columnPath, row));
    this.kind = Objects.requireNonNull(kind);
    this.detail = detail;
    this.byteOffset = byteOffset;
    this.columnPath = columnPath;
    this.row = row;
  }

  /**
   * An error whose place is not known.
   *
   * @param kind what is wrong
   * @param detail the error in words
   */
  public ArrowFormatException(ErrorKind kind, String detail) {
    this(kind, detail, UNKNOWN_OFFSET, null);
  }

  /** Returns what is wrong. */
  public ErrorKind kind() {
    return kind;
  }

  /** Returns the error in words, without its place. */
  public String detail() {
    return detail;
  }

  /** Returns bytes from the start of the input, or {@link #UNKNOWN_OFFSET}. */
  public long byteOffset() {
    return byteOffset;
  }

  /** Returns the path of the column concerned, or null. */
  public @Nullable String columnPath() {
    return columnPath;
  }

  /** Returns the row in its batch of the array concerned, or {@link #NO_ROW}. */
  public long row() {
    return row;
  }

  private static String text(
      ErrorKind kind, String detail, long byteOffset, @Nullable String columnPath, long row) {
    StringBuilder text = new StringBuilder(kind.name()).append(": ");
    if (columnPath != null && !columnPath.isEmpty()) {
      text.append("column ").append(columnPath).append(": ");
    }
    if (row != NO_ROW) {
      text.append("row ").append(row).append(": ");
    }
    text.append(detail);
    if (byteOffset != UNKNOWN_OFFSET) {
      text.append(" (at byte ").append(byteOffset).append(')');
    }
    return text.toString();
  }
}
