package io.nanoarrow.crosscheck;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Bytes with random access; whoever opened it closes it. One thread at a time. */
public final class ContentChannel implements AutoCloseable {
  private final @Nullable FileChannel channel;
  private final byte[] bytes;
  private final long sizeBytes;

  private ContentChannel(@Nullable FileChannel channel, byte[] bytes, long sizeBytes) {
    this.channel = channel;
    this.bytes = bytes;
    this.sizeBytes = sizeBytes;
  }

  /** Opens the file at a path. */
  public static ContentChannel of(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    return new ContentChannel(channel, new byte[0], channel.size());
  }

  /** Opens an array. */
  public static ContentChannel of(byte[] bytes) {
    return new ContentChannel(null, bytes, bytes.length);
  }

  /** Returns the size when it was opened. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Returns a little-endian copy of {@code [offset, offset + count)}.
   *
   * @throws EOFException when it is not all there
   */
  public ByteBuffer read(long offset, int count) throws IOException {
    if (offset < 0 || count < 0 || offset > sizeBytes - count) {
      throw new EOFException(count + " bytes at " + offset + " of " + sizeBytes);
    }
    ByteBuffer target = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    if (channel == null) {
      return target.put(bytes, (int) offset, count).flip();
    }
    while (target.hasRemaining()) {
      if (channel.read(target, offset + target.position()) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return target.flip();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
