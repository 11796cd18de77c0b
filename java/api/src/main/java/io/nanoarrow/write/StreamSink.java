package io.nanoarrow.write;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An OutputStream. Small parts are put together; each message is handed over whole before {@link
 * #write} returns. The stream is flushed at the end only.
 */
public final class StreamSink implements Sink {
  private static final int PIECE_BYTES = 1 << 16;

  private final OutputStream stream;
  private final boolean closes;
  private final byte[] piece = new byte[PIECE_BYTES];
  private int pending;

  /**
   * A sink over a stream.
   *
   * @param closes the stream is closed with the sink
   */
  public StreamSink(OutputStream stream, boolean closes) {
    this.stream = stream;
    this.closes = closes;
  }

  @Override
  public void write(List<ByteBuffer> parts) throws IOException {
    for (ByteBuffer part : parts) {
      if (part.hasArray() && part.remaining() >= PIECE_BYTES) {
        handOver();
        stream.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
      } else {
        collect(part);
      }
    }
    handOver();
  }

  private void collect(ByteBuffer part) throws IOException {
    while (part.hasRemaining()) {
      int count = Math.min(part.remaining(), PIECE_BYTES - pending);
      part.get(piece, pending, count);
      pending += count;
      if (pending == PIECE_BYTES) {
        handOver();
      }
    }
  }

  private void handOver() throws IOException {
    int count = pending;
    pending = 0;
    if (count > 0) {
      stream.write(piece, 0, count);
    }
  }

  @Override
  public void complete() throws IOException {
    stream.flush();
    if (closes) {
      stream.close();
    }
  }

  @Override
  public void abandon() throws IOException {
    if (closes) {
      stream.close();
    }
  }
}
