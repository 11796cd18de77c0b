package io.nanoarrow.inspect;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Small pieces of an input by position. One thread. */
final class WireBytes {
  private static final int WINDOW_BYTES = 4096;

  private final FileChannel channel;
  private final long sizeBytes;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private long windowOffset;

  WireBytes(FileChannel channel) throws IOException {
    this.channel = channel;
    this.sizeBytes = channel.size();
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** Tells whether a range lies in the input. */
  boolean holds(long offset, long size) {
    return offset >= 0 && size >= 0 && offset <= sizeBytes && size <= sizeBytes - offset;
  }

  /**
   * Returns a range, little-endian, from index 0 on.
   *
   * @throws EOFException when it is not in the input, or the input has become shorter
   */
  ByteBuffer read(long offset, int size) throws IOException {
    if (!holds(offset, size)) {
      throw new EOFException();
    }
    if (offset < windowOffset || offset + size > windowOffset + window.limit()) {
      load(offset, (int) Math.min(sizeBytes - offset, Math.max(size, WINDOW_BYTES)));
    }
    return window.slice((int) (offset - windowOffset), size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void load(long offset, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException();
      }
    }
    window = bytes.flip();
    windowOffset = offset;
  }
}
