package io.nanoarrow.pure.body;

import io.nanoarrow.pure.schema.FieldPath;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.UnionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What the record batches of some fields consist of: their field nodes in pre-order with layout,
 * buffers and the demands of each on its child. A dictionary-encoded field is its indices. Made
 * once a schema, or once a dictionary; immutable.
 */
public final class BodyPlan {
  /** One field node. */
  static final class Node {
    final Field field;
    final FieldPath path;
    final Layout layout;
    final int index;

    /** The node above, or -1. */
    final int parent;

    /** Rows that this node must have for each row of its parent; 0 = any number. */
    final int rowsPerParentRow;

    final boolean validity;

    /** Bytes of a value where the layout is FIXED. */
    final int width;

    /** The first buffer, those of variadic counts not counted. */
    final int firstBuffer;

    final boolean dictionary;

    /** Its buffers are not looked at: no array is made of it. */
    final boolean skipped;

    /** The node after this one and all below it. */
    private int end;

    private Node(
        Field field,
        FieldPath path,
        int index,
        int parent,
        int rows,
        int first,
        boolean v4,
        boolean skipped) {
      this.skipped = skipped;
      this.field = field;
      this.path = path;
      this.index = index;
      this.parent = parent;
      this.rowsPerParentRow = rows;
      this.firstBuffer = first;
      DictionaryEncoding encoding = field.dictionary();
      ArrowType stored = encoding == null ? field.type() : encoding.indexType();
      this.dictionary = encoding != null;
      this.layout = Layout.of(stored);
      this.width = layout == Layout.FIXED ? Layout.width(stored) : 0;
      this.validity = layout.hasValidity(v4);
    }

    int end() {
      return end;
    }

    /** Returns the buffers beside variadic ones. */
    int bufferCount() {
      return (validity ? 1 : 0) + layout.dataBuffers();
    }
  }

  /** Every field is read. */
  public static final IntPredicate ALL = field -> true;

  /** No field is read. */
  public static final IntPredicate NONE = field -> false;

  private final Node[] nodes;
  private final int[] columnNodes;
  private final int[] dictionaryNodes;
  private final int bufferCount;
  private final int viewCount;
  private final boolean bigEndian;
  private final boolean partial;
  private final boolean versioned;
  private final int[] firstBuffers;

  private BodyPlan(Compiler compiler, int[] columnNodes, boolean bigEndian) {
    this.bigEndian = bigEndian;
    this.nodes = compiler.nodes.toArray(new Node[0]);
    this.columnNodes = columnNodes;
    this.bufferCount = compiler.buffers;
    this.viewCount = compiler.views;
    this.dictionaryNodes =
        compiler.nodes.stream()
            .filter(n -> n.dictionary && !n.skipped)
            .mapToInt(n -> n.index)
            .toArray();
    this.versioned =
        compiler.nodes.stream()
            .anyMatch(n -> n.layout.hasValidity(true) != n.layout.hasValidity(false));
    this.partial = compiler.nodes.stream().anyMatch(n -> n.skipped);
    this.firstBuffers = new int[nodes.length + 1];
    for (int i = 0; i < nodes.length; i++) {
      firstBuffers[i] = nodes[i].firstBuffer;
    }
    firstBuffers[nodes.length] = bufferCount;
  }

  /**
   * Compiles the plan.
   *
   * @param fields the columns
   * @param version4 unions have a validity bitmap
   * @param bigEndian buffers come in that order
   * @param isRead which fields are read, by their index in pre-order, all of them counted
   */
  public static BodyPlan of(
      List<Field> fields, boolean version4, boolean bigEndian, IntPredicate isRead) {
    Compiler compiler = new Compiler(version4, isRead);
    int[] columnNodes = new int[fields.size()];
    for (int i = 0; i < columnNodes.length; i++) {
      columnNodes[i] = compiler.nodes.size();
      compiler.add(fields.get(i), null, -1, 1);
    }
    return new BodyPlan(compiler, columnNodes, bigEndian);
  }

  private static final class Compiler {
    private final boolean version4;
    private final IntPredicate isRead;
    private int fieldCount;
    private final List<Node> nodes = new ArrayList<>();
    private int buffers;
    private int views;

    Compiler(boolean version4, IntPredicate isRead) {
      this.version4 = version4;
      this.isRead = isRead;
    }

    void add(Field field, FieldPath above, int parent, int rowsPerParentRow) {
      FieldPath path = new FieldPath(above, field.name());
      int index = nodes.size();
      boolean skipped = !isRead.test(fieldCount++);
      Node node =
          new Node(field, path, index, parent, rowsPerParentRow, buffers, version4, skipped);
      nodes.add(node);
      buffers += node.bufferCount();
      if (node.layout == Layout.VIEW) {
        views++;
      }
      if (node.dictionary) {
        fieldCount += countBelow(field);
      } else {
        for (Field child : field.children()) {
          add(child, path, index, childRows(field.type()));
        }
      }
      node.end = nodes.size();
    }

    private static int countBelow(Field field) {
      return field.children().stream().mapToInt(child -> 1 + countBelow(child)).sum();
    }

    private static int childRows(ArrowType type) {
      if (type instanceof ArrowType.Struct
          || type instanceof ArrowType.Union union && union.mode() == UnionMode.SPARSE) {
        return 1;
      }
      return type instanceof ArrowType.FixedSizeList list ? list.listSize() : 0;
    }
  }

  int nodeCount() {
    return nodes.length;
  }

  Node node(int index) {
    return nodes[index];
  }

  /** Tells whether buffers come with their numbers in big-endian order. */
  boolean isBigEndian() {
    return bigEndian;
  }

  /** Tells whether what there is of buffers depends on the version of the metadata. */
  boolean isVersioned() {
    return versioned;
  }

  /** Tells whether there are fields that are not read. */
  boolean isPartial() {
    return partial;
  }

  /** Returns the first buffer of each node and a last entry, variadic ones not counted. */
  int[] firstBuffers() {
    return firstBuffers;
  }

  /** Returns the node of a column. */
  int columnNode(int column) {
    return columnNodes[column];
  }

  /** Returns how many buffers there are beside variadic ones. */
  int bufferCount() {
    return bufferCount;
  }

  /** Returns how many nodes have variadic buffers. */
  int viewCount() {
    return viewCount;
  }

  /** Returns the number of columns. */
  public int columnCount() {
    return columnNodes.length;
  }

  /** Returns the dictionary-encoded nodes that are read, those inside dictionaries not included. */
  public int[] dictionaryNodes() {
    return dictionaryNodes;
  }

  /** Returns the field of a node. */
  public Field field(int node) {
    return nodes[node].field;
  }

  /** Returns the column path of a node. */
  public String path(int node) {
    return nodes[node].path.toString();
  }
}
