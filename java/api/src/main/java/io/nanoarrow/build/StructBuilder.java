package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a column of structs: a value is appended to each child, then {@link #endStruct} ends the
 * row. A null struct is {@link #appendNull} alone, which fills the children.
 */
public final class StructBuilder extends ColumnBuilder {
  private final ColumnBuilder[] children;

  /** The keys that {@code StructColumn.getObject} uses. */
  private final String[] keys;

  StructBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, ColumnBuilder[] children) {
    super(field, path, memory, expectedRows);
    this.children = children;
    Set<String> used = new LinkedHashSet<>();
    for (int i = 0; i < children.length; i++) {
      String key = children[i].field.name();
      while (!used.add(key)) {
        key = key + "#" + i;
      }
    }
    keys = used.toArray(String[]::new);
  }

  /** Returns the number of children. */
  public int childCount() {
    return children.length;
  }

  /**
   * Returns the builder of a child.
   *
   * @throws IndexOutOfBoundsException when there is none
   */
  public ColumnBuilder child(int index) {
    return children[index];
  }

  /**
   * Returns the builder of the first child of this name.
   *
   * @throws IllegalArgumentException when there is none, naming those there are
   */
  public ColumnBuilder child(String name) {
    for (ColumnBuilder child : children) {
      if (child.field.name().equals(name)) {
        return child;
      }
    }
    throw new IllegalArgumentException(
        "column " + path + " has no child \"" + name + "\"; there are " + List.of(keys));
  }

  /**
   * Makes a row of the values that the children have since the last one.
   *
   * @throws IllegalStateException when a child has none or more than one, naming it
   */
  public void endStruct() {
    endUpTo(length + 1);
  }

  /** Makes as many rows as the first child has. */
  void endAll() {
    endUpTo(children[0].length);
  }

  private void endUpTo(long rows) {
    memory.ensureOpen();
    ensureRows(rows);
    length = rows;
  }

  private void ensureRows(long rows) {
    for (ColumnBuilder child : children) {
      if (child.length != rows) {
        throw unfinished(
            "child \"" + child.field.name() + "\" has " + child.length + " values, not " + rows);
      }
    }
  }

  @Override
  Class<?> objectClass() {
    return Map.class;
  }

  @Override
  void putObject(Object value) {
    if (value instanceof Map<?, ?> map) {
      putMap(map);
    } else if (value instanceof List<?> list) {
      if (list.size() != children.length) {
        throw bad(list.size() + " values for " + children.length + " children");
      }
      for (int i = 0; i < children.length; i++) {
        children[i].appendObject(list.get(i));
      }
    } else {
      throw badClass(value);
    }
    endStruct();
  }

  private void putMap(Map<?, ?> map) {
    int found = 0;
    for (int i = 0; i < children.length; i++) {
      Object part = map.get(keys[i]);
      found += part != null || map.containsKey(keys[i]) ? 1 : 0;
      children[i].appendObject(part);
    }
    if (found < map.size()) {
      throw bad("a key is not the name of a child; there are " + Arrays.toString(keys));
    }
  }

  @Override
  void putNull() {
    putDefault();
    validity.addNull(length - 1);
  }

  @Override
  void putDefault() {
    memory.ensureOpen();
    ensureRows(length);
    for (ColumnBuilder child : children) {
      child.putBlank();
    }
    length++;
  }

  @Override
  void truncate(long rows) {
    if (rows < length) {
      length = rows;
      validity.truncate(rows);
    }
    for (ColumnBuilder child : children) {
      child.truncate(length);
    }
  }

  @Override
  void ensureComplete() {
    ensureRows(length);
    for (ColumnBuilder child : children) {
      child.ensureComplete();
    }
  }

  @Override
  ColumnData finish(Output out) {
    List<ColumnData> arrays = new ArrayList<>(children.length);
    for (ColumnBuilder child : children) {
      arrays.add(child.finish(out));
    }
    return array(out, List.of(), arrays, null);
  }

  @Override
  void release() {
    length = 0;
    validity.release();
    for (ColumnBuilder child : children) {
      child.release();
    }
  }
}
