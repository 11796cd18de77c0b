package io.nanoarrow.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/** A source from its first byte on. One thread at a time. */
final class SourceChannel implements ReadableByteChannel {
  private final SeekableSource source;
  private long position;
  private boolean isClosed;

  SourceChannel(SeekableSource source) {
    this.source = source;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (isClosed) {
      throw new ClosedChannelException();
    }
    int count = position < source.size() ? source.read(position, target) : -1;
    position += Math.max(0, count);
    return count;
  }

  @Override
  public boolean isOpen() {
    return !isClosed;
  }

  @Override
  public void close() throws IOException {
    isClosed = true;
    source.close();
  }
}
