package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.layout.ElementBudget;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * A run-end encoded column: run {@code i} repeats value {@code i} of {@link #values} up to its end.
 * A row is null when the value of its run is.
 */
public final class RunEndEncodedColumn extends Column {
  private final IntegerColumn runEnds;
  private final long runCount;
  private @Nullable Column values;

  RunEndEncodedColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    ColumnData ends = childData(0);
    if (!(ends.field().type() instanceof ArrowType.Int type)
        || !type.signed()
        || type.bitWidth() == Byte.SIZE
        || ends.field().dictionary() != null) {
      throw invalid("run ends are not int16, int32 or int64");
    }
    runEnds = Columns.integer(ends, lease, path + "." + ends.field().name(), type);
    runCount = ends.length();
    if (childData(1).length() < runCount) {
      throw invalid(runCount + " runs have " + childData(1).length() + " values");
    }
    if (length > 0 && (runCount == 0 || runEnds.getLong(runCount - 1) < offset + length)) {
      throw invalid("the runs end before the rows do");
    }
  }

  /** Returns the number of runs, those before and after this column's rows among them. */
  public long runCount() {
    return runCount;
  }

  /** Returns the value of each run. */
  public Column values() {
    Column made = values;
    if (made == null) {
      made = makeChild(1);
      values = made;
    }
    return made;
  }

  /** Returns the run that a row lies in: a row of {@link #values}; takes log of the runs. */
  public long runIndex(long row) {
    checkRow(row);
    long logical = offset + row;
    long low = 0;
    long high = runCount;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (runEnds.getLong(middle) > logical) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    if (low == runCount) {
      throw invalid("no run holds row " + row);
    }
    return low;
  }

  /**
   * Returns the first row of this column after a run, at most {@link #length}; a walk over runs
   * goes from row 0 to {@code runEnd(runIndex(row))} and on.
   *
   * @param run 0 to {@link #runCount} - 1
   */
  public long runEnd(long run) {
    long end = runEnds.getLong(run);
    if (end <= offset) {
      return 0;
    }
    return Math.min(length, end - offset);
  }

  @Override
  public boolean isNull(long row) {
    return values().isNull(runIndex(row));
  }

  @Override
  long countNulls() {
    return values().nullCount() == 0 ? 0 : countNullRows();
  }

  @Override
  public @Nullable Object getObject(long row) {
    return getObject(row, budget());
  }

  @Override
  @Nullable Object getObject(long row, ElementBudget budget) {
    return values().getObject(runIndex(row), budget);
  }

  @Override
  void appendText(TextOut out, long row, boolean quoted) {
    values().appendText(out, runIndex(row), quoted);
  }
}
