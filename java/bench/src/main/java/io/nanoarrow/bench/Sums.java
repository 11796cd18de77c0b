package io.nanoarrow.bench;

import io.nanoarrow.column.DoubleColumn;
import io.nanoarrow.column.IntColumn;
import io.nanoarrow.column.LongColumn;

/** Sums by bulk copies of a few thousand values, which stay in the first cache. */
final class Sums {
  private static final int CHUNK_ROWS = 2048;

  private final double[] doubles = new double[CHUNK_ROWS];
  private final long[] longs = new long[CHUNK_ROWS];
  private final int[] ints = new int[CHUNK_ROWS];

  double of(DoubleColumn column) {
    boolean hasNulls = column.nullCount() > 0;
    double sum = 0;
    for (long first = 0; first < column.length(); first += CHUNK_ROWS) {
      int count = (int) Math.min(CHUNK_ROWS, column.length() - first);
      column.copyTo(first, doubles, 0, count);
      for (int i = 0; hasNulls && i < count; i++) {
        doubles[i] = column.isNull(first + i) ? 0 : doubles[i];
      }
      sum += sum(doubles, count);
    }
    return sum;
  }

  long of(LongColumn column) {
    boolean hasNulls = column.nullCount() > 0;
    long sum = 0;
    for (long first = 0; first < column.length(); first += CHUNK_ROWS) {
      int count = (int) Math.min(CHUNK_ROWS, column.length() - first);
      column.copyTo(first, longs, 0, count);
      for (int i = 0; hasNulls && i < count; i++) {
        longs[i] = column.isNull(first + i) ? 0 : longs[i];
      }
      for (int i = 0; i < count; i++) {
        sum += longs[i];
      }
    }
    return sum;
  }

  long of(IntColumn column) {
    boolean hasNulls = column.nullCount() > 0;
    long sum = 0;
    for (long first = 0; first < column.length(); first += CHUNK_ROWS) {
      int count = (int) Math.min(CHUNK_ROWS, column.length() - first);
      column.copyTo(first, ints, 0, count);
      for (int i = 0; hasNulls && i < count; i++) {
        ints[i] = column.isNull(first + i) ? 0 : ints[i];
      }
      for (int i = 0; i < count; i++) {
        sum += ints[i];
      }
    }
    return sum;
  }

  /** In four strands: one alone waits for each addition to end. */
  private static double sum(double[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 4 <= count; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < count; i++) {
      a += values[i];
    }
    return a + b + c + d;
  }
}
