package io.nanoarrow.engine;

import java.nio.ByteBuffer;

/**
 * A pooled piece of memory that its one writer fills from the front; what was written is shared by
 * uses of the region. After the last release the pool gives the memory to the next block: whoever
 * reads without a use then reads rubbish. A pin is a use.
 */
final class Block extends NativeRegion {
  private final BlockPool pool;
  private final ByteBuffer bytes;

  /** Bytes written so far; the writer's. */
  int position;

  Block(BlockPool pool, NativeMemory takeMemory) {
    super(takeMemory);
    this.pool = pool;
    this.bytes = takeMemory.root();
  }

  /** Returns the whole block, little-endian, for absolute access. */
  ByteBuffer bytes() {
    return bytes;
  }

  int remaining() {
    return bytes.capacity() - position;
  }

  /** Tells whether nobody but the writer holds the block, so that it may start over. */
  boolean isIdle() {
    return useCount() == 1;
  }

  @Override
  boolean contentFollowsHandle() {
    return false;
  }

  @Override
  protected void free() {
    pool.recycle(memory());
  }
}
