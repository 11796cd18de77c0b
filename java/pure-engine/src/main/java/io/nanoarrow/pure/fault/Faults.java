package io.nanoarrow.pure.fault;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions of this engine. Offsets are bytes from the start of the input. */
public final class Faults {
  private Faults() {}

  /** Bytes that break the format. */
  public static ArrowFormatException invalid(String detail, long byteOffset) {
    return new ArrowFormatException(ErrorKind.INVALID_DATA, detail, byteOffset, null);
  }

  /** Bytes that break the format, in one column. */
  public static ArrowFormatException invalid(
      String detail, long byteOffset, @Nullable String columnPath) {
    return new ArrowFormatException(ErrorKind.INVALID_DATA, detail, byteOffset, columnPath);
  }

  /** An input that ends inside something it announced. */
  public static ArrowFormatException truncated(String detail, long byteOffset) {
    return new ArrowFormatException(ErrorKind.TRUNCATED, detail, byteOffset, null);
  }

  /** Valid bytes that this engine does not read. */
  public static ArrowFormatException unsupported(
      String detail, long byteOffset, @Nullable String columnPath) {
    return new ArrowFormatException(ErrorKind.UNSUPPORTED, detail, byteOffset, columnPath);
  }

  /** A limit of the options, or a budget of the engine. */
  public static ArrowFormatException limit(String detail, long byteOffset) {
    return new ArrowFormatException(ErrorKind.LIMIT_EXCEEDED, detail, byteOffset, null);
  }
}
