package io.nanoarrow.write;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/** Writes until every byte is written, however few the channel takes at a time. */
final class FullWrites {
  /** What an operating system takes in one call (IOV_MAX). */
  private static final int MAX_GATHERED = 1024;

  /** The JDK copies heap buffers to direct ones of the same size, which it keeps. */
  private static final int MAX_HEAP_BYTES = 1 << 20;

  /** Tries that take no byte: at first without a pause, then with one of a millisecond. */
  private static final int IDLE_SPINS = 100;

  private static final int IDLE_PAUSES = 2_000;

  private final WritableByteChannel channel;
  private int idle;

  private FullWrites(WritableByteChannel channel) {
    this.channel = channel;
  }

  /**
   * Writes what remains of the parts, in their order.
   *
   * @throws IOException also when the channel takes nothing for seconds
   */
  static void write(WritableByteChannel channel, List<ByteBuffer> parts) throws IOException {
    FullWrites writes = new FullWrites(channel);
    ByteBuffer[] buffers = parts.toArray(ByteBuffer[]::new);
    int first = 0;
    while (first < buffers.length) {
      int count = channel instanceof GatheringByteChannel ? gatherable(buffers, first) : 0;
      if (count > 1) {
        writes.gathered((GatheringByteChannel) channel, buffers, first, count);
        first += count;
      } else {
        writes.single(buffers[first++]);
      }
    }
  }

  private static int gatherable(ByteBuffer[] buffers, int first) {
    int count = 0;
    while (count < MAX_GATHERED && first + count < buffers.length) {
      ByteBuffer buffer = buffers[first + count];
      if (!buffer.isDirect() && buffer.remaining() > MAX_HEAP_BYTES) {
        break;
      }
      count++;
    }
    return count;
  }

  private void gathered(GatheringByteChannel to, ByteBuffer[] buffers, int first, int count)
      throws IOException {
    int at = first;
    int end = first + count;
    while (at < end) {
      long before = remaining(buffers, at, end);
      if (before > 0) {
        to.write(buffers, at, end - at);
        pace(before - remaining(buffers, at, end));
      }
      while (at < end && !buffers[at].hasRemaining()) {
        at++;
      }
    }
  }

  private static long remaining(ByteBuffer[] buffers, int from, int to) {
    long bytes = 0;
    for (int i = from; i < to; i++) {
      bytes += buffers[i].remaining();
    }
    return bytes;
  }

  private void single(ByteBuffer buffer) throws IOException {
    int end = buffer.limit();
    int most = buffer.isDirect() ? Integer.MAX_VALUE : MAX_HEAP_BYTES;
    while (buffer.position() < end) {
      int before = buffer.position();
      buffer.limit(before + Math.min(most, end - before));
      try {
        channel.write(buffer);
      } finally {
        buffer.limit(end);
      }
      pace(buffer.position() - before);
    }
  }

  /** Waits a little after a try that took nothing, and not for ever. */
  private void pace(long taken) throws IOException {
    if (taken > 0) {
      idle = 0;
    } else if (++idle > IDLE_SPINS + IDLE_PAUSES) {
      throw new IOException("the channel takes no more bytes; it must be a blocking one");
    } else if (idle > IDLE_SPINS) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while the channel takes no bytes");
      }
    } else {
      Thread.onSpinWait();
    }
  }
}
