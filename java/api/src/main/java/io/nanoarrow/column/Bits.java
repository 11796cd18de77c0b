package io.nanoarrow.column;

import io.nanoarrow.memory.ArrowBuffer;

/** Bitmaps, counted from the lowest bit of each byte. */
final class Bits {
  private Bits() {}

  /** Counts the bits set in {@code [first, first + count)}, whole longs at a time. */
  static long countSet(ArrowBuffer bits, long first, long count) {
    long at = first;
    long end = first + count;
    long set = 0;
    for (; at < end && (at & 7) != 0; at++) {
      set += bits.getBit(at) ? 1 : 0;
    }
    for (; end - at >= Long.SIZE; at += Long.SIZE) {
      set += Long.bitCount(bits.getLong(at >> 3));
    }
    for (; at < end; at++) {
      set += bits.getBit(at) ? 1 : 0;
    }
    return set;
  }
}
