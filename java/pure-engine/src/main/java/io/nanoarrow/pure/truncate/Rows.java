package io.nanoarrow.pure.truncate;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of an array that are written.
 *
 * @param start the first row, as errors count them
 * @param from where it stands in the buffers: the array's own offset added
 * @param count how many
 * @param validity the bitmap, null when none of the rows is null
 */
record Rows(
    ArrayPlan plan,
    ColumnData array,
    long start,
    long from,
    long count,
    @Nullable ArrowBuffer validity) {

  /** Tells whether row {@code index} of these is there. */
  boolean isValid(long index) {
    return validity == null || validity.getBit(from + index);
  }

  /**
   * Returns a buffer of fixed width.
   *
   * @param extra values that there must be beyond the rows
   * @throws ArrowFormatException when it does not reach to the end of the rows
   */
  ArrowBuffer fixed(int index, int width, int extra) {
    ArrowBuffer buffer = array.buffers().get(index);
    long values = from + count;
    if (width > 0 && values > buffer.sizeBytes() / width - extra) {
      throw invalid(
          ArrowFormatException.NO_ROW,
          "a buffer of " + buffer.sizeBytes() + " bytes is too short for its rows");
    }
    return buffer;
  }

  /** Returns the error of row {@code index} of these, or of none. */
  ArrowFormatException invalid(long index, String detail) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA,
        detail,
        ArrowFormatException.UNKNOWN_OFFSET,
        plan.path.toString(),
        index == ArrowFormatException.NO_ROW ? index : start + index);
  }
}
