package io.nanoarrow.write;

import io.nanoarrow.compare.ArrayComparison;
import io.nanoarrow.layout.ColumnData;
import java.util.IdentityHashMap;
import java.util.Map;

/** How two dictionaries of one id stand to each other. */
enum DictionaryRelation {
  /** The same values. */
  SAME,
  /** The second begins with all of the first. */
  GREW,
  /** The first begins with all of the second. */
  SHRANK,
  /** Neither begins with the other. */
  DIFFERS;

  /** Finds relations; remembers those it was told of. One thread. */
  static final class Finder {
    /** Arrays declared keep their memory; what is forgotten is compared. */
    private static final int MOST_DECLARED = 1024;

    private final Map<ColumnData, Object> lineages = new IdentityHashMap<>();

    /** Takes note that all arrays of one lineage are beginnings of the longest. */
    void declare(Object lineage, ColumnData values) {
      if (lineages.size() == MOST_DECLARED) {
        lineages.clear();
      }
      lineages.put(values, lineage);
    }

    /** Forgets what was declared. */
    void clear() {
      lineages.clear();
    }

    /** Returns how the second stands to the first; looks at every value in the worst case. */
    DictionaryRelation find(ColumnData first, ColumnData second, String path) {
      long shorter = Math.min(first.length(), second.length());
      Object lineage = first == second ? first : lineages.get(first);
      boolean known = first == second || lineage != null && lineage == lineages.get(second);
      if (!known && ArrayComparison.mismatch(first, second, shorter, path) >= 0) {
        return DIFFERS;
      } else if (first.length() == second.length()) {
        return SAME;
      }
      return first.length() < second.length() ? GREW : SHRANK;
    }
  }
}
