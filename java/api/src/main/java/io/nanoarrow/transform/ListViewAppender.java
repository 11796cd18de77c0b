package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Lists as views: ranges in any order, which may overlap. */
final class ListViewAppender extends ArrayAppender {
  private final int width;
  private final GrowingBuffer offsets = new GrowingBuffer();
  private final GrowingBuffer sizes = new GrowingBuffer();
  private final ArrayAppender elements;

  ListViewAppender(Field field, int width) {
    super(field);
    this.width = width;
    elements = of(field.children().get(0));
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    ColumnData from = child(source, 0);
    long low = from.length();
    long high = 0;
    long total = 0;
    for (long row = first; row < first + count; row++) {
      long size = size(source, row);
      if (size > 0) {
        long start = start(source, row);
        checkRange(start, size, from.length());
        low = Math.min(low, start);
        high = Math.max(high, start + size);
        total = total + size < 0 ? Long.MAX_VALUE : total + size;
      } else if (size < 0) {
        throw invalid("a list has the size " + size);
      }
    }
    boolean once = high - low <= total;
    long base = elements.length();
    if (once && high > low) {
      elements.append(from, low, high - low);
    } else {
      elements.noteUnused(from);
    }
    for (long row = first; row < first + count; row++) {
      long size = size(source, row);
      long to = size == 0 ? 0 : once ? base + (start(source, row) - low) : elements.length();
      if (!once && size > 0) {
        elements.append(from, start(source, row), size);
      }
      appendView(to, size);
    }
  }

  private long size(ColumnData source, long row) {
    return isNull(source, row) ? 0 : Offsets.read(buffer(source, 1), row, width);
  }

  private long start(ColumnData source, long row) {
    return Offsets.read(buffer(source, 0), row, width);
  }

  private void appendView(long start, long size) {
    if (width == Integer.BYTES && start > Integer.MAX_VALUE - size) {
      throw tooMany("more elements than 32-bit offsets reach");
    }
    offsets.append(start, width);
    sizes.append(size, width);
  }

  @Override
  void noteUnused(ColumnData source) {
    noteUnused(List.of(elements), source);
  }

  @Override
  void padRows(long count) {
    for (long i = 0; i < count; i++) {
      appendView(0, 0);
    }
  }

  @Override
  List<ArrowBuffer> buffers() {
    return List.of(offsets.view(), sizes.view());
  }

  @Override
  List<ColumnData> children() {
    return List.of(elements.array());
  }

  @Override
  void resetRows() {
    offsets.reset();
    sizes.reset();
    elements.reset();
  }
}
