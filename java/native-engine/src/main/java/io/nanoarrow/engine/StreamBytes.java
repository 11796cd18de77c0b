package io.nanoarrow.engine;

import java.io.IOException;

/**
 * The bytes of a stream as the decoder in C takes them: {@link #region} holds {@link #available}
 * bytes from {@link #offset} on, and more when asked. For one thread at a time.
 */
interface StreamBytes {
  /**
   * Returns the memory of the next message; the use is this object's, until it is asked to fill.
   */
  NativeRegion region();

  long offset();

  long available();

  /** Tells whether no bytes will follow those available. */
  boolean isAtEnd();

  /** Moves past what has been decoded. */
  void advanceTo(long newOffset);

  /**
   * Makes {@code needed} bytes available from the offset on, or all that there are to the end.
   *
   * @return false when they have not come yet
   */
  boolean fill(long needed) throws IOException;

  /**
   * Ends a {@link #fill} that waits for input, by closing the input if that is ours to close. Any
   * thread.
   */
  default void wake() throws IOException {}

  void close() throws IOException;
}
