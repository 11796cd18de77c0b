package io.nanoarrow.build;

import io.nanoarrow.memory.Lease;
import io.nanoarrow.stats.MemoryStats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The direct memory of one builder. What its batches give back when they are closed, on any thread,
 * is used for the next ones; after the builder's end it goes to the garbage collector.
 */
final class BuilderMemory {
  /** The most bytes that one buffer of a column has; a multiple of the alignment. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 127;

  private static final int ALIGNMENT_BYTES = 64;
  private static final int SMALLEST_BITS = 6;
  private static final int LARGEST_BITS = 31;
  private static final long ALWAYS_KEPT_BYTES = 1 << 20;

  private static final AtomicLong LIVE_BYTES = new AtomicLong();

  static {
    MemoryStats.register(
        new MemoryStats.Source() {
          @Override
          public long liveBytes() {
            return LIVE_BYTES.get();
          }

          @Override
          public long bodyBytesAllocated() {
            return 0;
          }
        });
  }

  private final Lease lease;

  /** Free buffers, by the binary logarithm of their capacity. */
  private final List<Deque<ByteBuffer>> free = new ArrayList<>();

  private long freeBytes;
  private long keptBytes = ALWAYS_KEPT_BYTES;
  private boolean closed;

  BuilderMemory(Lease lease) {
    this.lease = lease;
    for (int bits = 0; bits <= LARGEST_BITS; bits++) {
      free.add(new ArrayDeque<>());
    }
  }

  /**
   * Checks that the builder is open.
   *
   * @throws IllegalStateException when it is closed
   */
  void ensureOpen() {
    lease.ensureOpen();
  }

  /** Returns a region with one use, whose content is undefined. */
  BuilderRegion region(int minBytes) {
    int bits = Math.max(SMALLEST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(minBytes - 1));
    ByteBuffer found = takeFree(bits);
    return new BuilderRegion(this, found != null ? found : allocate(bits));
  }

  private synchronized @Nullable ByteBuffer takeFree(int bits) {
    ByteBuffer found = free.get(bits).pollFirst();
    if (found == null && bits < LARGEST_BITS) {
      found = free.get(bits + 1).pollFirst();
    }
    if (found != null) {
      freeBytes -= found.capacity();
    }
    return found;
  }

  private static ByteBuffer allocate(int bits) {
    int size = bits == LARGEST_BITS ? MAX_BYTES : 1 << bits;
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(size + ALIGNMENT_BYTES)
            .alignedSlice(ALIGNMENT_BYTES)
            .slice(0, size)
            .order(ByteOrder.LITTLE_ENDIAN);
    LIVE_BYTES.addAndGet(size);
    return bytes;
  }

  /**
   * Takes a region's bytes back.
   *
   * @param reusable false when somebody may still look at them
   */
  void giveBack(ByteBuffer bytes, boolean reusable) {
    synchronized (this) {
      if (reusable && !closed && freeBytes + bytes.capacity() <= keptBytes) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(bytes.capacity() - 1);
        free.get(bits).addFirst(bytes);
        freeBytes += bytes.capacity();
        return;
      }
    }
    LIVE_BYTES.addAndGet(-bytes.capacity());
  }

  /** Says how large a batch was: about two of them are kept free. */
  synchronized void keepFor(long batchBytes) {
    keptBytes = Math.max(ALWAYS_KEPT_BYTES, 2 * batchBytes);
  }

  /** Leaves what is free to the collector, and what comes back later. */
  synchronized void close() {
    closed = true;
    free.forEach(Deque::clear);
    LIVE_BYTES.addAndGet(-freeBytes);
    freeBytes = 0;
  }
}
