package io.nanoarrow.pure.validate;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.pure.schema.FieldPath;

/**
 * What an error says about its place.
 *
 * @param path the array's field
 * @param messageOffset where the batch's message begins
 */
record Place(FieldPath path, long messageOffset) {
  Place child(String name) {
    return new Place(new FieldPath(path, name), messageOffset);
  }

  /** A defect of the array as a whole. */
  ArrowFormatException fault(String what) {
    return fault(what, ArrowFormatException.NO_ROW);
  }

  /** A defect in one row. */
  ArrowFormatException fault(String what, long row) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA, what, messageOffset, path.toString(), row);
  }
}
