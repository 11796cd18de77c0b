package io.nanoarrow.compare;

import io.nanoarrow.column.Columns;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares arrays of equal types by their values: encodings are looked through, any NaN equals any
 * other, 0.0 is not -0.0. For those who write batches, not for users.
 */
public final class ArrayComparison {
  private static final Lease OPEN = new Lease("array");

  private ArrayComparison() {}

  /**
   * Returns how many of the first {@code count} rows are equal before one is not; -1 when all are.
   *
   * @param left an array with so many rows
   * @param right another
   * @param path what an exception names
   * @throws io.nanoarrow.error.ArrowFormatException when values break the format
   */
  public static long mismatch(ColumnData left, ColumnData right, long count, String path) {
    if (areSame(left, right)) {
      return -1;
    }
    return new ValueComparer(true)
        .mismatch(Columns.of(left, OPEN, path), 0, Columns.of(right, OPEN, path), 0, count);
  }

  /** Tells whether two arrays are the same rows of the same memory. */
  public static boolean areSame(ColumnData left, ColumnData right) {
    return left == right
        || left.length() == right.length()
            && left.offset() == right.offset()
            && areSame(left.validity(), right.validity())
            && areSameBuffers(left.buffers(), right.buffers())
            && areSameArrays(left.children(), right.children())
            && areSameOrNone(left.dictionary(), right.dictionary());
  }

  private static boolean areSame(@Nullable ArrowBuffer left, @Nullable ArrowBuffer right) {
    return left == right
        || left != null
            && right != null
            && left.region() == right.region()
            && left.regionOffset() == right.regionOffset()
            && left.sizeBytes() == right.sizeBytes();
  }

  private static boolean areSameBuffers(List<ArrowBuffer> left, List<ArrowBuffer> right) {
    boolean same = left.size() == right.size();
    for (int i = 0; same && i < left.size(); i++) {
      same = areSame(left.get(i), right.get(i));
    }
    return same;
  }

  private static boolean areSameArrays(List<ColumnData> left, List<ColumnData> right) {
    boolean same = left.size() == right.size();
    for (int i = 0; same && i < left.size(); i++) {
      same = areSame(left.get(i), right.get(i));
    }
    return same;
  }

  private static boolean areSameOrNone(@Nullable ColumnData left, @Nullable ColumnData right) {
    return left == right || left != null && right != null && areSame(left, right);
  }
}
