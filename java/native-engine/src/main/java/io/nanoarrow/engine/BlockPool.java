package io.nanoarrow.engine;

import java.util.ArrayDeque;

/** The memory of one reader's blocks, kept for reuse while the reader is open. Any thread. */
class BlockPool {
  /** The largest block: one ByteBuffer window. */
  static final long MAX_BLOCK_BYTES = 1L << 30;

  private static final int MAX_FREE = 8;

  private final int blockBytes;
  private final boolean holdsBodies;
  private final ArrayDeque<NativeMemory> free = new ArrayDeque<>();
  private boolean closed;

  /**
   * A pool of blocks.
   *
   * @param blockBytes size of a block
   * @param holdsBodies whether new blocks count as memory for message bodies
   */
  BlockPool(int blockBytes, boolean holdsBodies) {
    this.blockBytes = blockBytes;
    this.holdsBodies = holdsBodies;
  }

  int blockBytes() {
    return blockBytes;
  }

  /** Returns an empty block of at least {@code minimumBytes}; its one use is the caller's. */
  Block take(long minimumBytes) {
    return new Block(this, memory(minimumBytes));
  }

  private NativeMemory memory(long minimumBytes) {
    if (minimumBytes > MAX_BLOCK_BYTES) {
      throw new OutOfMemoryError("no block holds " + minimumBytes + " bytes");
    }
    if (minimumBytes <= blockBytes) {
      synchronized (this) {
        NativeMemory memory = free.poll();
        if (memory != null) {
          return memory;
        }
      }
    }
    long size = Math.max(minimumBytes, blockBytes);
    return holdsBodies ? NativeMemory.allocateBody(size) : NativeMemory.allocate(size);
  }

  /** Takes back the memory of a block that nobody uses any more. */
  void recycle(NativeMemory takeMemory) {
    synchronized (this) {
      if (!closed && takeMemory.sizeBytes() == blockBytes && free.size() < MAX_FREE) {
        free.push(takeMemory);
        return;
      }
    }
    takeMemory.close();
  }

  /** Frees what is not in use; what is in use is freed with its last release. */
  void close() {
    ArrayDeque<NativeMemory> rest;
    synchronized (this) {
      closed = true;
      rest = new ArrayDeque<>(free);
      free.clear();
    }
    rest.forEach(NativeMemory::close);
  }
}
