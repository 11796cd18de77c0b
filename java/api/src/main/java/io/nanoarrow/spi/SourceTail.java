package io.nanoarrow.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gets the end of a source by one request, on first use: a file's footer is read in small pieces.
 * Any thread.
 */
final class SourceTail implements SeekableSource {
  private static final int TAIL_BYTES = 64 << 10;

  private final SeekableSource source;
  private volatile @Nullable ByteBuffer tail;

  SourceTail(SeekableSource source) {
    this.source = source;
  }

  @Override
  public long size() throws IOException {
    return source.size();
  }

  @Override
  public int read(long position, ByteBuffer target) throws IOException {
    long size = source.size();
    long start = Math.max(0, size - TAIL_BYTES);
    if (position < start || position >= size) {
      return source.read(position, target);
    }
    ByteBuffer known = tail;
    if (known == null) {
      known = load(start, (int) (size - start));
    }
    int from = (int) (position - start);
    int count = Math.min(target.remaining(), known.limit() - from);
    target.put(target.position(), known, from, count);
    target.position(target.position() + count);
    return count;
  }

  private synchronized ByteBuffer load(long start, int size) throws IOException {
    ByteBuffer known = tail;
    if (known == null) {
      known = ByteBuffer.allocate(size);
      while (known.hasRemaining()) {
        if (source.read(start + known.position(), known) < 0) {
          throw new IOException("the source is shorter than it says");
        }
      }
      known.flip();
      tail = known;
    }
    return known;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
