package io.nanoarrow.error;

/** What is wrong with the bytes that were read. */
public enum ErrorKind {
  /** The bytes break the Arrow format. */
  INVALID_DATA,
  /** The input ends inside something that it announced. */
  TRUNCATED,
  /** The bytes are valid, but this engine does not read them. */
  UNSUPPORTED,
  /** A limit of the read options was reached. */
  LIMIT_EXCEEDED
}
