package io.nanoarrow.pure.validate;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.UnionMode;
import java.util.Arrays;

/** What arrays point to: offsets, views, type ids, run ends, indices. */
final class Structure {
  private static final int VIEW_BYTES = 16;
  private static final int INLINE_BYTES = 12;

  private Structure() {}

  static long number(ArrowBuffer numbers, int width, long index) {
    return switch (width) {
      case 1 -> numbers.getByte(index);
      case 2 -> numbers.getShort(2 * index);
      case 4 -> numbers.getInt(4 * index);
      default -> numbers.getLong(8 * index);
    };
  }

  /** Offsets from 0 or more, never falling, up to {@code end}. */
  static void offsets(ColumnData array, int width, long end, Place place) {
    if (array.length() == 0) {
      return;
    }
    ArrowBuffer offsets = array.buffers().get(0);
    long before = number(offsets, width, array.offset());
    if (before < 0) {
      throw place.fault("a negative offset", 0);
    }
    for (long row = 0; row < array.length(); row++) {
      long next = number(offsets, width, array.offset() + row + 1);
      if (next < before || next > end) {
        throw place.fault(next < before ? "offsets that fall" : "an offset beyond the values", row);
      }
      before = next;
    }
  }

  static void listViews(ColumnData array, int width, Place place) {
    long end = array.children().get(0).length();
    for (long row = 0; row < array.length(); row++) {
      long offset = number(array.buffers().get(0), width, array.offset() + row);
      long size = number(array.buffers().get(1), width, array.offset() + row);
      if (offset < 0 || size < 0 || offset > end || size > end - offset) {
        throw place.fault("a list outside the values", row);
      }
    }
  }

  static void views(ColumnData array, Place place) {
    ArrowBuffer views = array.buffers().get(0);
    for (long row = 0; row < array.length(); row++) {
      if (Values.isValid(array, row)) {
        view(array, views, VIEW_BYTES * (array.offset() + row), row, place);
      }
    }
  }

  private static void view(ColumnData array, ArrowBuffer views, long at, long row, Place place) {
    int size = views.getInt(at);
    if (size < 0) {
      throw place.fault("a view of negative size", row);
    }
    if (size <= INLINE_BYTES) {
      for (int i = size; i < INLINE_BYTES; i++) {
        if (views.getByte(at + 4 + i) != 0) {
          throw place.fault("a view that is not padded with zeros", row);
        }
      }
      return;
    }
    int index = views.getInt(at + 8);
    if (index < 0 || index >= array.buffers().size() - 1) {
      throw place.fault("a view into a buffer that is not there", row);
    }
    ArrowBuffer data = array.buffers().get(1 + index);
    int offset = views.getInt(at + 12);
    if (offset < 0 || size > data.sizeBytes() - offset) {
      throw place.fault("a view beyond its buffer", row);
    }
    if (data.getInt(offset) != views.getInt(at + 4)) {
      throw place.fault("a view whose prefix is not that of its data", row);
    }
  }

  static void union(ColumnData array, ArrowType.Union type, Place place) {
    long[] lengths = new long[256];
    Arrays.fill(lengths, -1);
    for (int i = 0; i < type.typeIds().size(); i++) {
      lengths[type.typeIds().get(i) & 0xFF] = array.children().get(i).length();
    }
    ArrowBuffer ids = array.buffers().get(0);
    boolean isDense = type.mode() == UnionMode.DENSE;
    for (long row = 0; row < array.length(); row++) {
      if (!Values.isValid(array, row)) {
        continue;
      }
      long at = array.offset() + row;
      long length = lengths[ids.getByte(at) & 0xFF];
      if (length < 0) {
        throw place.fault("a type id that the union does not have", row);
      }
      if (isDense) {
        int offset = array.buffers().get(1).getInt(4 * at);
        if (offset < 0 || offset >= length) {
          throw place.fault("an offset beyond the child of its type", row);
        }
      }
    }
  }

  static void runEnds(ColumnData array, Place place) {
    ColumnData ends = array.children().get(0);
    ColumnData values = array.children().get(1);
    Place below = place.child(ends.field().name());
    if (!(ends.field().type() instanceof ArrowType.Int type)) {
      throw below.fault("run ends of another type");
    }
    if (Values.countNulls(ends) > 0) {
      throw below.fault("run ends that are null");
    }
    if (values.length() < ends.length()) {
      throw place.child(values.field().name()).fault("fewer values than run ends");
    }
    long covered = array.length() == 0 ? 0 : array.offset() + array.length();
    long before = 0;
    for (long row = 0; row < ends.length(); row++) {
      long end = number(ends.buffers().get(0), type.bitWidth() / 8, ends.offset() + row);
      if (end <= before) {
        throw below.fault("a run end that does not rise", row);
      }
      before = end;
    }
    if (before < covered) {
      throw below.fault("run ends before the last row");
    }
  }

  static void indices(ColumnData array, ArrowType.Int type, long dictionaryLength, Place place) {
    int width = type.bitWidth() / 8;
    long mask = type.signed() || width == 8 ? -1 : (1L << type.bitWidth()) - 1;
    ArrowBuffer indices = array.buffers().get(0);
    if (indices.sizeBytes() / width < array.offset() + array.length() && array.length() > 0) {
      throw place.fault("a buffer that is too small for its rows");
    }
    for (long row = 0; row < array.length(); row++) {
      long index = number(indices, width, array.offset() + row) & mask;
      if ((index < 0 || index >= dictionaryLength) && Values.isValid(array, row)) {
        throw place.fault("an index beyond the dictionary", row);
      }
    }
  }
}
