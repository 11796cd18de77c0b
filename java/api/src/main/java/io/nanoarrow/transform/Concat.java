package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import java.util.List;

/** Puts arrays of one type together. */
public final class Concat {
  private Concat() {}

  /**
   * Returns the rows of all arrays, in memory of its own but for the dictionary.
   *
   * @param arrays one or more; one alone is returned as it is
   * @throws io.nanoarrow.error.ArrowFormatException when what an array says is not within it
   * @throws TooManyValuesException when one array cannot hold all
   * @throws IllegalArgumentException when there is none, or dictionaries differ in more than length
   */
  public static ColumnData of(List<ColumnData> arrays) {
    if (arrays.isEmpty()) {
      throw new IllegalArgumentException("no arrays");
    } else if (arrays.size() == 1) {
      return arrays.get(0);
    }
    ArrayAppender all = ArrayAppender.of(arrays.get(0).field());
    for (ColumnData array : arrays) {
      all.append(array, 0, array.length());
    }
    return all.array();
  }
}
