package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Structs, and lists of one size: so many rows of each child for every row. */
final class StructAppender extends ArrayAppender {
  private final long factor;
  private final List<ArrayAppender> children;

  StructAppender(Field field, long factor) {
    super(field);
    this.factor = factor;
    children = field.children().stream().map(ArrayAppender::of).toList();
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    for (int i = 0; i < children.size(); i++) {
      ColumnData from = child(source, i);
      if (factor > 0) {
        checkRange(first, count, from.length() / factor);
      }
      children.get(i).append(from, first * factor, count * factor);
    }
  }

  @Override
  void noteUnused(ColumnData source) {
    noteUnused(children, source);
  }

  @Override
  void padRows(long count) {
    children.forEach(child -> child.appendNulls(count * factor));
  }

  @Override
  List<ArrowBuffer> buffers() {
    return List.of();
  }

  @Override
  List<ColumnData> children() {
    return children.stream().map(ArrayAppender::array).toList();
  }

  @Override
  void resetRows() {
    children.forEach(ArrayAppender::reset);
  }
}
