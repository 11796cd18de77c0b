package io.nanoarrow.pure.dictionary;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.body.Layout;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins the parts of a dictionary that came as deltas into one array in the Java heap. What offsets
 * point to is checked as far as the joining needs it. Indices inside the parts refer to one
 * dictionary, so they are joined as they are.
 */
final class Concatenation {
  private final Field field;
  private final List<ColumnData> parts;
  private final long length;

  private Concatenation(Field field, List<ColumnData> parts) {
    this.field = field;
    this.parts = parts;
    this.length = Joins.length(parts);
  }

  /**
   * Returns one array with the rows of all parts.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when offsets are wrong or the result too large
   */
  static ColumnData of(Field field, List<ColumnData> parts) {
    return parts.size() == 1 ? parts.get(0) : new Concatenation(field, parts).join();
  }

  private ColumnData join() {
    ArrowType stored = field.dictionary() == null ? field.type() : field.dictionary().indexType();
    return switch (Layout.of(stored)) {
      case NULL -> made(List.of(), List.of());
      case BITS -> made(List.of(Joins.bits(parts, length)), List.of());
      case FIXED -> made(List.of(Joins.fixed(parts, 0, length, Layout.width(stored))), List.of());
      case BINARY -> binary(4);
      case LARGE_BINARY -> binary(8);
      case VIEW -> new ViewJoin(parts, length).join(this::made);
      case LIST -> list(4);
      case LARGE_LIST -> list(8);
      case LIST_VIEW -> listView(4);
      case LARGE_LIST_VIEW -> listView(8);
      case VALIDITY -> {
        long rows = stored instanceof ArrowType.FixedSizeList list ? list.listSize() : 1;
        yield made(List.of(), children(rows));
      }
      case SPARSE_UNION -> made(List.of(Joins.fixed(parts, 0, length, 1)), children(1));
      case DENSE_UNION -> denseUnion((ArrowType.Union) stored);
      case RUN_ENDS -> new RunJoin(parts).join(this::made);
    };
  }

  private ColumnData made(List<ArrowBuffer> buffers, List<ColumnData> children) {
    ArrowBuffer validity = Joins.validity(parts, length);
    long nulls = 0;
    for (ColumnData part : parts) {
      nulls = nulls < 0 || part.nullCount() < 0 ? -1 : nulls + part.nullCount();
    }
    return new ColumnData(
        field, length, 0, nulls, validity, buffers, children, parts.get(0).dictionary());
  }

  private ColumnData binary(int width) {
    List<long[]> spans = new ArrayList<>();
    for (ColumnData part : parts) {
      spans.add(Joins.span(part, width, part.buffers().get(1).sizeBytes()));
    }
    ArrowBuffer offsets = Joins.offsets(parts, spans, length, width);
    return made(List.of(offsets, Joins.data(parts, spans)), List.of());
  }

  private ColumnData list(int width) {
    List<long[]> spans = new ArrayList<>();
    List<ColumnData> values = new ArrayList<>();
    for (ColumnData part : parts) {
      ColumnData child = part.children().get(0);
      long[] span = Joins.span(part, width, child.length());
      spans.add(span);
      values.add(child.slice(span[0], span[1] - span[0]));
    }
    ArrowBuffer offsets = Joins.offsets(parts, spans, length, width);
    return made(List.of(offsets), List.of(of(field.children().get(0), values)));
  }

  private ColumnData listView(int width) {
    ByteBuffer offsets = Joins.little(Joins.allocate(Joins.bytes(length, width)));
    long base = 0;
    for (ColumnData part : parts) {
      long childLength = part.children().get(0).length();
      for (long row = 0; row < part.length(); row++) {
        long offset = Joins.offset(part.buffers().get(0), part.offset() + row, width);
        if (offset < 0 || offset > childLength) {
          throw Joins.invalid("offset " + offset + " outside its array", part);
        }
        Joins.put(offsets, offset + base, width);
      }
      base += childLength;
    }
    return made(
        List.of(ArrowBuffer.wrap(offsets.array()), Joins.fixed(parts, 1, length, width)),
        List.of(joinChild(0, part -> part.children().get(0))));
  }

  private List<ColumnData> children(long rowsPerRow) {
    List<ColumnData> children = new ArrayList<>();
    for (int i = 0; i < field.children().size(); i++) {
      int child = i;
      children.add(
          joinChild(
              i,
              part ->
                  part.children()
                      .get(child)
                      .slice(part.offset() * rowsPerRow, part.length() * rowsPerRow)));
    }
    return children;
  }

  private interface ChildOf {
    ColumnData get(ColumnData part);
  }

  private ColumnData joinChild(int index, ChildOf child) {
    return of(field.children().get(index), parts.stream().map(child::get).toList());
  }

  private ColumnData denseUnion(ArrowType.Union type) {
    long[] bases = new long[field.children().size()];
    ByteBuffer offsets = Joins.little(Joins.allocate(Joins.bytes(length, 4)));
    for (ColumnData part : parts) {
      for (long row = 0; row < part.length(); row++) {
        int typeId = part.buffers().get(0).getByte(part.offset() + row);
        int child = type.typeIds().indexOf(typeId);
        long offset = Joins.offset(part.buffers().get(1), part.offset() + row, 4);
        if (child < 0 || offset < 0 || offset > part.children().get(child).length()) {
          throw Joins.invalid("type id " + typeId + ", offset " + offset, part);
        }
        Joins.put(offsets, offset + bases[child], 4);
      }
      for (int i = 0; i < bases.length; i++) {
        bases[i] += part.children().get(i).length();
      }
    }
    List<ColumnData> children = new ArrayList<>();
    for (int i = 0; i < bases.length; i++) {
      int child = i;
      children.add(joinChild(i, part -> part.children().get(child)));
    }
    ArrowBuffer typeIds = Joins.fixed(parts, 0, length, 1);
    return made(List.of(typeIds, ArrowBuffer.wrap(offsets.array())), children);
  }
}
