package io.nanoarrow.layout;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;

/**
 * How many elements of nested values one walk may visit. Views and indices of hostile input can
 * share elements at every level, so that a value has exponentially more of them than its array has
 * bytes; what honest input holds is far below the budget. For one thread.
 */
public final class ElementBudget {
  /** Elements that need no bytes to pay for them: lists of nulls and long runs are legitimate. */
  public static final long FREE = 1L << 22;

  /** Walks that never get here do not pay for adding up bytes. */
  private static final long UNCOUNTED = 1L << 10;

  private final ColumnData[] arrays;
  private final String path;
  private final long perByte;
  private long left = UNCOUNTED;
  private boolean isCounted;

  /**
   * A budget of {@link #FREE} elements and {@code perByte} for each byte of the arrays.
   *
   * @param path what an exception names
   * @param perByte 8 covers every bit of every array
   * @param arrays the walk's, children and dictionaries included
   */
  public ElementBudget(String path, long perByte, ColumnData... arrays) {
    this.path = path;
    this.perByte = perByte;
    this.arrays = arrays;
  }

  /**
   * Takes elements off the budget, before they are visited.
   *
   * @param elements 0 or more
   * @throws ArrowFormatException with kind LIMIT_EXCEEDED when there are not so many left
   */
  public void spend(long elements) {
    if (elements > left && !isCounted) {
      isCounted = true;
      long bytes = 0;
      for (ColumnData array : arrays) {
        bytes += bytes(array);
      }
      left += FREE + Math.min(bytes, (Long.MAX_VALUE >> 2) / perByte) * perByte;
    }
    if (elements > left) {
      throw new ArrowFormatException(
          ErrorKind.LIMIT_EXCEEDED,
          "nested values share so many elements that they are far larger than their bytes",
          ArrowFormatException.UNKNOWN_OFFSET,
          path);
    }
    left -= elements;
  }

  private static long bytes(ColumnData array) {
    long bytes = array.validity() == null ? 0 : array.validity().sizeBytes();
    for (var buffer : array.buffers()) {
      bytes += buffer.sizeBytes();
    }
    for (ColumnData child : array.children()) {
      bytes += bytes(child);
    }
    return array.dictionary() == null ? bytes : bytes + bytes(array.dictionary());
  }
}
