package io.nanoarrow.c;

import java.io.IOException;

/** A function of nanoarrow returned an errno value. */
public final class IpcException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /** Without a cause when {@code cause} is null. */
  public IpcException(int code, String message, Throwable cause) {
    super(Errno.name(code) + (message.isEmpty() ? "" : ": " + message), cause);
    this.code = code;
  }

  /** The errno value, see {@link Errno}. */
  public int code() {
    return code;
  }

  /**
   * Does nothing for 0.
   *
   * @param error what the function was given, may be null
   * @throws IpcException for any other value
   */
  public static void check(int code, ArrowError error) throws IpcException {
    check(code, error, null);
  }

  static void check(int code, ArrowError error, Throwable cause) throws IpcException {
    if (code != 0) {
      throw new IpcException(code, error == null ? "" : messageOf(error), cause);
    }
  }

  private static String messageOf(ArrowError error) {
    String text = Nanoarrow.ArrowErrorMessage(error).getString();
    return text == null ? "" : text;
  }
}
