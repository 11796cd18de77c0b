package io.nanoarrow.engine;

import org.jspecify.annotations.Nullable;

/**
 * Room for decompressed and swapped buffers, one batch after the other in blocks; a block starts
 * over as soon as no batch holds it. Nothing is allocated before a batch asks. Any thread.
 */
final class Arenas {
  private static final int SMALLEST_BLOCK_BYTES = 1 << 20;
  private static final int LARGEST_POOLED_BYTES = 256 << 20;
  private static final int ALIGNMENT = 64;

  /**
   * A piece of a block for one batch; its one use of the region is the taker's.
   *
   * @param region where it lies, or null for no room at all
   * @param start where it begins in the region
   * @param sizeBytes how long it is
   */
  record Room(@Nullable NativeRegion region, long start, long sizeBytes) {
    static final Room NONE = new Room(null, 0, 0);

    long address() {
      return region == null ? 0 : region.address() + start;
    }

    void release() {
      if (region != null) {
        region.release();
      }
    }
  }

  private BlockPool pool = new BlockPool(SMALLEST_BLOCK_BYTES, false);
  private @Nullable Block current;
  private long lastBytes;
  private boolean closed;

  /** Returns room for as much as the last batch took; none while no batch took any. */
  Room usual() {
    synchronized (this) {
      if (lastBytes == 0) {
        return Room.NONE;
      }
    }
    return take(lastBytes);
  }

  /** Returns room for {@code bytes}. */
  synchronized Room take(long bytes) {
    lastBytes = bytes;
    if (bytes > BlockPool.MAX_BLOCK_BYTES) {
      return new Room(new NativeRegion(NativeMemory.allocate(bytes)), 0, bytes);
    }
    Block block = withRoom((int) bytes);
    block.retain();
    Room room = new Room(block, block.position, bytes);
    long end = (block.position + bytes + ALIGNMENT - 1) & -ALIGNMENT;
    block.position = (int) Math.min(block.bytes().capacity(), end);
    return room;
  }

  private Block withRoom(int bytes) {
    Block block = current;
    if (block != null) {
      if (block.isIdle()) {
        block.position = 0;
      }
      if (block.remaining() >= bytes) {
        return block;
      }
      current = null;
      block.release();
    }
    if (bytes > pool.blockBytes() && bytes <= LARGEST_POOLED_BYTES) {
      pool.close();
      pool = new BlockPool(Math.min(LARGEST_POOLED_BYTES, bytes + (bytes >> 2)), false);
    }
    block = pool.take(bytes);
    if (closed) {
      pool.close();
    }
    current = block;
    return block;
  }

  synchronized void close() {
    closed = true;
    Block block = current;
    current = null;
    if (block != null) {
      block.release();
    }
    pool.close();
  }
}
