package io.nanoarrow.cli;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.StructColumn;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns to show, some of them children of structs, resolved against a schema once. */
final class Selection {
  /** One column: its name and the way to it, field numbers from the top down. */
  record Pick(String name, Field field, List<Integer> way) {}

  /** The values of a pick in one batch: null when the struct around them is. */
  record Values(Column column, List<Column> around) {
    @Nullable Object get(long row) {
      for (Column struct : around) {
        if (struct.isNull(row)) {
          return null;
        }
      }
      return column.getObject(row);
    }
  }

  private final List<Pick> picks;

  private Selection(List<Pick> picks) {
    this.picks = picks;
  }

  List<Pick> picks() {
    return picks;
  }

  /** Selects every column; a repeated name gets "#" and the column's number. */
  static Selection all(Schema schema) {
    List<Pick> picks = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      Field field = schema.fields().get(i);
      String name = seen.put(field.name(), i) == null ? field.name() : field.name() + "#" + i;
      picks.add(new Pick(name, field, List.of(i)));
    }
    return new Selection(picks);
  }

  /**
   * Selects columns by path: "a.b" is the child b of the struct a, unless a column is named "a.b".
   *
   * @throws FileCommand.WrongUse when there is no such column
   */
  static Selection of(Schema schema, List<String> paths) {
    List<Pick> picks = new ArrayList<>();
    for (String path : paths) {
      List<Integer> way = new ArrayList<>();
      Field field = find(schema.fields(), path, way);
      if (field == null) {
        throw new FileCommand.WrongUse(
            "no column \"" + path + "\"; there are " + names(schema.fields()));
      }
      picks.add(new Pick(path, field, List.copyOf(way)));
    }
    return new Selection(picks);
  }

  private static @Nullable Field find(List<Field> fields, String path, List<Integer> way) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(path)) {
        way.add(i);
        return fields.get(i);
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      boolean struct = field.type() instanceof ArrowType.Struct && field.dictionary() == null;
      if (struct && path.startsWith(field.name() + ".")) {
        way.add(i);
        Field found = find(field.children(), path.substring(field.name().length() + 1), way);
        if (found != null) {
          return found;
        }
        way.remove(way.size() - 1);
      }
    }
    return null;
  }

  private static String names(List<Field> fields) {
    return fields.isEmpty()
        ? "none"
        : fields.stream().map(Field::name).collect(Collectors.joining(", "));
  }

  /** Returns the columns of a batch, alive as long as it. */
  List<Values> in(RecordBatch batch) {
    List<Values> values = new ArrayList<>();
    for (Pick pick : picks) {
      Column column = batch.column(pick.way().get(0));
      List<Column> around = new ArrayList<>();
      for (int child : pick.way().subList(1, pick.way().size())) {
        StructColumn struct = column.asStruct();
        around.add(struct);
        column = struct.child(child);
      }
      values.add(new Values(column, List.copyOf(around)));
    }
    return values;
  }
}
