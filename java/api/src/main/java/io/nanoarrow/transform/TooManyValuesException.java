package io.nanoarrow.transform;

/**
 * What was to be put together does not fit into one array: offsets, run ends, indices or a buffer
 * end before. In smaller parts it may.
 */
public final class TooManyValuesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception that names the field and what is too small. */
  TooManyValuesException(String message) {
    super(message);
  }
}
