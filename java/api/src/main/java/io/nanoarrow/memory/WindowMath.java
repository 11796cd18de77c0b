package io.nanoarrow.memory;

/** Where windows begin and how long they are. */
final class WindowMath {
  static final int STRIDE_BITS = 30;
  static final long STRIDE_MASK = (1L << STRIDE_BITS) - 1;

  private WindowMath() {}

  static int windowCount(long sizeBytes) {
    return (int) Math.max(1, (sizeBytes + STRIDE_MASK) >>> STRIDE_BITS);
  }

  static int windowSize(long start, long sizeBytes) {
    return (int) Math.min(Integer.MAX_VALUE, sizeBytes - start);
  }
}
