package io.nanoarrow.crosscheck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Rows (or bytes) of two arrays to be compared with each other: pairs of ranges of equal size,
 * neighbours joined. One thread.
 */
final class Stretches {
  /** What to do with the pair {@code [a, a + count)} and {@code [b, b + count)}. */
  interface Action {
    void accept(long a, long b, long count);
  }

  private long[] triples = new long[12];
  private int used;

  static Stretches of(long a, long b, long count) {
    Stretches stretches = new Stretches();
    stretches.add(a, b, count);
    return stretches;
  }

  void add(long a, long b, long count) {
    if (count == 0) {
      return;
    }
    if (used > 0
        && triples[used - 3] + triples[used - 1] == a
        && triples[used - 2] + triples[used - 1] == b) {
      triples[used - 1] += count;
      return;
    }
    if (used == triples.length) {
      triples = Arrays.copyOf(triples, 2 * used);
    }
    triples[used] = a;
    triples[used + 1] = b;
    triples[used + 2] = count;
    used += 3;
  }

  /**
   * Returns the same pairs of rows, each once: views may share elements at every level, so that
   * what has to be compared would otherwise double with each. In order, unless some were shared.
   */
  Stretches distinct() {
    boolean isDistinct = true;
    for (int i = 3; i < used && isDistinct; i += 3) {
      isDistinct = triples[i] >= triples[i - 3] + triples[i - 1];
    }
    if (isDistinct) {
      return this;
    }
    List<long[]> sorted = new ArrayList<>(used / 3);
    forEach((a, b, count) -> sorted.add(new long[] {a, b, count}));
    sorted.sort(Comparator.<long[]>comparingLong(t -> t[1] - t[0]).thenComparingLong(t -> t[0]));
    Stretches distinct = new Stretches();
    long distance = 0;
    long end = -1;
    for (long[] triple : sorted) {
      if (end < 0 || triple[1] - triple[0] != distance) {
        distance = triple[1] - triple[0];
        end = 0;
      }
      long from = Math.max(triple[0], end);
      end = Math.max(end, triple[0] + triple[2]);
      if (from < end) {
        distinct.add(from, from + distance, end - from);
      }
    }
    return distinct;
  }

  void forEach(Action action) {
    for (int i = 0; i < used; i += 3) {
      action.accept(triples[i], triples[i + 1], triples[i + 2]);
    }
  }

  /** Like {@link #forEach}, one row at a time. */
  void forEachRow(RowAction action) {
    for (int i = 0; i < used; i += 3) {
      for (long k = 0; k < triples[i + 2]; k++) {
        action.accept(triples[i] + k, triples[i + 1] + k);
      }
    }
  }

  /** What to do with a pair of rows. */
  interface RowAction {
    void accept(long a, long b);
  }

  boolean isEmpty() {
    return used == 0;
  }
}
