package io.nanoarrow.pure.source;

import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.memory.BlockRegion;
import io.nanoarrow.spi.SeekableSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** A file that is read by position; each body, or what is wanted of it, is a block of its own. */
final class RandomFile implements RandomSource {
  /** The largest array that every JVM gives. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final SeekableSource source;
  private final long holeBytes;
  private final long rangeBytes;
  private final boolean closeSource;
  private final long sizeBytes;

  RandomFile(FileChannel channel, boolean closeChannel) throws IOException {
    this(new Channel(channel), Ranges.SMALLEST_GAP_BYTES, ChannelReads.STEP, closeChannel);
  }

  RandomFile(SeekableSource source, long holeBytes, long rangeBytes, boolean closeSource)
      throws IOException {
    this.source = source;
    this.holeBytes = holeBytes;
    this.rangeBytes = rangeBytes;
    this.closeSource = closeSource;
    this.sizeBytes = source.size();
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

  @Override
  public long holeBytes() {
    return holeBytes;
  }

  @Override
  public long sizeBytes() {
    return sizeBytes;
  }

  @Override
  public ByteBuffer metadata(long offset, int size) throws IOException {
    return ByteBuffer.wrap(read(offset, size)).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public Body body(long offset, long size, @Nullable Ranges wanted) throws IOException {
    long total = wanted == null ? size : wanted.totalBytes();
    if (total > MAX_ARRAY) {
      throw Faults.unsupported(
          "a body of " + total + " bytes in a file that is not mapped", offset, null);
    }
    byte[] bytes = new byte[(int) total];
    if (wanted == null) {
      read(offset, bytes, 0, bytes.length);
    } else {
      int filled = 0;
      for (int i = 0; i < wanted.count(); i++) {
        int part = (int) wanted.sizeBytes(i);
        read(offset + wanted.start(i), bytes, filled, part);
        filled += part;
      }
    }
    return new Body(new BlockRegion(bytes), 0, size, offset, wanted);
  }

  private byte[] read(long offset, int size) throws IOException {
    byte[] bytes = new byte[size];
    read(offset, bytes, 0, size);
    return bytes;
  }

  private void read(long offset, byte[] bytes, int start, int size) throws IOException {
    int filled = 0;
    while (filled < size) {
      int step = (int) Math.min(size - filled, rangeBytes);
      int read = source.read(offset + filled, ByteBuffer.wrap(bytes, start + filled, step));
      if (read < 0) {
        throw Faults.truncated("the file has become shorter", offset + filled);
      }
      filled += read;
    }
  }

  @Override
  public void close() throws IOException {
    if (closeSource) {
      source.close();
    }
  }
}
