package io.nanoarrow.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of one file; one thread. */
interface RowFormat {
  /** Begins with the columns. */
  void begin(List<Selection.Pick> columns);

  /** Writes a row; null stands for a null value. */
  void row(@Nullable Object[] values);

  /** Ends the file. */
  void end();
}
