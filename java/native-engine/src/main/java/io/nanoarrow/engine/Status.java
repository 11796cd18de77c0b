package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The numbers of {@code naj_status}, and the one place where they become exceptions. */
final class Status {
  static final int OK = 0;
  static final int INVALID_DATA = 1;
  static final int TRUNCATED = 2;
  static final int UNSUPPORTED = 3;
  static final int LIMIT_EXCEEDED = 4;
  static final int NO_MEMORY = 5;
  static final int IO = 6;
  static final int MISUSE = 7;
  static final int NEED_INPUT = 8;
  static final int NEED_TABLE = 9;
  static final int NEED_ARENA = 10;

  private static final int EPERM = 1;
  private static final int ENOENT = 2;
  private static final int EACCES = 13;

  private Status() {}

  /**
   * Throws what the error struct of this thread says.
   *
   * @param path the file that an I/O error is about, or null
   * @return never; lets the caller write {@code throw}
   */
  static RuntimeException failure(Scratch scratch, @Nullable String path) throws IOException {
    String text = scratch.errorText();
    switch (scratch.errorStatus()) {
      case INVALID_DATA:
        throw format(ErrorKind.INVALID_DATA, scratch, text);
      case TRUNCATED:
        throw format(ErrorKind.TRUNCATED, scratch, text);
      case UNSUPPORTED:
        throw format(ErrorKind.UNSUPPORTED, scratch, text);
      case LIMIT_EXCEEDED:
        throw format(ErrorKind.LIMIT_EXCEEDED, scratch, text);
      case NO_MEMORY:
        throw new OutOfMemoryError(text);
      case IO:
        throw io(scratch.osError(), text, path);
      default:
        throw new IllegalStateException(text);
    }
  }

  /** As {@link #failure} where no I/O takes place; what is I/O all the same is unchecked. */
  static RuntimeException failure(Scratch scratch) {
    try {
      throw failure(scratch, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ArrowFormatException format(ErrorKind kind, Scratch scratch, String text) {
    String path = scratch.errorPath();
    return new ArrowFormatException(
        kind, text, scratch.errorOffset(), path.isEmpty() ? null : path, scratch.errorRow());
  }

  private static IOException io(int osError, String text, @Nullable String path) {
    if (path == null) {
      return new IOException(text);
    }
    return switch (osError) {
      case ENOENT -> new NoSuchFileException(path);
      case EACCES, EPERM -> new AccessDeniedException(path);
      default -> new FileSystemException(path, null, text);
    };
  }
}
