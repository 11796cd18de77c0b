package io.nanoarrow;

import io.nanoarrow.column.Column;
import io.nanoarrow.column.StructColumn;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FieldPaths;
import java.util.List;
import java.util.stream.Collectors;

/** Finds columns by name and by nested path. */
final class ColumnPaths {
  private ColumnPaths() {}

  static Column find(RecordBatch batch, String path) {
    int whole = batch.schema().indexOf(path);
    if (whole >= 0) {
      return batch.column(whole);
    }
    List<String> steps = FieldPaths.split(path);
    int top = batch.schema().indexOf(steps.get(0));
    if (top < 0) {
      throw none(path, steps.get(0), batch.schema().fields());
    }
    Column column = batch.column(top);
    for (String step : steps.subList(1, steps.size())) {
      if (!(column instanceof StructColumn struct)) {
        throw new IllegalArgumentException(
            "no column \"" + path + "\": " + column.path() + " is no struct but " + column.type());
      }
      int index = struct.indexOf(step);
      if (index < 0) {
        throw none(path, step, struct.childFields());
      }
      column = struct.child(index);
    }
    return column;
  }

  private static IllegalArgumentException none(String path, String step, List<Field> fields) {
    String names = fields.stream().map(Field::name).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "no column \"" + path + "\": no \"" + step + "\"; there are " + names);
  }
}
