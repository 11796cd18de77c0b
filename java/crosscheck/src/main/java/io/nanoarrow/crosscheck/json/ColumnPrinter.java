package io.nanoarrow.crosscheck.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.UnionMode;
import java.io.IOException;
import java.util.List;

/**
 * Writes arrays as FieldData. What null rows have beneath them is written where it has a fixed
 * width, and is empty elsewhere; offsets begin at 0. Arrays must be valid in full.
 */
final class ColumnPrinter {
  private final JsonGenerator out;
  private final ValuePrinter values;

  ColumnPrinter(JsonGenerator out) {
    this.out = out;
    this.values = new ValuePrinter(out);
  }

  /** Writes an array and its children, but not its dictionary. */
  void column(String name, ColumnData data, String path) throws IOException {
    ArrowType type = Storage.of(data.field());
    out.writeStartObject();
    out.writeStringField("name", name);
    out.writeNumberField("count", data.length());
    if (Storage.hasValidity(type) || type instanceof ArrowType.Union && data.validity() != null) {
      validity(data);
    }
    if (data.field().dictionary() != null) {
      values.data(data, type, path);
    } else if (Storage.isRepeated(type)) {
      repeated(data, type, path);
    } else if (type instanceof ArrowType.Struct) {
      children(data, path, data.offset(), data.length());
    } else if (type instanceof ArrowType.Union union) {
      union(data, union, path);
    } else if (type instanceof ArrowType.RunEndEncoded) {
      runs(data, path);
    } else if (Storage.isView(type)) {
      new ViewPrinter(out).views(data, Storage.isText(type), path);
    } else if (!(type instanceof ArrowType.Null)) {
      values.data(data, type, path);
    }
    out.writeEndObject();
  }

  private void validity(ColumnData data) throws IOException {
    out.writeArrayFieldStart("VALIDITY");
    for (long row = 0; row < data.length(); row++) {
      out.writeNumber(isValid(data, row) ? 1 : 0);
    }
    out.writeEndArray();
  }

  static boolean isValid(ColumnData data, long row) {
    ArrowBuffer validity = data.validity();
    return validity == null || validity.getBit(data.offset() + row);
  }

  /** Returns an offset or size of a row. */
  static long offset(ColumnData data, int buffer, boolean large, long row) {
    long at = data.offset() + row;
    ArrowBuffer offsets = data.buffers().get(buffer);
    return large ? offsets.getLong(at * Long.BYTES) : offsets.getInt(at * Integer.BYTES);
  }

  private void repeated(ColumnData data, ArrowType type, String path) throws IOException {
    if (type instanceof ArrowType.FixedSizeList list) {
      long size = list.listSize();
      children(data, path, data.offset() * size, data.length() * size);
      return;
    }
    boolean large = Storage.isLarge(type);
    if (Storage.isListView(type)) {
      numbers("OFFSET", data, 0, large);
      numbers("SIZE", data, 1, large);
      children(data, path, 0, data.children().get(0).length());
      return;
    }
    boolean none = data.length() == 0;
    long first = none ? 0 : offset(data, 0, large, 0);
    out.writeArrayFieldStart("OFFSET");
    for (long row = 0; row <= data.length(); row++) {
      number(none ? 0 : offset(data, 0, large, row) - first, large);
    }
    out.writeEndArray();
    children(data, path, first, none ? 0 : offset(data, 0, large, data.length()) - first);
  }

  private void numbers(String name, ColumnData data, int buffer, boolean large) throws IOException {
    out.writeArrayFieldStart(name);
    for (long row = 0; row < data.length(); row++) {
      number(offset(data, buffer, large, row), large);
    }
    out.writeEndArray();
  }

  private void number(long value, boolean large) throws IOException {
    if (large) {
      out.writeString(Long.toString(value));
    } else {
      out.writeNumber(value);
    }
  }

  private void union(ColumnData data, ArrowType.Union type, String path) throws IOException {
    out.writeArrayFieldStart("TYPE_ID");
    for (long row = 0; row < data.length(); row++) {
      out.writeNumber(data.buffers().get(0).getByte(data.offset() + row));
    }
    out.writeEndArray();
    if (type.mode() == UnionMode.SPARSE) {
      children(data, path, data.offset(), data.length());
    } else {
      numbers("OFFSET", data, 1, false);
      wholeChildren(data, path);
    }
  }

  /** Runs that end beyond the rows are written as they are; a slice is cut to its own runs. */
  private void runs(ColumnData data, String path) throws IOException {
    wholeChildren(data.offset() == 0 ? data : RunSlices.cut(data), path);
  }

  private void wholeChildren(ColumnData data, String path) throws IOException {
    out.writeArrayFieldStart("children");
    for (ColumnData child : data.children()) {
      child(child, path);
    }
    out.writeEndArray();
  }

  private void children(ColumnData data, String path, long start, long count) throws IOException {
    List<ColumnData> children = data.children();
    if (children.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("children");
    for (ColumnData child : children) {
      child(child.slice(start, count), path);
    }
    out.writeEndArray();
  }

  private void child(ColumnData child, String path) throws IOException {
    String name = child.field().name();
    column(name, child, path + "." + name);
  }
}
