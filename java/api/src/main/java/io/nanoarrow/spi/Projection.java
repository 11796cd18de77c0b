package io.nanoarrow.spi;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FieldPaths;
import io.nanoarrow.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The part of a schema that read options ask for: columns, and children of structs and lists, in
 * the order of the input. Immutable.
 */
public final class Projection {
  /**
   * A field that is read.
   *
   * @param index among the columns or among its parent's children
   * @param field without the children that are not read
   * @param children those that are read, or null for all
   */
  public record Pick(int index, Field field, @Nullable List<Pick> children) {}

  /** What is asked for of a field: all of it, or some children by index. */
  private static final class Choice {
    private final Map<Integer, Choice> children = new TreeMap<>();
    private boolean isWhole;
  }

  private final Schema schema;
  private final List<Pick> columns;
  private final boolean[] selected;

  private Projection(Schema full, Choice root) {
    columns = picks(full.fields(), root);
    List<Field> fields = columns.stream().map(Pick::field).toList();
    schema = new Schema(fields, full.metadata(), full.byteOrder());
    List<Boolean> marks = new ArrayList<>();
    mark(full.fields(), columns, marks);
    selected = new boolean[marks.size()];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = marks.get(i);
    }
  }

  /**
   * Returns what the options ask for, or null when that is everything.
   *
   * @throws IllegalArgumentException when a column does not exist
   */
  public static @Nullable Projection of(Schema full, ReadOptions options) {
    List<String> paths = options.columns();
    List<Integer> indices = options.columnIndices();
    if (paths == null && indices == null) {
      return null;
    }
    Choice root = new Choice();
    int count = full.fields().size();
    for (int index : indices == null ? List.<Integer>of() : indices) {
      if (index < 0 || index >= count) {
        throw new IllegalArgumentException("no column " + index + "; there are " + count);
      }
      child(root, index).isWhole = true;
    }
    for (String path : paths == null ? List.<String>of() : paths) {
      choose(root, full.fields(), path);
    }
    return new Projection(full, root);
  }

  private static Choice child(Choice parent, int index) {
    return parent.children.computeIfAbsent(index, i -> new Choice());
  }

  private static void choose(Choice root, List<Field> columns, String path) {
    int whole = indexOf(columns, path);
    if (whole >= 0) {
      child(root, whole).isWhole = true;
      return;
    }
    Choice at = root;
    List<Field> fields = columns;
    Field parent = null;
    for (String step : FieldPaths.split(path)) {
      if (parent != null && !isDivisible(parent)) {
        throw new IllegalArgumentException(
            "no column \"" + path + "\": children of a " + parent.type() + " are read together");
      }
      int index = indexOf(fields, step);
      if (index < 0) {
        String names = fields.stream().map(Field::name).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
            "no column \"" + path + "\": no \"" + step + "\"; there are " + names);
      }
      at = child(at, index);
      parent = fields.get(index);
      fields = parent.children();
    }
    at.isWhole = true;
  }

  private static int indexOf(List<Field> fields, String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Tells whether a field makes sense without some of what is below it. */
  private static boolean isDivisible(Field field) {
    ArrowType type = field.type();
    return field.dictionary() == null
        && (type instanceof ArrowType.Struct
            || type instanceof ArrowType.ListType
            || type instanceof ArrowType.LargeList
            || type instanceof ArrowType.ListView
            || type instanceof ArrowType.LargeListView
            || type instanceof ArrowType.FixedSizeList);
  }

  private static List<Pick> picks(List<Field> fields, Choice choice) {
    List<Pick> picks = new ArrayList<>();
    choice.children.forEach((index, below) -> picks.add(pick(index, fields.get(index), below)));
    return List.copyOf(picks);
  }

  private static Pick pick(int index, Field field, Choice choice) {
    if (choice.isWhole) {
      return new Pick(index, field, null);
    }
    List<Pick> children = picks(field.children(), choice);
    Field part =
        new Field(
            field.name(),
            field.nullable(),
            field.type(),
            field.dictionary(),
            children.stream().map(Pick::field).toList(),
            field.metadata());
    return new Pick(index, part, children);
  }

  /** Appends a mark for each field in pre-order; {@code picks} null means all. */
  private static void mark(List<Field> fields, @Nullable List<Pick> picks, List<Boolean> marks) {
    int next = 0;
    for (int i = 0; i < fields.size(); i++) {
      boolean isPicked = picks == null || next < picks.size() && picks.get(next).index() == i;
      marks.add(isPicked);
      List<Pick> below = !isPicked ? List.of() : picks == null ? null : picks.get(next).children();
      mark(fields.get(i).children(), below, marks);
      next += isPicked ? 1 : 0;
    }
  }

  /** Returns the schema of what is read, with all of the input's metadata. */
  public Schema schema() {
    return schema;
  }

  /** Returns the columns that are read, in the order of the input. */
  public List<Pick> columns() {
    return columns;
  }

  /** Returns a mark for each field of the whole schema, in pre-order: whether it is read. */
  public boolean[] selectedFields() {
    return selected.clone();
  }

  /** Returns the ids of the dictionaries that the fields read refer to, nested ones included. */
  public Set<Long> dictionaryIds() {
    Set<Long> ids = new TreeSet<>();
    collect(schema.fields(), ids);
    return ids;
  }

  private static void collect(List<Field> fields, Set<Long> ids) {
    for (Field field : fields) {
      if (field.dictionary() != null) {
        ids.add(field.dictionary().id());
      }
      collect(field.children(), ids);
    }
  }
}
