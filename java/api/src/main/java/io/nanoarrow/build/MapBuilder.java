package io.nanoarrow.build;

import io.nanoarrow.schema.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Builds a column of maps: for each entry a key is appended to {@link #keys} and a value to {@link
 * #values}, then {@link #endMap} ends the row. Keys may repeat; that they are sorted where the type
 * says so is not checked.
 */
public final class MapBuilder extends RepeatedBuilder {
  private final StructBuilder entries;

  MapBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, StructBuilder entries) {
    super(field, path, memory, expectedRows, entries);
    this.entries = entries;
  }

  /** Returns the builder of the keys. */
  public ColumnBuilder keys() {
    return entries.child(0);
  }

  /** Returns the builder of the values. */
  public ColumnBuilder values() {
    return entries.child(1);
  }

  /**
   * Makes a row of the entries appended since the last one.
   *
   * @throws IllegalStateException when there are not as many keys as values, or more entries in the
   *     batch than 32-bit offsets reach
   */
  public void endMap() {
    entries.endAll();
    endRow();
  }

  @Override
  int blanks() {
    return 0;
  }

  @Override
  Class<?> objectClass() {
    return List.class;
  }

  @Override
  void putObject(Object value) {
    ensureNonePending();
    Collection<?> pairs;
    if (value instanceof Map<?, ?> map) {
      pairs = map.entrySet();
    } else if (value instanceof Collection<?> collection) {
      pairs = collection;
    } else {
      throw badClass(value);
    }
    for (Object pair : pairs) {
      if (!(pair instanceof Map.Entry<?, ?> entry)) {
        throw bad("an element is no Map.Entry");
      }
      keys().appendObject(entry.getKey());
      values().appendObject(entry.getValue());
    }
    endMap();
  }
}
