package io.nanoarrow.bench;

import io.nanoarrow.column.DoubleColumn;
import io.nanoarrow.column.IntColumn;
import io.nanoarrow.column.LongColumn;

/** Sums by the columns' getters, in four strands: one alone waits for each addition to end. */
final class Sums {
  private Sums() {}

  static double of(DoubleColumn column) {
    long rows = column.length();
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    long row = 0;
    if (column.nullCount() == 0) {
      for (; row + 4 <= rows; row += 4) {
        a += column.getDouble(row);
        b += column.getDouble(row + 1);
        c += column.getDouble(row + 2);
        d += column.getDouble(row + 3);
      }
    }
    for (; row < rows; row++) {
      a += column.isNull(row) ? 0 : column.getDouble(row);
    }
    return a + b + c + d;
  }

  static long of(LongColumn column) {
    long rows = column.length();
    long a = 0;
    long b = 0;
    long row = 0;
    if (column.nullCount() == 0) {
      for (; row + 2 <= rows; row += 2) {
        a += column.getLong(row);
        b += column.getLong(row + 1);
      }
    }
    for (; row < rows; row++) {
      a += column.isNull(row) ? 0 : column.getLong(row);
    }
    return a + b;
  }

  static long of(IntColumn column) {
    long rows = column.length();
    long a = 0;
    long b = 0;
    long row = 0;
    if (column.nullCount() == 0) {
      for (; row + 2 <= rows; row += 2) {
        a += column.getInt(row);
        b += column.getInt(row + 1);
      }
    }
    for (; row < rows; row++) {
      a += column.isNull(row) ? 0 : column.getInt(row);
    }
    return a + b;
  }
}
