package io.nanoarrow.pure.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads of an open file that leave its own position alone. */
final class PositionedReads implements Reads {
  private final FileChannel channel;
  private final boolean closeChannel;
  private long position;

  PositionedReads(FileChannel channel, boolean closeChannel, long position) {
    this.channel = channel;
    this.closeChannel = closeChannel;
    this.position = position;
  }

  @Override
  public int read(byte[] into, int offset, int size) throws IOException {
    ByteBuffer step = ByteBuffer.wrap(into, offset, Math.min(size, ChannelReads.STEP));
    int read = channel.read(step, position);
    if (read > 0) {
      position += read;
    }
    return read;
  }

  @Override
  public long skip(long size) throws IOException {
    long skipped = Math.max(0, Math.min(size, channel.size() - position));
    position += skipped;
    return skipped;
  }

  @Override
  public void close() throws IOException {
    if (closeChannel) {
      channel.close();
    }
  }
}
