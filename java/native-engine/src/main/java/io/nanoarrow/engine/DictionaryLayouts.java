package io.nanoarrow.engine;

import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Projection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries of a schema in the order of their ids, which is that of the decoder in C, with
 * the layouts of their values. Immutable.
 */
final class DictionaryLayouts {
  /** Of a schema whose fields name no dictionary. */
  static final DictionaryLayouts NONE = new DictionaryLayouts(Map.of(), null, false, false);

  private final long[] ids;
  private final SchemaLayout[] values;
  private final @Nullable Set<Long> used;
  private final boolean keepsOrder;
  private final boolean isNested;

  private DictionaryLayouts(
      Map<Long, Field> firstFields, @Nullable Set<Long> used, boolean isV4, boolean keepsOrder) {
    this.used = used;
    this.keepsOrder = keepsOrder;
    ids = new long[firstFields.size()];
    values = new SchemaLayout[ids.length];
    boolean nested = false;
    int index = 0;
    for (Map.Entry<Long, Field> entry : firstFields.entrySet()) {
      ids[index] = entry.getKey();
      values[index] = SchemaLayout.ofValues(valueSchema(entry.getValue()), isV4);
      index++;
      nested |= hasDictionary(entry.getValue().children());
    }
    isNested = nested;
  }

  /**
   * The dictionaries of a schema of which the projection, unless null, is read.
   *
   * @param keepsOrder numbers stay big-endian
   */
  static DictionaryLayouts of(
      Schema schema, @Nullable Projection projection, boolean isV4, boolean keepsOrder) {
    Map<Long, Field> firstFields = new TreeMap<>();
    collect(schema.fields(), firstFields);
    return new DictionaryLayouts(
        firstFields, projection == null ? null : projection.dictionaryIds(), isV4, keepsOrder);
  }

  private static void collect(List<Field> fields, Map<Long, Field> firstFields) {
    for (Field field : fields) {
      DictionaryEncoding dictionary = field.dictionary();
      if (dictionary != null) {
        firstFields.putIfAbsent(dictionary.id(), field);
      }
      collect(field.children(), firstFields);
    }
  }

  private static boolean hasDictionary(List<Field> fields) {
    return fields.stream()
        .anyMatch(field -> field.dictionary() != null || hasDictionary(field.children()));
  }

  private static Schema valueSchema(Field field) {
    Field value =
        new Field(
            field.name(), field.nullable(), field.type(), null, field.children(), field.metadata());
    return new Schema(List.of(value), Metadata.EMPTY);
  }

  int count() {
    return ids.length;
  }

  /** Tells whether a field that is read refers to a dictionary. */
  boolean isUsed(int index) {
    return used == null || used.contains(ids[index]);
  }

  /** Tells whether values may hold indices of another dictionary, which changes on its own. */
  boolean isNested() {
    return isNested;
  }

  /** Tells whether the numbers of values stay big-endian, so that deltas cannot be appended. */
  boolean keepsOrder() {
    return keepsOrder;
  }

  SchemaLayout values(int index) {
    return values[index];
  }

  /** Returns the index of an id that a field of the schema names. */
  int indexOf(long id) {
    return java.util.Arrays.binarySearch(ids, id);
  }

  long id(int index) {
    return ids[index];
  }
}
