package io.nanoarrow.c;

/** The errno values of this platform that nanoarrow's functions return; 0 is success. */
public final class Errno {
  /** The input or an argument is wrong. */
  public static final int EINVAL = Nanoarrow.NajErrnoInvalid();

  /** Valid, but not supported by nanoarrow. */
  public static final int ENOTSUP = Nanoarrow.NajErrnoNotSupported();

  /** No memory. */
  public static final int ENOMEM = Nanoarrow.NajErrnoNoMemory();

  /** The input ends before what it announced; with PeekHeader and PeekFooter: give more bytes. */
  public static final int ESPIPE = Nanoarrow.NajErrnoNotEnoughData();

  /** At the end of the stream, instead of a message. */
  public static final int ENODATA = Nanoarrow.NajErrnoNoData();

  /** Reading or writing failed. */
  public static final int EIO = Nanoarrow.NajErrnoInputOutput();

  private Errno() {}

  /** The name of a value above, else "errno N". */
  public static String name(int code) {
    if (code == 0) {
      return "OK";
    } else if (code == EINVAL) {
      return "EINVAL";
    } else if (code == ENOTSUP) {
      return "ENOTSUP";
    } else if (code == ENOMEM) {
      return "ENOMEM";
    } else if (code == ESPIPE) {
      return "ESPIPE";
    } else if (code == ENODATA) {
      return "ENODATA";
    } else if (code == EIO) {
      return "EIO";
    }
    return "errno " + code;
  }
}
