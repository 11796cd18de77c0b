package io.nanoarrow.write;

import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a schema has dictionary-encoded fields, nested ones included. Immutable. */
final class DictionaryFields {
  /**
   * A field on the way to dictionaries, or one that has some.
   *
   * @param index among the columns or among its parent's children
   * @param below those of its children, or of its dictionary's children
   */
  record Node(int index, Field field, String path, List<Node> below) {
    /** Returns the id of this field's own dictionary. */
    long id() {
      DictionaryEncoding encoding = field.dictionary();
      if (encoding == null) {
        throw new IllegalStateException("no dictionary");
      }
      return encoding.id();
    }
  }

  /** Takes the dictionaries of a batch, those within a dictionary's values before it. */
  interface Visitor {
    void visit(Node field, ColumnData values);
  }

  private final List<Node> columns;

  /**
   * Looks for dictionaries.
   *
   * @throws IllegalArgumentException when fields of different types share an id
   */
  DictionaryFields(Schema schema) {
    columns = nodes(schema.fields(), "");
    checkTypes(columns, new HashMap<>());
  }

  private static List<Node> nodes(List<Field> fields, String parent) {
    List<Node> found = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      String path = parent + field.name();
      List<Node> below = nodes(field.children(), path + ".");
      if (field.dictionary() != null || !below.isEmpty()) {
        found.add(new Node(i, field, path, below));
      }
    }
    return List.copyOf(found);
  }

  private static void checkTypes(List<Node> nodes, Map<Long, Node> seen) {
    for (Node node : nodes) {
      checkTypes(node.below(), seen);
      if (node.field().dictionary() != null) {
        Node first = seen.putIfAbsent(node.id(), node);
        if (first != null && !haveOneType(first.field(), node.field())) {
          throw new IllegalArgumentException(
              "columns %s and %s share dictionary %d but are %s and %s"
                  .formatted(
                      first.path(),
                      node.path(),
                      node.id(),
                      first.field().type(),
                      node.field().type()));
        }
      }
    }
  }

  private static boolean haveOneType(Field left, Field right) {
    return BatchComparison.DEFAULT.firstDifference(
            Schema.of(valuesOf(left)), Schema.of(valuesOf(right)))
        == null;
  }

  /** Returns the field of the values that an encoded field refers to. */
  static Field valuesOf(Field field) {
    return new Field("", true, field.type(), null, field.children(), Metadata.EMPTY);
  }

  /** Returns the columns on the way to dictionaries. */
  List<Node> columns() {
    return columns;
  }

  boolean isEmpty() {
    return columns.isEmpty();
  }

  /**
   * Visits every dictionary of a batch.
   *
   * @throws ArrowFormatException when one is missing
   */
  void visit(BatchData data, Visitor visitor) {
    for (Node node : columns) {
      visit(node, data.column(node.index()), visitor);
    }
  }

  private static void visit(Node node, ColumnData data, Visitor visitor) {
    boolean encoded = node.field().dictionary() != null;
    ColumnData values = encoded ? dictionary(node, data) : data;
    for (Node below : node.below()) {
      visit(below, values.children().get(below.index()), visitor);
    }
    if (encoded) {
      visitor.visit(node, values);
    }
  }

  /** Returns the values of an encoded array. */
  static ColumnData dictionary(Node node, ColumnData data) {
    @Nullable ColumnData values = data.dictionary();
    if (values == null) {
      throw new ArrowFormatException(
          ErrorKind.INVALID_DATA,
          "the dictionary is missing",
          ArrowFormatException.UNKNOWN_OFFSET,
          node.path());
    }
    return values;
  }
}
