package io.nanoarrow.build;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;

/** A growing buffer of integers of one width: offsets, sizes, type ids, run ends, indices. */
final class Numbers {
  private final Store store;
  private final int widthBytes;
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
    store = new Store(memory, path, expectedCount * widthBytes);
    bytes = store.bytes();
  }

  int count() {
    return end / widthBytes;
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
    int at = index * widthBytes;
    return switch (widthBytes) {
      case 1 -> bytes.get(at);
      case 2 -> bytes.getShort(at);
      case 4 -> bytes.getInt(at);
      default -> bytes.getLong(at);
    };
  }

  void set(int index, long value) {
    put(index * widthBytes, value);
  }

  void truncate(long count) {
    end = (int) Math.min(end, count * widthBytes);
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
