package io.nanoarrow.pure.source;

import java.util.Arrays;

/**
 * The parts of a body that are wanted: ascending, apart from each other. Parts that lie close
 * together are one, with what is between them. Immutable.
 */
public final class Ranges {
  /** No part at all. */
  public static final Ranges NONE = new Ranges(new long[0], 0);

  /** What is read along rather than skipped: a page, which the system reads as a whole anyway. */
  static final long SMALLEST_GAP_BYTES = 4096;

  /** Start and end of each part. */
  private final long[] bounds;

  private final int count;

  /** The bytes of the parts before each part, and of all. */
  private final long[] packedStarts;

  private Ranges(long[] bounds, int count) {
    this.bounds = bounds;
    this.count = count;
    this.packedStarts = new long[count + 1];
    for (int i = 0; i < count; i++) {
      packedStarts[i + 1] = packedStarts[i] + sizeBytes(i);
    }
  }

  /**
   * Returns the ranges that cover some buffers.
   *
   * @param buffers offset and size of each, not negative and without overflow; in any order
   * @param holeBytes ranges nearer to each other than this become one
   */
  public static Ranges covering(long[] buffers, long holeBytes) {
    long[][] wanted = new long[buffers.length / 2][];
    int found = 0;
    for (int i = 0; i < buffers.length; i += 2) {
      if (buffers[i + 1] > 0) {
        wanted[found++] = new long[] {buffers[i], buffers[i] + buffers[i + 1]};
      }
    }
    Arrays.sort(wanted, 0, found, (a, b) -> Long.compare(a[0], b[0]));
    long[] bounds = new long[2 * found];
    int count = 0;
    for (int i = 0; i < found; i++) {
      long[] next = wanted[i];
      if (count > 0 && next[0] - bounds[2 * count - 1] <= holeBytes) {
        bounds[2 * count - 1] = Math.max(bounds[2 * count - 1], next[1]);
      } else {
        bounds[2 * count] = next[0];
        bounds[2 * count + 1] = next[1];
        count++;
      }
    }
    return new Ranges(bounds, count);
  }

  /** Returns the number of parts. */
  int count() {
    return count;
  }

  /** Returns where a part begins in the body. */
  long start(int index) {
    return bounds[2 * index];
  }

  /** Returns the bytes of a part, more than 0. */
  long sizeBytes(int index) {
    return bounds[2 * index + 1] - bounds[2 * index];
  }

  /** Returns the bytes of all parts. */
  long totalBytes() {
    return packedStarts[count];
  }

  /** Returns where a byte of one of the parts stands when all parts lie one after the other. */
  long packed(long offset) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (offset < bounds[2 * middle + 1]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return packedStarts[low] + offset - bounds[2 * low];
  }
}
