package io.nanoarrow.crosscheck;

import io.nanoarrow.memory.ArrowBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Collects the differences of one source: the first one, or all up to a limit. One thread. */
class DifferenceSink {
  /** Says that enough is known and the comparison may stop. */
  static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Enough() {
      super(null, null, false, false);
    }
  }

  /** Differences kept of one source, so that a source that differs everywhere fits into memory. */
  static final int KEPT = 1000;

  private final boolean all;
  private final List<Difference> kept = new ArrayList<>();
  private long count;

  DifferenceSink(boolean all) {
    this.all = all;
  }

  /**
   * Takes a difference.
   *
   * @throws Enough unless all are wanted
   */
  void add(Difference difference) {
    count++;
    if (kept.size() < KEPT) {
      kept.add(difference);
    }
    if (!all) {
      throw new Enough();
    }
  }

  /** Returns a sink that gives this one only what passes the test. */
  DifferenceSink filtered(Predicate<Difference> counts) {
    DifferenceSink target = this;
    return new DifferenceSink(all) {
      @Override
      void add(Difference difference) {
        if (counts.test(difference)) {
          target.add(difference);
        }
      }
    };
  }

  List<Difference> kept() {
    return kept;
  }

  long count() {
    return count;
  }

  /**
   * The view of a comparison of two participants: adds their names.
   *
   * @param sourceBytes the size of the source, by which memory that holds it as it is is known
   */
  record Pair(DifferenceSink sink, long batch, long sourceBytes, String first, String second) {
    void add(String column, String part, long row, long byteOffset, Object a, Object b) {
      add(column, part, row, byteOffset, Difference.NOWHERE, a, b);
    }

    void add(String column, String part, Object a, Object b) {
      add(column, part, Difference.NOWHERE, Difference.NOWHERE, a, b);
    }

    /** Adds a difference of a byte that the first has at {@code at} of a buffer. */
    void add(
        String column,
        String part,
        long row,
        long byteOffset,
        ArrowBuffer buffer,
        long at,
        Object a,
        Object b) {
      boolean isSource =
          buffer.region().sizeBytes() == sourceBytes && buffer.sizeBytes() < sourceBytes;
      long file = isSource ? buffer.regionOffset() + at : Difference.NOWHERE;
      add(column, part, row, byteOffset, file, a, b);
    }

    private void add(
        String column, String part, long row, long byteOffset, long file, Object a, Object b) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put(first, String.valueOf(a));
      values.put(second, String.valueOf(b));
      sink.add(new Difference(batch, column, part, row, byteOffset, file, values));
    }
  }
}
