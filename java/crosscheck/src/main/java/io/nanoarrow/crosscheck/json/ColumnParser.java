package io.nanoarrow.crosscheck.json;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.UnionMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the FieldData of one field into an array. Lengths are checked; where offsets, views and
 * indices point is left to whoever uses the array. Dictionaries are left out: see {@link
 * DictionaryTable#link}.
 */
final class ColumnParser {
  private final JsonInput in;
  private final Field field;
  private final ArrowType type;
  private final List<Field> childFields;

  private long count = -1;
  private @Nullable Growing validity;
  private long nulls;
  private @Nullable Longs offsets;
  private @Nullable Longs sizes;
  private @Nullable Growing typeIds;
  private final Growing data = new Growing();
  private final ValueParser values;
  private final ViewParser views;
  private final List<ColumnData> children = new ArrayList<>();

  private ColumnParser(JsonInput in, Field field) {
    this.in = in;
    this.field = field;
    type = Storage.of(field);
    childFields = field.dictionary() == null ? field.children() : List.of();
    values = new ValueParser(in, type, data);
    views = new ViewParser(in, Storage.isText(type));
  }

  /** Reads the current value. */
  static ColumnData parse(JsonInput in, Field field) throws IOException {
    ColumnParser parser = new ColumnParser(in, field);
    in.object(parser::key);
    return parser.array();
  }

  private boolean key(String key) throws IOException {
    switch (key) {
      case "count" -> count = in.integer(0, Integer.MAX_VALUE);
      case "VALIDITY" -> validity();
      case "OFFSET" -> offsets = numbers();
      case "SIZE" -> sizes = numbers();
      case "TYPE_ID", "TYPE" -> typeIds();
      case "DATA" -> values.values();
      case "VIEWS" -> views.views();
      case "VARIADIC_DATA_BUFFERS" -> views.data();
      case "children" -> in.array(this::child);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void validity() throws IOException {
    Growing bits = new Growing();
    in.array(
        () -> {
          boolean valid = in.flag();
          nulls += valid ? 0 : 1;
          bits.addBit(valid);
        });
    validity = bits;
  }

  private Longs numbers() throws IOException {
    Longs numbers = new Longs();
    in.array(() -> numbers.add(in.integer()));
    return numbers;
  }

  private void typeIds() throws IOException {
    Growing ids = new Growing();
    in.array(() -> ids.addByte(in.integer(Byte.MIN_VALUE, Byte.MAX_VALUE)));
    typeIds = ids;
  }

  private void child() throws IOException {
    if (children.size() == childFields.size()) {
      throw in.invalid("more children than the field " + field.name() + " has");
    }
    children.add(parse(in, childFields.get(children.size())));
  }

  private ColumnData array() {
    if (count < 0) {
      throw in.invalid("field data without a count");
    }
    if (children.size() != childFields.size()) {
      throw in.invalid("fewer children than the field " + field.name() + " has");
    }
    List<ArrowBuffer> buffers = buffers();
    ArrowBuffer bitmap = bitmap();
    long nullCount = type instanceof ArrowType.Null ? count : bitmap == null ? 0 : nulls;
    return new ColumnData(field, count, 0, nullCount, bitmap, buffers, children, null);
  }

  private @Nullable ArrowBuffer bitmap() {
    if (validity == null || type instanceof ArrowType.Null) {
      return null;
    }
    check("VALIDITY", validity.bitCount(), count);
    boolean may = Storage.hasValidity(type) || type instanceof ArrowType.Union;
    if (!may && nulls > 0) {
      throw in.invalid("nulls in field data of a type that has none of its own");
    }
    return nulls == 0 ? null : validity.toBuffer();
  }

  private List<ArrowBuffer> buffers() {
    if (type instanceof ArrowType.Null
        || type instanceof ArrowType.Struct
        || type instanceof ArrowType.RunEndEncoded) {
      checkAligned();
      return List.of();
    } else if (type instanceof ArrowType.FixedSizeList list) {
      check("the child", children.get(0).length(), count * list.listSize());
      return List.of();
    } else if (type instanceof ArrowType.Union union) {
      return union(union);
    } else if (Storage.isView(type)) {
      check("VIEWS", views.count(), count);
      return views.buffers();
    } else if (Storage.isList(type)) {
      return List.of(listOffsets());
    } else if (Storage.isListView(type)) {
      return List.of(wide("OFFSET", offsets, count), wide("SIZE", sizes, count));
    }
    check("DATA", values.count(), count);
    return Storage.isVariable(type)
        ? List.of(valueOffsets(), data.toBuffer())
        : List.of(data.toBuffer());
  }

  private void checkAligned() {
    if (type instanceof ArrowType.Struct) {
      children.forEach(child -> check("a child", child.length(), count));
    }
  }

  private List<ArrowBuffer> union(ArrowType.Union union) {
    check("TYPE_ID", typeIds == null ? 0 : typeIds.sizeBytes(), count);
    ArrowBuffer ids = typeIds == null ? ArrowBuffer.EMPTY : typeIds.toBuffer();
    if (union.mode() == UnionMode.SPARSE) {
      children.forEach(child -> check("a child", child.length(), count));
      return List.of(ids);
    }
    return List.of(ids, wide("OFFSET", offsets, count));
  }

  private ArrowBuffer listOffsets() {
    if (count == 0 && (offsets == null || offsets.size() == 0)) {
      return ArrowBuffer.EMPTY;
    }
    ArrowBuffer buffer = wide("OFFSET", offsets, count + 1);
    long before = offsets.get(0);
    for (int i = 1; i < offsets.size(); i++) {
      if (offsets.get(i) < before) {
        throw in.invalid("OFFSET that decreases, field " + field.name());
      }
      before = offsets.get(i);
    }
    if (offsets.get(0) < 0 || before > children.get(0).length()) {
      throw in.invalid("OFFSET that leads out of the child, field " + field.name());
    }
    return buffer;
  }

  /** Values are whole in DATA; OFFSET must say of each valid one how long it is. */
  private ArrowBuffer valueOffsets() {
    Longs ends = values.ends();
    if (offsets != null && !(count == 0 && offsets.size() == 0)) {
      check("OFFSET", offsets.size(), count + 1);
      for (int row = 0; row < count; row++) {
        long size = ends.get(row) - (row == 0 ? 0 : ends.get(row - 1));
        boolean valid = nulls == 0 || isValid(row);
        if (valid && offsets.get(row + 1) - offsets.get(row) != size) {
          throw in.invalid("OFFSET that does not fit DATA, field " + field.name());
        }
      }
    }
    Growing out = new Growing();
    add(out, 0);
    for (int row = 0; row < count; row++) {
      add(out, ends.get(row));
    }
    return out.toBuffer();
  }

  private boolean isValid(int row) {
    return validity == null || validity.bit(row);
  }

  private ArrowBuffer wide(String what, @Nullable Longs numbers, long wanted) {
    check(what, numbers == null ? 0 : numbers.size(), wanted);
    Growing out = new Growing();
    for (int i = 0; i < wanted; i++) {
      add(out, numbers.get(i));
    }
    return out.toBuffer();
  }

  private void add(Growing out, long number) {
    if (Storage.isLarge(type)) {
      out.addLong(number);
    } else if (number == (int) number) {
      out.addInt((int) number);
    } else {
      throw in.invalid("an offset or size of more than 32 bits, field " + field.name());
    }
  }

  private void check(String what, long is, long wanted) {
    if (is != wanted) {
      throw in.invalid(
          what
              + " of "
              + is
              + " elements where there must be "
              + wanted
              + ", field "
              + field.name());
    }
  }
}
