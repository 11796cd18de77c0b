package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Text and bytes as views; longer values are copied together into few buffers. */
final class ViewAppender extends ArrayAppender {
  private static final int VIEW_BYTES = 16;
  private static final int INLINE_MAX = 12;
  private static final int PREFIX_AT = 4;
  private static final int BUFFER_AT = 8;
  private static final int START_AT = 12;

  private final GrowingBuffer views = new GrowingBuffer();

  /** All but the last are full. */
  private final List<GrowingBuffer> data = new ArrayList<>();

  ViewAppender(Field field) {
    super(field);
  }

  /** Where the part of one source buffer that rows refer to lies, and where its copy went. */
  private static final class Used {
    long low = Long.MAX_VALUE;
    long high;
    long total;
    int buffer;
    long base = -1;
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    ArrowBuffer from = buffer(source, 0);
    Used[] used = new Used[source.buffers().size() - 1];
    for (long row = first; row < first + count; row++) {
      if (!isNull(source, row)) {
        measure(source, from, row, used);
      }
    }
    for (int i = 0; i < used.length; i++) {
      if (used[i] != null && used[i].high - used[i].low <= used[i].total) {
        copyOnce(source.buffers().get(i + 1), used[i]);
      }
    }
    for (long row = first; row < first + count; row++) {
      if (isNull(source, row)) {
        views.fill(VIEW_BYTES, (byte) 0);
      } else {
        appendView(source, from, row * VIEW_BYTES, used);
      }
    }
  }

  private void measure(ColumnData source, ArrowBuffer from, long row, Used[] used) {
    long at = row * VIEW_BYTES;
    int size = from.getInt(at);
    if (size < 0) {
      throw invalid("a view has the size " + size);
    } else if (size > INLINE_MAX) {
      int index = from.getInt(at + BUFFER_AT);
      long start = from.getInt(at + START_AT);
      if (index < 0 || index >= used.length) {
        throw invalid("a view names data buffer " + index + " of " + used.length);
      }
      checkRange(start, size, source.buffers().get(index + 1).sizeBytes());
      if (used[index] == null) {
        used[index] = new Used();
      }
      used[index].low = Math.min(used[index].low, start);
      used[index].high = Math.max(used[index].high, start + size);
      used[index].total += size;
    }
  }

  private void copyOnce(ArrowBuffer from, Used used) {
    GrowingBuffer to = withRoom(used.high - used.low);
    used.buffer = data.size() - 1;
    used.base = to.size();
    to.append(from, used.low, used.high - used.low);
  }

  private void appendView(ColumnData source, ArrowBuffer from, long at, Used[] used) {
    int size = from.getInt(at);
    if (size <= INLINE_MAX) {
      views.append(from, at, VIEW_BYTES);
      return;
    }
    int index = from.getInt(at + BUFFER_AT);
    long start = from.getInt(at + START_AT);
    int buffer;
    long to;
    if (used[index].base >= 0) {
      buffer = used[index].buffer;
      to = used[index].base + (start - used[index].low);
    } else {
      GrowingBuffer target = withRoom(size);
      buffer = data.size() - 1;
      to = target.size();
      target.append(source.buffers().get(index + 1), start, size);
    }
    views.appendInt(size);
    views.appendInt(from.getInt(at + PREFIX_AT));
    views.appendInt(buffer);
    views.appendInt((int) to);
  }

  private GrowingBuffer withRoom(long size) {
    GrowingBuffer last = data.isEmpty() ? null : data.get(data.size() - 1);
    // Half of what a buffer may have, so that growing by doubling does not overshoot.
    if (last == null || last.size() > 0 && size > (Integer.MAX_VALUE >> 1) - last.size()) {
      last = new GrowingBuffer();
      data.add(last);
    }
    return last;
  }

  @Override
  void padRows(long count) {
    views.fill(count * VIEW_BYTES, (byte) 0);
  }

  @Override
  List<ArrowBuffer> buffers() {
    List<ArrowBuffer> all = new ArrayList<>(Arrays.asList(views.view()));
    data.forEach(each -> all.add(each.view()));
    return all;
  }

  @Override
  void resetRows() {
    views.reset();
    if (!data.isEmpty()) {
      data.subList(1, data.size()).clear();
      data.get(0).reset();
    }
  }
}
