package io.nanoarrow.column;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.layout.ElementBudget;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A column of structs: a value of each child, which has the same rows. */
public final class StructColumn extends Column {
  private final Column[] children;

  StructColumn(ColumnData data, Lease lease, String path) {
    super(data, lease, path);
    children = new Column[data.children().size()];
  }

  /** Returns the number of children. */
  public int childCount() {
    return children.length;
  }

  /** Returns the fields of the children. */
  public List<Field> childFields() {
    return data.children().stream().map(ColumnData::field).toList();
  }

  /**
   * Returns a child by its place. Rows where the struct is null may hold anything in it.
   *
   * @throws IndexOutOfBoundsException when there is none
   */
  public Column child(int index) {
    lease.ensureOpen();
    Column child = children[index];
    if (child == null) {
      child = makeAlignedChild(index);
      children[index] = child;
    }
    return child;
  }

  /** Returns the place of the first child of this name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < children.length; i++) {
      if (data.children().get(i).field().name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns the first child of this name.
   *
   * @throws IllegalArgumentException when there is none, naming those there are
   */
  public Column child(String name) {
    int index = indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "column " + path + " has no child \"" + name + "\"; there are " + names());
    }
    return child(index);
  }

  private List<String> names() {
    return data.children().stream().map(child -> child.field().name()).toList();
  }

  @Override
  public @Nullable Object getObject(long row) {
    return getObject(row, budget());
  }

  @Override
  @Nullable Object getObject(long row, ElementBudget budget) {
    if (isNull(row)) {
      return null;
    }
    Map<String, Object> struct = new LinkedHashMap<>();
    for (int i = 0; i < children.length; i++) {
      String key = data.children().get(i).field().name();
      while (struct.containsKey(key)) {
        key = key + "#" + i;
      }
      struct.put(key, child(i).getObject(row, budget));
    }
    return struct;
  }

  @Override
  void appendText(TextOut out, long row, boolean quoted) {
    if (isNull(row)) {
      out.add("null");
      return;
    }
    out.add("{");
    for (int i = 0; i < children.length && !out.isFull(); i++) {
      out.add(i == 0 ? "" : ", ").add(data.children().get(i).field().name()).add(": ");
      child(i).appendText(out, row, true);
    }
    out.add("}");
  }
}
