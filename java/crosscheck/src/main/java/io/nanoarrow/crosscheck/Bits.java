package io.nanoarrow.crosscheck;

import io.nanoarrow.memory.ArrowBuffer;
import org.jspecify.annotations.Nullable;

/** Bitmaps, up to 64 bits at a time. */
final class Bits {
  private Bits() {}

  /**
   * Returns {@code count} bits from bit {@code start} on, the first one lowest.
   *
   * @param bitmap null for a bitmap that is all ones
   * @param count 1 to 64
   */
  static long get(@Nullable ArrowBuffer bitmap, long start, int count) {
    long mask = count == 64 ? -1L : (1L << count) - 1;
    if (bitmap == null) {
      return mask;
    }
    long at = start >> 3;
    int shift = (int) (start & 7);
    long bits;
    if (at + 8 <= bitmap.sizeBytes()) {
      bits = bitmap.getLong(at) >>> shift;
      if (shift > 0 && shift + count > 64) {
        bits |= (long) bitmap.getByte(at + 8) << (64 - shift);
      }
    } else {
      // The end of the bitmap: fewer than eight bytes hold the bits, else the first case applies.
      bits = 0;
      int bytes = (shift + count + 7) >> 3;
      for (int i = 0; i < bytes; i++) {
        bits |= (bitmap.getByte(at + i) & 0xffL) << (8 * i);
      }
      bits >>>= shift;
    }
    return bits & mask;
  }

  /** Counts the bits that are set in {@code [start, start + count)}. */
  static long count(@Nullable ArrowBuffer bitmap, long start, long count) {
    if (bitmap == null) {
      return count;
    }
    long set = 0;
    for (long done = 0; done < count; done += 64) {
      set += Long.bitCount(get(bitmap, start + done, (int) Math.min(64, count - done)));
    }
    return set;
  }
}
