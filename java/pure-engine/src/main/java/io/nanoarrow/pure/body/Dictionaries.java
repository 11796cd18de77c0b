package io.nanoarrow.pure.body;

import io.nanoarrow.layout.ColumnData;

/** The values that indices refer to. */
public interface Dictionaries {
  /** Returns the values of a dictionary that the schema names. */
  ColumnData values(long id);
}
