package io.nanoarrow.memory;

/**
 * Where windows begin and how long they are. The distance between two starts is a power of two; a
 * window reaches to the end of the next one or, of the largest stride, as far as an index can.
 */
final class WindowMath {
  static final int STRIDE_BITS = 30;

  private WindowMath() {}

  static int windowCount(long sizeBytes, int strideBits) {
    return (int) Math.max(1, (sizeBytes + (1L << strideBits) - 1) >>> strideBits);
  }

  static int windowSize(long start, long sizeBytes, int strideBits) {
    return (int) Math.min(longest(strideBits), sizeBytes - start);
  }

  /** Returns the most bytes that a window has. */
  static int longest(int strideBits) {
    return (int) ((2L << strideBits) - 1);
  }
}
