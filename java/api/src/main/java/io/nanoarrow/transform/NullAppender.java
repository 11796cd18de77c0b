package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Rows of the null type. */
final class NullAppender extends ArrayAppender {
  NullAppender(Field field) {
    super(field);
  }

  @Override
  boolean hasOwnNulls() {
    return false;
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {}

  @Override
  void padRows(long count) {}

  @Override
  List<ArrowBuffer> buffers() {
    return List.of();
  }

  @Override
  void resetRows() {}
}
