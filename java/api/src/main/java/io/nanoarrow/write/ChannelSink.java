package io.nanoarrow.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** A blocking channel, gathering where it can. */
public final class ChannelSink implements Sink {
  private final WritableByteChannel channel;
  private final boolean closes;

  /**
   * A sink over a channel, from where it stands.
   *
   * @param closes the channel is closed with the sink
   */
  public ChannelSink(WritableByteChannel channel, boolean closes) {
    this.channel = channel;
    this.closes = closes;
  }

  @Override
  public void write(List<ByteBuffer> parts) throws IOException {
    FullWrites.write(channel, parts);
  }

  @Override
  public void complete() throws IOException {
    if (closes) {
      channel.close();
    }
  }

  @Override
  public void abandon() throws IOException {
    complete();
  }
}
