package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.spi.SeekableSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file that is read by position into memory of its own. Any thread.
 *
 * @param source closed too if {@code closes}
 * @param holeBytes ranges that are no more than this apart are read as one
 * @param rangeBytes no more than this is read at once
 */
record RandomAccess(SeekableSource source, long holeBytes, long rangeBytes, boolean closes) {
  /** An open file, whose own position is left alone. */
  RandomAccess(FileChannel channel, boolean closes) {
    this(new Channel(channel), 0, Long.MAX_VALUE, closes);
  }

  /** A file as a source. */
  private record Channel(FileChannel file) implements SeekableSource {
    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(long position, ByteBuffer target) throws IOException {
      return file.read(target, position);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  long sizeBytes() throws IOException {
    return source.size();
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
      ByteBuffer part = Copies.part(region, at + done, Math.min(size - done, rangeBytes));
      int count = source.read(start + done, part);
      if (count < 0) {
        throw new ArrowFormatException(
            ErrorKind.TRUNCATED, "the file has become shorter", start + done, null);
      }
      done += count;
    }
  }

  void close() throws IOException {
    if (closes) {
      source.close();
    }
  }
}
