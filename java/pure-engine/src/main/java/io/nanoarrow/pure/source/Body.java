package io.nanoarrow.pure.source;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.MemoryRegion;
import org.jspecify.annotations.Nullable;

/**
 * The body of one message, or the parts of it that were wanted. Whoever got it releases the region
 * once.
 *
 * @param region where it lies
 * @param offset its first byte in the region
 * @param sizeBytes its size
 * @param inputOffset its first byte in the input
 * @param parts what of it is there, one part after the other; null when it is all there, inside the
 *     region
 */
public record Body(
    MemoryRegion region, long offset, long sizeBytes, long inputOffset, @Nullable Ranges parts) {
  /** A body that is all there. */
  Body(MemoryRegion region, long offset, long sizeBytes, long inputOffset) {
    this(region, offset, sizeBytes, inputOffset, null);
  }

  /**
   * Returns a buffer over bytes of the body.
   *
   * @param at where they begin in the body
   * @param size more than 0; they lie in one of the parts
   */
  public ArrowBuffer buffer(long at, long size) {
    return new ArrowBuffer(region, offset + (parts == null ? at : parts.packed(at)), size);
  }
}
