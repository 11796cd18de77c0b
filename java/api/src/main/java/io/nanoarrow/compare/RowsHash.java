package io.nanoarrow.compare;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.BytesColumn;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.DictionaryColumn;
import io.nanoarrow.column.RepeatedColumn;
import io.nanoarrow.column.RunEndEncodedColumn;
import io.nanoarrow.column.StructColumn;
import io.nanoarrow.column.UnionColumn;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.util.List;
import java.util.Objects;

/** A hash of names, types and the first rows, however they are divided into batches. */
final class RowsHash {
  private static final long ROWS = 16;

  private RowsHash() {}

  static int of(Schema schema, List<RecordBatch> batches) {
    int hash = 1;
    for (Field field : schema.fields()) {
      hash = 31 * hash + Objects.hash(field.name(), field.type());
    }
    long seen = 0;
    for (RecordBatch batch : batches) {
      long rows = Math.min(ROWS - seen, batch.rowCount());
      for (long row = 0; row < rows; row++) {
        for (int i = 0; i < batch.columnCount(); i++) {
          hash = 31 * hash + value(batch.column(i), row);
        }
      }
      seen += rows;
    }
    return hash;
  }

  private static int value(Column column, long row) {
    if (column.isNull(row)) {
      return 0;
    } else if (column instanceof DictionaryColumn encoded) {
      return value(encoded.values(), encoded.index(row));
    } else if (column instanceof RunEndEncodedColumn encoded) {
      return value(encoded.values(), encoded.runIndex(row));
    } else if (column instanceof BytesColumn bytes) {
      return bytes.text(row, (int) ROWS).hashCode();
    } else if (column instanceof RepeatedColumn repeated) {
      return Long.hashCode(repeated.size(row));
    } else if (column instanceof StructColumn || column instanceof UnionColumn) {
      return 1;
    }
    return Objects.hashCode(column.getObject(row));
  }
}
