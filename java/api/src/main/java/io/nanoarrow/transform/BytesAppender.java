package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Text and bytes with offsets. */
final class BytesAppender extends ArrayAppender {
  private final Offsets offsets;
  private final GrowingBuffer data = new GrowingBuffer();

  BytesAppender(Field field, int offsetWidth) {
    super(field);
    offsets = new Offsets(this, offsetWidth);
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    ArrowBuffer from = buffer(source, 1);
    long start = offsets.append(source, first, count, from.sizeBytes());
    data.append(from, start, offsets.added());
  }

  @Override
  void padRows(long count) {
    offsets.pad(count);
  }

  @Override
  List<ArrowBuffer> buffers() {
    return List.of(offsets.view(), data.view());
  }

  @Override
  void resetRows() {
    offsets.reset();
    data.reset();
  }
}
