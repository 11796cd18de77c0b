package io.nanoarrow.cli;

import io.nanoarrow.error.ArrowFormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * What to say of something that failed with a file, and how the command ends.
 *
 * @param text the reason, without the file's name
 * @param code an exit code
 */
record Attempt(String text, int code) {
  /** Returns what to say, or null for what should not have happened. */
  static @Nullable Attempt failedWith(Throwable e) {
    if (e instanceof FileCommand.WrongUse) {
      return new Attempt(e.getMessage(), ExitCode.USAGE);
    } else if (e instanceof NoSuchFileException || e instanceof InvalidPathException) {
      return new Attempt("no such file", ExitCode.BAD);
    } else if (e instanceof AccessDeniedException) {
      return new Attempt("permission denied", ExitCode.BAD);
    } else if (e instanceof ArrowFormatException) {
      return new Attempt(e.getMessage(), ExitCode.BAD);
    } else if (e instanceof IOException) {
      return new Attempt(e.getMessage() == null ? e.toString() : e.getMessage(), ExitCode.BAD);
    } else if (e instanceof OutOfMemoryError) {
      return new Attempt("not enough memory: " + e.getMessage(), ExitCode.BAD);
    }
    return null;
  }

  /** Says it and returns the exit code. */
  int report(Terminal terminal, String file) {
    terminal.message(Cells.printable(file + ": " + text));
    return code;
  }
}
