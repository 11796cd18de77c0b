package io.nanoarrow.inspect;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names of the buffers of a schema's record batches and dictionaries, in the order of
 * format/Columnar.rst, "Buffer Listing for Each Layout".
 */
final class BufferSlots {
  /**
   * A place for a buffer.
   *
   * @param isVariadic for as many buffers as the message says
   */
  record Slot(int column, String path, String kind, boolean isVariadic) {}

  private final List<Slot> columns;
  private final Map<Long, List<Slot>> dictionaries = new HashMap<>();
  private final boolean isV4;

  BufferSlots(Schema schema, int version) {
    isV4 = version < 5;
    columns = new ArrayList<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      add(field, i, field.name(), columns);
    }
  }

  List<Slot> columns() {
    return columns;
  }

  /** Returns the slots of a dictionary's values; none for an id that the schema does not have. */
  List<Slot> dictionary(long id) {
    return dictionaries.getOrDefault(id, List.of());
  }

  private void add(Field field, int column, String path, List<Slot> slots) {
    if (field.dictionary() != null) {
      slot(column, path, "validity", slots);
      slot(column, path, "indices", slots);
      List<Slot> values = new ArrayList<>();
      addLayout(field, column, path, values);
      dictionaries.putIfAbsent(field.dictionary().id(), values);
    } else {
      addLayout(field, column, path, slots);
    }
  }

  private void addLayout(Field field, int column, String path, List<Slot> slots) {
    for (String kind : kinds(field.type())) {
      slot(column, path, kind, slots);
    }
    if (field.type() instanceof ArrowType.Utf8View
        || field.type() instanceof ArrowType.BinaryView) {
      slots.add(new Slot(column, path, "data", true));
    }
    for (Field child : field.children()) {
      add(child, column, path + "." + child.name(), slots);
    }
  }

  private static void slot(int column, String path, String kind, List<Slot> slots) {
    slots.add(new Slot(column, path, kind, false));
  }

  private List<String> kinds(ArrowType type) {
    if (type instanceof ArrowType.Null) {
      return List.of();
    } else if (type instanceof ArrowType.RunEndEncoded) {
      return isV4 ? List.of("validity") : List.of();
    } else if (type instanceof ArrowType.Struct || type instanceof ArrowType.FixedSizeList) {
      return List.of("validity");
    } else if (type instanceof ArrowType.ListType
        || type instanceof ArrowType.LargeList
        || type instanceof ArrowType.MapType) {
      return List.of("validity", "offsets");
    } else if (type instanceof ArrowType.ListView || type instanceof ArrowType.LargeListView) {
      return List.of("validity", "offsets", "sizes");
    } else if (type instanceof ArrowType.Utf8
        || type instanceof ArrowType.LargeUtf8
        || type instanceof ArrowType.Binary
        || type instanceof ArrowType.LargeBinary) {
      return List.of("validity", "offsets", "data");
    } else if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
      return List.of("validity", "views");
    } else if (type instanceof ArrowType.Union union) {
      List<String> kinds = new ArrayList<>(isV4 ? List.of("validity") : List.of());
      kinds.add("type ids");
      if (union.mode() == UnionMode.DENSE) {
        kinds.add("offsets");
      }
      return kinds;
    }
    return List.of("validity", "values");
  }
}
