package io.nanoarrow.pure.encode;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.MemoryRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes of a body in their order: some stay where they lie, the others are put one behind the
 * other into blocks of the Java heap, so that small buffers become few parts. Blocks are used again
 * after {@link #clear}.
 */
final class Parts {
  /** Below this size bytes are copied. */
  private static final int COPIED_SIZE = 4 << 10;

  private static final int FIRST_BLOCK_SIZE = 64 << 10;
  private static final int MAX_BLOCK_SIZE = 4 << 20;

  /** Blocks beyond these are left to the garbage collector. */
  private static final long KEPT_BYTES = 32L << 20;

  private final List<ByteBuffer> parts = new ArrayList<>();
  private final List<ByteBuffer> blocks = new ArrayList<>();
  private int nextBlock;
  private ByteBuffer block = ByteBuffer.allocate(0);
  private int used;

  /** What of the block is no part yet begins here. */
  private int cut;

  private long sizeBytes;

  /** Forgets everything. */
  void clear() {
    parts.clear();
    nextBlock = 0;
    block = ByteBuffer.allocate(0);
    used = 0;
    cut = 0;
    sizeBytes = 0;
    long kept = 0;
    for (int i = 0; i < blocks.size(); i++) {
      kept += blocks.get(i).capacity();
      if (kept > KEPT_BYTES) {
        blocks.subList(i, blocks.size()).clear();
      }
    }
  }

  /** Returns how many bytes there are. */
  long sizeBytes() {
    return sizeBytes;
  }

  /** Adds bytes of a region. */
  void add(ArrowBuffer source, long at, long size) {
    if (size < COPIED_SIZE) {
      reserve((int) size);
      source.copyTo(at, block.array(), used, (int) size);
      used += (int) size;
    } else {
      cut();
      for (long done = 0; done < size; ) {
        int n = (int) Math.min(MemoryRegion.WINDOW_STRIDE, size - done);
        parts.add(source.transientView(at + done, n));
        done += n;
      }
    }
    sizeBytes += size;
  }

  /** Adds bytes that nobody changes from now on. */
  void add(ByteBuffer bytes) {
    if (bytes.remaining() < COPIED_SIZE) {
      room(bytes.remaining()).put(bytes.duplicate());
    } else {
      cut();
      sizeBytes += bytes.remaining();
      parts.add(bytes);
    }
  }

  /** Returns room for bytes at the position of a little-endian buffer; its content is undefined. */
  ByteBuffer room(int size) {
    reserve(size);
    block.limit(used + size).position(used);
    used += size;
    sizeBytes += size;
    return block;
  }

  /** Adds zeros, up to the next multiple of a power of two. */
  void pad(int multiple) {
    int size = (int) (-sizeBytes & multiple - 1);
    if (size > 0) {
      reserve(size);
      Arrays.fill(block.array(), used, used + size, (byte) 0);
      used += size;
      sizeBytes += size;
    }
  }

  /** Returns all bytes in order; holds until {@link #clear}. */
  List<ByteBuffer> get() {
    cut();
    return parts;
  }

  private void reserve(int size) {
    if (size <= block.capacity() - used) {
      return;
    }
    cut();
    used = 0;
    cut = 0;
    while (nextBlock < blocks.size() && blocks.get(nextBlock).capacity() < size) {
      nextBlock++;
    }
    if (nextBlock == blocks.size()) {
      int grown = block.capacity() == 0 ? FIRST_BLOCK_SIZE : 2 * block.capacity();
      int capacity = Math.max(size, Math.min(grown, MAX_BLOCK_SIZE));
      blocks.add(ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN));
    }
    block = blocks.get(nextBlock++);
    block.clear();
  }

  private void cut() {
    if (used > cut) {
      parts.add(ByteBuffer.wrap(block.array(), cut, used - cut));
      cut = used;
    }
  }
}
