package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.UnionMode;
import java.util.Arrays;
import java.util.List;

/** Unions, sparse and dense. */
final class UnionAppender extends ArrayAppender {
  private static final int TYPE_IDS = 128;

  /** So many rows of a child for each that is used are copied along. */
  private static final int SPAN_FACTOR = 2;

  private final boolean isDense;
  private final int firstTypeId;
  private final byte[] childOfTypeId = new byte[TYPE_IDS];
  private final GrowingBuffer typeIds = new GrowingBuffer();
  private final GrowingBuffer offsets = new GrowingBuffer();
  private final List<ArrayAppender> children;

  UnionAppender(Field field, ArrowType.Union type) {
    super(field);
    isDense = type.mode() == UnionMode.DENSE;
    children = field.children().stream().map(ArrayAppender::of).toList();
    firstTypeId = type.typeIds().isEmpty() ? 0 : type.typeIds().get(0);
    Arrays.fill(childOfTypeId, (byte) -1);
    for (int i = 0; i < type.typeIds().size(); i++) {
      int id = type.typeIds().get(i);
      if (id < 0 || id >= TYPE_IDS || i >= children.size()) {
        throw invalid("type id " + id + " is out of range or has no child");
      }
      childOfTypeId[id] = (byte) i;
    }
  }

  @Override
  boolean hasOwnNulls() {
    return false;
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    typeIds.append(buffer(source, 0), first, count);
    if (isDense) {
      appendDense(source, first, count);
      return;
    }
    for (int i = 0; i < children.size(); i++) {
      ColumnData from = child(source, i);
      checkRange(first, count, from.length());
      children.get(i).append(from, first, count);
    }
  }

  private int childOf(ColumnData source, long row) {
    int id = buffer(source, 0).getByte(row);
    if (id < 0 || childOfTypeId[id] < 0) {
      throw invalid("type id " + id + " is none of the union's");
    }
    return childOfTypeId[id];
  }

  private void appendDense(ColumnData source, long first, long count) {
    ArrowBuffer from = buffer(source, 1);
    long[] low = new long[children.size()];
    long[] high = new long[children.size()];
    long[] used = new long[children.size()];
    Arrays.fill(low, Long.MAX_VALUE);
    for (long row = first; row < first + count; row++) {
      int child = childOf(source, row);
      long at = from.getInt(row << 2);
      checkRange(at, 1, child(source, child).length());
      low[child] = Math.min(low[child], at);
      high[child] = Math.max(high[child], at + 1);
      used[child]++;
    }
    noteUnused(children, source);
    long[] base = new long[children.size()];
    for (int i = 0; i < base.length; i++) {
      boolean once = used[i] > 0 && high[i] - low[i] <= SPAN_FACTOR * used[i];
      base[i] = once ? children.get(i).length() - low[i] : Long.MIN_VALUE;
      if (once) {
        children.get(i).append(child(source, i), low[i], high[i] - low[i]);
      }
    }
    for (long row = first; row < first + count; row++) {
      int child = childOf(source, row);
      long at = from.getInt(row << 2);
      long to = base[child] == Long.MIN_VALUE ? children.get(child).length() : base[child] + at;
      if (base[child] == Long.MIN_VALUE) {
        children.get(child).append(child(source, child), at, 1);
      }
      appendOffset(to);
    }
  }

  private void appendOffset(long offset) {
    if (offset > Integer.MAX_VALUE) {
      throw tooMany("more values than 32-bit offsets reach");
    }
    offsets.appendInt((int) offset);
  }

  @Override
  void noteUnused(ColumnData source) {
    noteUnused(children, source);
  }

  @Override
  void padRows(long count) {
    typeIds.fill(count, (byte) firstTypeId);
    if (isDense) {
      for (long i = 0; i < count; i++) {
        appendOffset(children.get(0).length() + i);
      }
      children.get(0).appendNulls(count);
    } else {
      children.forEach(child -> child.appendNulls(count));
    }
  }

  @Override
  List<ArrowBuffer> buffers() {
    return isDense ? List.of(typeIds.view(), offsets.view()) : List.of(typeIds.view());
  }

  @Override
  List<ColumnData> children() {
    return children.stream().map(ArrayAppender::array).toList();
  }

  @Override
  void resetRows() {
    typeIds.reset();
    offsets.reset();
    children.forEach(ArrayAppender::reset);
  }
}
