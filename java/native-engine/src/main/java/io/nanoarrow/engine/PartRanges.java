package io.nanoarrow.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Room of one thread for the parts of a body that are wanted ({@code struct naj_range}). Valid
 * until the next call of the same thread.
 */
final class PartRanges {
  /** More parts than these are joined to fewer. */
  static final int CAPACITY = 1024;

  private static final int RANGE_BYTES = 16;
  private static final ThreadLocal<PartRanges> LOCAL = ThreadLocal.withInitial(PartRanges::new);

  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(CAPACITY * RANGE_BYTES).order(ByteOrder.nativeOrder());

  /** Address of the ranges. */
  final long address = AddressPointer.addressOf(bytes);

  private PartRanges() {}

  /** Returns the room of the calling thread. */
  static PartRanges get() {
    return LOCAL.get();
  }

  /** Returns where in the body a part begins. */
  long start(int index) {
    return bytes.getLong(RANGE_BYTES * index);
  }

  /** Returns how long a part is. */
  long sizeBytes(int index) {
    return bytes.getLong(RANGE_BYTES * index + 8);
  }

  /** Returns how long the first {@code count} parts are together. */
  long totalBytes(int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += sizeBytes(i);
    }
    return total;
  }
}
