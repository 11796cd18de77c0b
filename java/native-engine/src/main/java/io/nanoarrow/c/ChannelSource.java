package io.nanoarrow.c;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;

/** Reads straight into the native memory. */
final class ChannelSource implements ByteSource {
  private static final int CHUNK_BYTES = 1 << 24;
  private static final int MAX_EMPTY_READS = 1000;

  private final ReadableByteChannel channel;

  ChannelSource(ReadableByteChannel channel) {
    this.channel = Objects.requireNonNull(channel, "channel");
  }

  @Override
  public long read(BytePointer target, long offsetBytes, long sizeBytes) throws IOException {
    long wanted = Math.min(CHUNK_BYTES, sizeBytes);
    ByteBuffer view = target.limit(offsetBytes + wanted).position(offsetBytes).asByteBuffer();
    for (int i = 0; i < MAX_EMPTY_READS; i++) {
      int count = channel.read(view);
      if (count < 0) {
        return -1;
      }
      if (count > wanted || view.position() != count) {
        throw new IOException("The channel claims " + count + " bytes of " + wanted);
      }
      if (count > 0) {
        return count;
      }
    }
    throw new IOException("The channel gives no bytes");
  }
}
