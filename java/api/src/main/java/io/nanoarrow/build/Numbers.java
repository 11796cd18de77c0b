package io.nanoarrow.build;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;

/** A growing buffer of integers of one width: offsets, sizes, type ids, run ends, indices. */
final class Numbers {
  private final Store store;
  private final int widthBytes;
  private final int widthBits;
  private ByteBuffer bytes;
  private int capacity;
  private int end;

  /**
   * An empty buffer.
   *
   * @param widthBytes 1, 2, 4 or 8
   */
  Numbers(BuilderMemory memory, String path, int widthBytes, long expectedCount) {
    this.widthBytes = widthBytes;
    this.widthBits = Integer.numberOfTrailingZeros(widthBytes);
    store = new Store(memory, path, expectedCount * widthBytes);
    bytes = store.bytes();
  }

  boolean isEmpty() {
    return end == 0;
  }

  int count() {
    return end >> widthBits;
  }

  /** Makes room for one more number, so that {@link #add} cannot fail. */
  void reserveOne() {
    if (end > capacity - widthBytes) {
      grow();
    }
  }

  /** Appends the low bytes of a number. */
  void add(long value) {
    int at = end;
    if (at > capacity - widthBytes) {
      grow();
    }
    end = at + widthBytes;
    put(at, value);
  }

  private void put(int at, long value) {
    switch (widthBytes) {
      case 1 -> bytes.put(at, (byte) value);
      case 2 -> bytes.putShort(at, (short) value);
      case 4 -> bytes.putInt(at, (int) value);
      default -> bytes.putLong(at, value);
    }
  }

  private void grow() {
    bytes = store.grow(end, (long) end + widthBytes);
    capacity = bytes.capacity();
  }

  /** Returns a number, with its sign. */
  long get(int index) {
    int at = index << widthBits;
    return switch (widthBytes) {
      case 1 -> bytes.get(at);
      case 2 -> bytes.getShort(at);
      case 4 -> bytes.getInt(at);
      default -> bytes.getLong(at);
    };
  }

  void set(int index, long value) {
    put(index << widthBits, value);
  }

  void truncate(long count) {
    end = (int) Math.min(end, count << widthBits);
  }

  ArrowBuffer finish(Output out) {
    ArrowBuffer result = store.finish(end, out);
    if (!out.isSharing()) {
      clear();
    }
    return result;
  }

  void clear() {
    end = 0;
    bytes = store.bytes();
    capacity = bytes.capacity();
  }

  void release() {
    store.release();
    clear();
  }
}
