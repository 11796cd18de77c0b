package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * An open file that is read by position into memory of its own. Any thread.
 *
 * @param channel its position is left alone
 * @param closes whether the channel is closed too
 */
record RandomAccess(FileChannel channel, boolean closes) {
  long sizeBytes() throws IOException {
    return channel.size();
  }

  /**
   * Reads a range into new memory, the caller's.
   *
   * @throws ArrowFormatException when the file ends before it
   */
  NativeRegion read(long start, long size) throws IOException {
    NativeRegion region = new NativeRegion(NativeMemory.allocateBody(size));
    try {
      readInto(region, 0, start, size);
      return region;
    } catch (Throwable t) {
      region.release();
      throw t;
    }
  }

  /** Reads {@code size} bytes from {@code start} on into a region from {@code at} on. */
  void readInto(NativeRegion region, long at, long start, long size) throws IOException {
    for (long done = 0; done < size; ) {
      ByteBuffer part = Copies.part(region, at + done, size - done);
      int count = channel.read(part, start + done);
      if (count < 0) {
        throw new ArrowFormatException(
            ErrorKind.TRUNCATED, "the file has become shorter", start + done, null);
      }
      done += count;
    }
  }

  void close() throws IOException {
    if (closes) {
      channel.close();
    }
  }
}
