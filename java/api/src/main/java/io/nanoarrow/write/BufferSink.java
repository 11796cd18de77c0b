package io.nanoarrow.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What remains of a ByteBuffer; its position moves behind what was written. */
public final class BufferSink implements Sink {
  private final ByteBuffer buffer;

  /** A sink over a buffer of the user. */
  public BufferSink(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  @Override
  public void write(List<ByteBuffer> parts) throws IOException {
    long size = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    if (size > buffer.remaining()) {
      throw new IOException(
          "the buffer has room for " + buffer.remaining() + " more bytes, not for " + size);
    }
    parts.forEach(buffer::put);
  }

  @Override
  public @Nullable ByteBuffer room() {
    return buffer.isDirect() ? buffer : null;
  }

  @Override
  public void complete() {}

  @Override
  public void abandon() {}
}
