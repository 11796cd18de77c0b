package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Lists with offsets, and maps. */
final class ListAppender extends ArrayAppender {
  private final Offsets offsets;
  private final ArrayAppender elements;

  ListAppender(Field field, int offsetWidth) {
    super(field);
    offsets = new Offsets(this, offsetWidth);
    elements = of(field.children().get(0));
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    ColumnData from = child(source, 0);
    long start = offsets.append(source, first, count, from.length());
    elements.append(from, start, offsets.added());
  }

  @Override
  void noteUnused(ColumnData source) {
    noteUnused(List.of(elements), source);
  }

  @Override
  void padRows(long count) {
    offsets.pad(count);
  }

  @Override
  List<ArrowBuffer> buffers() {
    return List.of(offsets.view());
  }

  @Override
  List<ColumnData> children() {
    return List.of(elements.array());
  }

  @Override
  void resetRows() {
    offsets.reset();
    elements.reset();
  }
}
