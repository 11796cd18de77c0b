package io.nanoarrow.pure.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** Reads of a blocking channel from where it stands. */
final class ChannelReads implements Reads {
  /** Java copies through a direct buffer as large as one read and keeps it. */
  static final int STEP = 1 << 20;

  private final ReadableByteChannel channel;
  private final boolean closeChannel;

  ChannelReads(ReadableByteChannel channel, boolean closeChannel) {
    this.channel = channel;
    this.closeChannel = closeChannel;
  }

  @Override
  public int read(byte[] into, int offset, int size) throws IOException {
    int read = channel.read(ByteBuffer.wrap(into, offset, Math.min(size, STEP)));
    if (read == 0 && size > 0) {
      throw new IOException("the channel gives no bytes; it must be in blocking mode");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    if (closeChannel) {
      channel.close();
    }
  }
}
