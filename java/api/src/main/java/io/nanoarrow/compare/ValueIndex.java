package io.nanoarrow.compare;

import io.nanoarrow.column.Column;
import io.nanoarrow.column.Columns;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.layout.ElementBudget;
import io.nanoarrow.memory.Lease;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds values again: numbers distinct values from 0 on in the order in which they first came, as
 * {@link ArrayComparison} compares them; null is a value like any other. It looks up rows of one
 * array after the other; the distinct values so far are kept by the caller, as an array that has
 * value {@code i} at row {@code i}. For those who write batches, not for users. One thread.
 */
public final class ValueIndex {
  private static final Lease OPEN = new Lease("array");
  private static final int SMALLEST = 16;
  private static final int NONE = -1;
  private static final long ELEMENTS_PER_BYTE = 1 << 10;

  private final String path;
  private final ValueComparer comparer = new ValueComparer(true);
  private final RowHasher hasher = new RowHasher();

  /** Numbers of values, by hash, in a table with open addressing. */
  private int[] slots = new int[SMALLEST];

  private int[] hashes = new int[SMALLEST];
  private int count;

  /** Values that came from arrays before: those below {@link #knownCount}. */
  private @Nullable Column known;

  private int knownCount;

  /** The array looked up now, and where in it values first came. */
  private @Nullable Column rows;

  private long[] firstRows = new long[SMALLEST];
  private @Nullable ElementBudget budget;

  /**
   * An index without values.
   *
   * @param path what an exception names
   */
  public ValueIndex(String path) {
    this.path = path;
    Arrays.fill(slots, NONE);
  }

  /** Returns the number of distinct values so far. */
  public int count() {
    return count;
  }

  /**
   * Begins with an array.
   *
   * @param values the distinct values so far: {@link #count} rows; null when there are none
   * @param array the rows to look up
   */
  public void begin(@Nullable ColumnData values, ColumnData array) {
    if (count > 0 && (values == null || values.length() < count)) {
      throw new IllegalArgumentException("the values so far are missing");
    }
    known = values == null ? null : Columns.of(values, OPEN, path);
    knownCount = count;
    rows = Columns.of(array, OPEN, path);
    budget = new ElementBudget(path, ELEMENTS_PER_BYTE, array);
  }

  /**
   * Returns the number of the value of a row, a new one when it has not come before.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when the value breaks the format
   */
  public int indexOf(long row) {
    Column column = rows;
    ElementBudget elements = budget;
    if (column == null || elements == null) {
      throw new IllegalStateException("no array");
    }
    int hash = spread(hasher.hash(column, row, elements));
    int mask = slots.length - 1;
    int slot = hash & mask;
    for (int found = slots[slot]; found != NONE; found = slots[slot]) {
      if (hashes[found] == hash && isEqual(found, column, row)) {
        return found;
      }
      slot = slot + 1 & mask;
    }
    return add(slot, hash, row);
  }

  private boolean isEqual(int value, Column column, long row) {
    Column before = known;
    return value < knownCount && before != null
        ? comparer.equal(before, value, column, row)
        : comparer.equal(column, firstRows[value - knownCount], column, row);
  }

  private int add(int slot, int hash, long row) {
    int added = count++;
    if (count > hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.multiplyExact(count, 2));
    }
    hashes[added] = hash;
    int fresh = added - knownCount;
    if (fresh >= firstRows.length) {
      firstRows = Arrays.copyOf(firstRows, Math.multiplyExact(fresh, 2));
    }
    firstRows[fresh] = row;
    slots[slot] = added;
    if (count > slots.length / 2) {
      grow();
    }
    return added;
  }

  private void grow() {
    slots = new int[Math.multiplyExact(slots.length, 2)];
    Arrays.fill(slots, NONE);
    int mask = slots.length - 1;
    for (int value = 0; value < count; value++) {
      int slot = hashes[value] & mask;
      while (slots[slot] != NONE) {
        slot = slot + 1 & mask;
      }
      slots[slot] = value;
    }
  }

  /** Returns where in the array of {@link #begin} each new value first came, in their order. */
  public long[] newRows() {
    return Arrays.copyOf(firstRows, count - knownCount);
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ mixed >>> 16;
  }
}
