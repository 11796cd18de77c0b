package io.nanoarrow.engine;

import org.jspecify.annotations.Nullable;

/**
 * Room for batch tables, one after the other in blocks; a block starts over as soon as no batch
 * holds it. For one thread at a time.
 */
final class TableBlocks {
  /** {@code sizeof(struct naj_table_header)}. */
  static final int HEADER_BYTES = 160;

  private static final int BLOCK_BYTES = 256 << 10;
  private static final long METADATA_BYTES = 256;

  private final long usualBytes;
  private final BlockPool pool;
  private @Nullable Block current;

  /** Blocks for the batches of one schema. */
  TableBlocks(DescriptorHeader schema) {
    usualBytes =
        HEADER_BYTES + 24 * schema.nodeCount() + 16 * schema.bufferCount() + METADATA_BYTES;
    pool = new BlockPool((int) Math.min(64 << 20, Math.max(BLOCK_BYTES, 4 * usualBytes)), false);
  }

  /** Returns how much the table of a batch takes unless it has metadata or variadic buffers. */
  long usualBytes() {
    return usualBytes;
  }

  /** Returns a block with room for {@code bytes} at its position. */
  Block withRoom(long bytes) {
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
    block = pool.take(bytes);
    current = block;
    return block;
  }

  /** Moves past a table that has been written, to an aligned place. */
  static void advance(Block block, long bytes) {
    block.position = (int) Math.min(block.bytes().capacity(), (block.position + bytes + 7) & -8L);
  }

  void close() {
    Block block = current;
    current = null;
    if (block != null) {
      block.release();
    }
    pool.close();
  }
}
