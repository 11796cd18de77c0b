package io.nanoarrow.crosscheck;

import java.util.Arrays;

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
