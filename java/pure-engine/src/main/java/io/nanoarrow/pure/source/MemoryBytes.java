package io.nanoarrow.pure.source;

import io.nanoarrow.memory.HeapRegion;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.pure.memory.MappedRegion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An input that lies in memory as a whole: a mapped file or a buffer of the caller. Any thread;
 * holds one use of its region until closed.
 */
final class MemoryBytes implements AutoCloseable {
  /** What can be seen in one piece wherever it begins. */
  static final int MAX_VIEW = (int) MemoryRegion.WINDOW_STRIDE;

  private final MemoryRegion region;
  private final @Nullable MappedRegion mapped;
  private final ByteBuffer first;

  MemoryBytes(MappedRegion takeRegion) {
    region = takeRegion;
    mapped = takeRegion;
    first = takeRegion.piece(0);
  }

  MemoryBytes(HeapRegion takeRegion) {
    region = takeRegion;
    mapped = null;
    first = takeRegion.bytes();
  }

  long sizeBytes() {
    return region.sizeBytes();
  }

  /** Returns the little-endian window that holds a byte of the input and the MAX_VIEW after it. */
  ByteBuffer window(long offset) {
    return mapped == null ? first : mapped.piece((int) (offset / MemoryRegion.WINDOW_STRIDE));
  }

  /** Returns where in {@link #window} a byte stands. */
  int indexInWindow(long offset) {
    return (int) (mapped == null ? offset : offset % MemoryRegion.WINDOW_STRIDE);
  }

  /** Returns a body inside the input, with a use of its own. */
  Body body(long offset, long size) {
    region.retain();
    return new Body(region, offset, size, offset);
  }

  @Override
  public void close() {
    region.release();
  }
}
