package io.nanoarrow.pure.dictionary;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Joins the parts of a dictionary that came as deltas. */
final class Concatenation {
  private Concatenation() {}

  /** Returns one array with the rows of all parts. */
  static ColumnData of(Field field, List<ColumnData> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    throw Faults.unsupported("a dictionary of several parts", -1, field.name());
  }
}
