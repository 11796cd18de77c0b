package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Values of one width. */
class FixedAppender extends ArrayAppender {
  private final int width;
  private final GrowingBuffer values = new GrowingBuffer();

  FixedAppender(Field field, int width) {
    super(field);
    this.width = width;
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    if (width > 0) {
      checkRange(first, count, buffer(source, 0).sizeBytes() / width);
      values.append(buffer(source, 0), first * width, count * width);
    }
  }

  @Override
  void padRows(long count) {
    values.fill(count * width, (byte) 0);
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
