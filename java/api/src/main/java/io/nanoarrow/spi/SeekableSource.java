package io.nanoarrow.spi;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes that are read by position and cost a request each time: an object in a store, a file behind
 * HTTP. Any thread, several at once.
 */
public interface SeekableSource extends AutoCloseable {
  /** Returns how many bytes there are; the same each time. */
  long size() throws IOException;

  /**
   * Reads from {@code position} on into what remains of {@code target}: all of it where possible,
   * at least one byte.
   *
   * @return how many, -1 behind the end
   */
  int read(long position, ByteBuffer target) throws IOException;

  @Override
  default void close() throws IOException {}
}
