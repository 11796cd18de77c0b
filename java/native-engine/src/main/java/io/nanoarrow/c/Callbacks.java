package io.nanoarrow.c;

/** What callbacks share. */
final class Callbacks {
  static final int EIO = Errno.EIO;

  private Callbacks() {}

  /** Writes what was thrown to {@code error}, if any; never throws. */
  static int report(Throwable thrown, ArrowError error) {
    try {
      if (error != null && !error.isNull()) {
        Nanoarrow.ArrowErrorSetString(error, String.valueOf(thrown));
      }
    } catch (Throwable ignored) {
      // The code alone must do.
    }
    return EIO;
  }
}
