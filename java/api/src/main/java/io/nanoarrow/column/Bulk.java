package io.nanoarrow.column;

import io.nanoarrow.memory.ArrowBuffer;

/**
 * Copies of many elements at once, in pieces that fit into a window. {@code first} counts elements
 * and is checked by the caller against the buffer, {@code count} against the target.
 */
final class Bulk {
  /** Elements a piece; of eight bytes each they fill half a window's stride. */
  private static final int PIECE = 1 << 26;

  /** Up to here a loop is faster than making views. */
  private static final int SMALL_BYTES = 64;

  private Bulk() {}

  static void copy(ArrowBuffer from, long first, short[] target, int targetOffset, int count) {
    for (int done = 0; done < count; done += PIECE) {
      int n = Math.min(PIECE, count - done);
      from.transientView((first + done) << 1, n << 1)
          .asShortBuffer()
          .get(target, targetOffset + done, n);
    }
  }

  static void copy(ArrowBuffer from, long first, int[] target, int targetOffset, int count) {
    for (int done = 0; done < count; done += PIECE) {
      int n = Math.min(PIECE, count - done);
      from.transientView((first + done) << 2, n << 2)
          .asIntBuffer()
          .get(target, targetOffset + done, n);
    }
  }

  static void copy(ArrowBuffer from, long first, long[] target, int targetOffset, int count) {
    for (int done = 0; done < count; done += PIECE) {
      int n = Math.min(PIECE, count - done);
      from.transientView((first + done) << 3, n << 3)
          .asLongBuffer()
          .get(target, targetOffset + done, n);
    }
  }

  static void copy(ArrowBuffer from, long first, float[] target, int targetOffset, int count) {
    for (int done = 0; done < count; done += PIECE) {
      int n = Math.min(PIECE, count - done);
      from.transientView((first + done) << 2, n << 2)
          .asFloatBuffer()
          .get(target, targetOffset + done, n);
    }
  }

  static void copy(ArrowBuffer from, long first, double[] target, int targetOffset, int count) {
    for (int done = 0; done < count; done += PIECE) {
      int n = Math.min(PIECE, count - done);
      from.transientView((first + done) << 3, n << 3)
          .asDoubleBuffer()
          .get(target, targetOffset + done, n);
    }
  }

  /** Tells whether two ranges, checked by the caller, hold the same bytes. */
  static boolean same(ArrowBuffer a, long aStart, ArrowBuffer b, long bStart, long size) {
    if (size > SMALL_BYTES) {
      return mismatch(a, aStart, b, bStart, size) < 0;
    }
    long at = 0;
    for (; size - at >= Long.BYTES; at += Long.BYTES) {
      if (a.getLong(aStart + at) != b.getLong(bStart + at)) {
        return false;
      }
    }
    for (; at < size; at++) {
      if (a.getByte(aStart + at) != b.getByte(bStart + at)) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many bytes two ranges, checked by the caller, have in common; -1 for all. */
  static long mismatch(ArrowBuffer a, long aStart, ArrowBuffer b, long bStart, long size) {
    for (long done = 0; done < size; done += PIECE) {
      int n = (int) Math.min(PIECE, size - done);
      int at = a.transientView(aStart + done, n).mismatch(b.transientView(bStart + done, n));
      if (at >= 0) {
        return done + at;
      }
    }
    return -1;
  }
}
