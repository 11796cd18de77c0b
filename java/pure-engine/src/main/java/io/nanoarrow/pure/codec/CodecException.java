package io.nanoarrow.pure.codec;

/** Compressed bytes that break their format; its text never repeats them. */
public final class CodecException extends Exception {
  private static final long serialVersionUID = 1;

  CodecException(String message) {
    super(message);
  }
}
