package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Values of one bit. */
final class BooleanAppender extends ArrayAppender {
  private final BitAppender values = new BitAppender();

  BooleanAppender(Field field) {
    super(field);
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    values.append(buffer(source, 0), first, count);
  }

  @Override
  void padRows(long count) {
    values.fill(false, count);
  }

  @Override
  List<ArrowBuffer> buffers() {
    return List.of(values.view());
  }

  @Override
  void resetRows() {
    values.reset();
  }
}
