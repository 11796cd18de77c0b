package io.nanoarrow.build;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * One growing buffer of a column. Its owner keeps {@link #bytes} and {@link #capacity} in fields of
 * its own, and how much of them it has written.
 */
final class Store {
  private static final ByteBuffer NONE =
      ByteBuffer.allocateDirect(0).order(ByteOrder.LITTLE_ENDIAN);

  private final BuilderMemory memory;
  private final String path;
  private long expectedBytes;
  private @Nullable BuilderRegion region;

  /**
   * An empty buffer.
   *
   * @param path the column, for messages
   * @param expectedBytes how large the first memory is made
   */
  Store(BuilderMemory memory, String path, long expectedBytes) {
    this.memory = memory;
    this.path = path;
    this.expectedBytes = expectedBytes;
  }

  /** Returns the memory, for absolute access, until the next call of another method. */
  ByteBuffer bytes() {
    return region == null ? NONE : region.bytes();
  }

  int capacity() {
    return bytes().capacity();
  }

  /**
   * Makes room.
   *
   * @param usedBytes what has been written and is kept
   * @throws IllegalStateException when the builder is closed, or a buffer cannot be so large
   */
  ByteBuffer grow(int usedBytes, long neededBytes) {
    memory.ensureOpen();
    if (neededBytes > BuilderMemory.MAX_BYTES) {
      throw new IllegalStateException(
          "column " + path + " would have more than 2 GiB in one buffer; build a batch before");
    }
    if (neededBytes > capacity()) {
      long wish = Math.max(neededBytes, Math.max(2L * capacity(), expectedBytes));
      BuilderRegion larger = memory.region((int) Math.min(wish, BuilderMemory.MAX_BYTES));
      if (region != null) {
        larger.bytes().put(0, region.bytes(), 0, usedBytes);
        region.release();
      }
      region = larger;
    }
    return bytes();
  }

  /** Hands the first bytes over, or shares them; nothing is copied. */
  ArrowBuffer finish(long sizeBytes, Output out) {
    if (region == null || sizeBytes == 0) {
      return ArrowBuffer.EMPTY;
    }
    ArrowBuffer buffer = new ArrowBuffer(region, 0, sizeBytes);
    if (out.isSharing()) {
      out.share(region);
    } else {
      out.take(region);
      region = null;
      expectedBytes = sizeBytes;
    }
    return buffer;
  }

  /** Gives the memory back. */
  void release() {
    if (region != null) {
      region.release();
      region = null;
    }
  }
}
