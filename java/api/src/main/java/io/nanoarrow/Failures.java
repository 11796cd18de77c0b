package io.nanoarrow;

import io.nanoarrow.error.ArrowFormatException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A failed reader stays failed: throws the like of what was thrown first. */
final class Failures {
  private Failures() {}

  static void rethrow(@Nullable Throwable first) throws IOException {
    if (first == null) {
      return;
    }
    if (first instanceof ArrowFormatException e) {
      ArrowFormatException again =
          new ArrowFormatException(e.kind(), e.detail(), e.byteOffset(), e.columnPath());
      again.initCause(e);
      throw again;
    }
    if (first instanceof IOException) {
      throw new IOException("the reader failed before: " + first.getMessage(), first);
    }
    throw new IllegalStateException("the reader failed before: " + first, first);
  }
}
