package io.nanoarrow.crosscheck.json;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Field;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dictionaries of a JSON text, which may refer to each other in any order. */
final class DictionaryTable {
  private final Map<Long, Field> fields = new HashMap<>();
  private final Map<Long, ColumnData> parsed = new HashMap<>();
  private final Map<Long, ColumnData> linked = new HashMap<>();
  private final Set<Long> linking = new HashSet<>();

  /** A table for the dictionaries that the fields name. */
  DictionaryTable(List<Field> fields) {
    fields.forEach(this::collect);
  }

  private void collect(Field field) {
    if (field.dictionary() != null) {
      fields.putIfAbsent(field.dictionary().id(), Storage.valuesOf(field));
    }
    field.children().forEach(this::collect);
  }

  /** Tells whether the schema names no dictionary. */
  boolean isEmpty() {
    return fields.isEmpty();
  }

  /** Reads the current value, an array of dictionaries. */
  void read(JsonInput in) throws IOException {
    in.array(() -> dictionary(in));
  }

  private void dictionary(JsonInput in) throws IOException {
    long[] id = {0};
    boolean[] named = {false};
    in.object(
        key -> {
          switch (key) {
            case "id" -> {
              id[0] = in.integer();
              named[0] = true;
            }
            case "data" -> {
              if (!named[0]) {
                throw in.invalid("a dictionary whose id does not come first");
              }
              data(in, id[0]);
            }
            default -> {
              return false;
            }
          }
          return true;
        });
  }

  /** The data is a batch of one column, in some texts in an array. */
  private void data(JsonInput in, long id) throws IOException {
    Field field = fields.get(id);
    if (field == null) {
      in.skip(); // No field uses it.
    } else if (in.isArray()) {
      in.array(() -> batch(in, id, field));
    } else {
      batch(in, id, field);
    }
  }

  private void batch(JsonInput in, long id, Field field) throws IOException {
    in.object(
        key -> {
          if (!key.equals("columns")) {
            return false;
          }
          in.array(
              () -> {
                if (parsed.put(id, ColumnParser.parse(in, field)) != null) {
                  throw in.invalid("a dictionary that is given twice");
                }
              });
          return true;
        });
  }

  /** Returns the array with its dictionaries, and those of its children. */
  ColumnData link(ColumnData array) {
    Field field = array.field();
    if (field.dictionary() != null) {
      return new ColumnData(
          field,
          array.length(),
          array.offset(),
          array.nullCount(),
          array.validity(),
          array.buffers(),
          List.of(),
          values(field.dictionary().id()));
    } else if (array.children().isEmpty()) {
      return array;
    }
    return new ColumnData(
        field,
        array.length(),
        array.offset(),
        array.nullCount(),
        array.validity(),
        array.buffers(),
        array.children().stream().map(this::link).toList(),
        null);
  }

  private ColumnData values(long id) {
    ColumnData found = linked.get(id);
    if (found != null) {
      return found;
    }
    ColumnData raw = parsed.get(id);
    if (raw == null) {
      throw invalid("dictionary " + id + " is missing in the JSON text");
    }
    if (!linking.add(id)) {
      throw invalid("dictionary " + id + " holds itself");
    }
    ColumnData values = link(raw);
    linking.remove(id);
    linked.put(id, values);
    return values;
  }

  private static ArrowFormatException invalid(String what) {
    return new ArrowFormatException(ErrorKind.INVALID_DATA, what);
  }
}
