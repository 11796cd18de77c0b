package io.nanoarrow;

import io.nanoarrow.write.MemorySink;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Memory that grows with what is written, without moving it. Complete when its writer has been
 * closed. One thread at a time; the collector frees it.
 */
public final class MemoryOutput implements Output {
  private final MemorySink sink;

  /** Starts small. */
  public MemoryOutput() {
    this(0);
  }

  /**
   * Starts with room for so many bytes in one piece.
   *
   * @param expectedBytes 0 or more; what is written may be less or more
   */
  public MemoryOutput(long expectedBytes) {
    if (expectedBytes < 0) {
      throw new IllegalArgumentException(expectedBytes + " bytes expected");
    }
    sink = new MemorySink(expectedBytes);
  }

  MemorySink sink() {
    return sink;
  }

  /** Returns the bytes written so far. */
  public long sizeBytes() {
    return sink.sizeBytes();
  }

  /** Returns what was written, in parts that are not copied: read-only, little-endian. */
  public List<ByteBuffer> buffers() {
    return sink.buffers();
  }

  /**
   * Returns what was written as one read-only, little-endian buffer; copied when it lies in parts.
   *
   * @throws IllegalStateException when it is larger than a buffer can be
   */
  public ByteBuffer toByteBuffer() {
    List<ByteBuffer> parts = buffers();
    if (parts.size() == 1) {
      return parts.get(0);
    }
    ByteBuffer whole = ByteBuffer.allocateDirect(intSize());
    parts.forEach(whole::put);
    return whole.flip().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns a copy of what was written.
   *
   * @throws IllegalStateException when it is larger than an array can be
   */
  public byte[] toByteArray() {
    byte[] bytes = new byte[intSize()];
    int at = 0;
    for (ByteBuffer part : buffers()) {
      int size = part.remaining();
      part.get(bytes, at, size);
      at += size;
    }
    return bytes;
  }

  private int intSize() {
    if (sizeBytes() > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(
          sizeBytes() + " bytes are more than one buffer holds; take them in parts");
    }
    return (int) sizeBytes();
  }

  /** Forgets what was written and keeps the memory for the next writer; buffers change. */
  public void reset() {
    sink.reset();
  }
}
