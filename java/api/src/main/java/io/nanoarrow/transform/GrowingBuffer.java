package io.nanoarrow.transform;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.HeapRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes that are appended to and never changed, so that {@link #view} stays good while more is
 * appended. After {@link #reset} the memory is used again, and views show other bytes.
 */
final class GrowingBuffer {
  private static final int SMALLEST_BYTES = 64;
  private static final int DIRECT_FROM_BYTES = 1 << 12;
  private static final int LARGEST_BYTES = Integer.MAX_VALUE - 64;
  private static final int PIECE_BYTES = 1 << 26;

  private ByteBuffer bytes = ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
  private int size;

  int size() {
    return size;
  }

  /**
   * Sees to it that {@code more} bytes fit and returns where they begin. Called before {@code
   * bytes} is looked at, which may be another one afterwards.
   */
  private int room(long more) {
    if (more > LARGEST_BYTES - Long.BYTES - size) {
      throw new TooManyValuesException("a buffer of more than 2^31-1 bytes");
    }
    int needed = (int) (size + more) + Long.BYTES;
    if (needed > bytes.capacity()) {
      int capacity =
          (int) Math.min(LARGEST_BYTES, Math.max(SMALLEST_BYTES, Math.max(needed, 2L * size)));
      ByteBuffer larger =
          capacity < DIRECT_FROM_BYTES
              ? ByteBuffer.allocate(capacity)
              : ByteBuffer.allocateDirect(capacity);
      larger.put(0, bytes, 0, size);
      bytes = larger.order(ByteOrder.LITTLE_ENDIAN);
    }
    int at = size;
    size += (int) more;
    return at;
  }

  void append(ArrowBuffer source, long start, long count) {
    int to = room(count);
    for (long done = 0; done < count; ) {
      int piece = (int) Math.min(PIECE_BYTES, count - done);
      ByteBuffer from = source.transientView(start + done, piece);
      bytes.put(to + (int) done, from, 0, piece);
      done += piece;
    }
  }

  /** Appends bytes of one value. */
  void fill(long count, byte value) {
    int to = room(count);
    for (int i = 0; i < count; i++) {
      bytes.put(to + i, value);
    }
  }

  void appendByte(int value) {
    int at = room(Byte.BYTES);
    bytes.put(at, (byte) value);
  }

  void appendShort(int value) {
    int at = room(Short.BYTES);
    bytes.putShort(at, (short) value);
  }

  void appendInt(int value) {
    int at = room(Integer.BYTES);
    bytes.putInt(at, value);
  }

  void appendLong(long value) {
    int at = room(Long.BYTES);
    bytes.putLong(at, value);
  }

  /** Appends the low bytes of a number. */
  void append(long value, int width) {
    switch (width) {
      case Byte.BYTES -> appendByte((int) value);
      case Short.BYTES -> appendShort((int) value);
      case Integer.BYTES -> appendInt((int) value);
      default -> appendLong(value);
    }
  }

  /**
   * Appends bits behind {@code bitSize} of them; bits above {@code count} must be 0.
   *
   * @param count at most 56
   */
  void appendBits(long bitSize, long bits, int count) {
    int at = (int) (bitSize >> 3);
    int shift = (int) (bitSize & 7);
    long needed = (bitSize + count + 7 >> 3) - size;
    if (needed > 0) {
      int added = room(needed);
      for (int i = 0; i < needed; i++) {
        bytes.put(added + i, (byte) 0);
      }
    }
    long before = shift == 0 ? 0 : bytes.get(at) & (1L << shift) - 1;
    long both = before | bits << shift;
    for (int done = 0; done < shift + count; done += Byte.SIZE) {
      bytes.put(at + (done >> 3), (byte) (both >> done));
    }
  }

  ArrowBuffer view() {
    if (size == 0) {
      return ArrowBuffer.EMPTY;
    }
    ByteBuffer part = bytes.duplicate().position(0).limit(size);
    return new ArrowBuffer(new HeapRegion(part), 0, size);
  }

  void reset() {
    size = 0;
  }
}
