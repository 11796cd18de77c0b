package io.nanoarrow.engine;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.util.List;

/**
 * Where the nodes and buffers of each column stand in a batch table; made once for a schema.
 * Immutable.
 */
final class BatchLayout {
  /**
   * One field of a batch.
   *
   * @param field type and name
   * @param firstNode index of its node
   * @param firstBuffer index of its first buffer, not counting variadic ones before it
   * @param viewsBefore how many view fields stand before it, each with variadic buffers
   * @param hasValidity a validity bitmap comes first
   * @param ignoresValidity and is of no meaning (runs of V4)
   * @param bufferCount buffers after it
   * @param isView variadic buffers follow
   * @param children empty for a dictionary-encoded field
   */
  record Node(
      Field field,
      int firstNode,
      int firstBuffer,
      int viewsBefore,
      boolean hasValidity,
      boolean ignoresValidity,
      int bufferCount,
      boolean isView,
      List<Node> children) {}

  private final Node[] columns;
  private int nodeCount;
  private int bufferCount;
  private int viewCount;

  /**
   * The layout of a schema's batches.
   *
   * @param isV4 the messages are of metadata version V4
   */
  BatchLayout(Schema schema, boolean isV4) {
    List<Field> fields = schema.fields();
    columns = new Node[fields.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = node(fields.get(i), isV4);
    }
  }

  Node column(int index) {
    return columns[index];
  }

  int nodeCount() {
    return nodeCount;
  }

  /** Returns the number of buffers without variadic ones. */
  int bufferCount() {
    return bufferCount;
  }

  int viewCount() {
    return viewCount;
  }

  private Node node(Field field, boolean isV4) {
    ArrowType type = TypeLayout.laidOut(field);
    boolean hasValidity = TypeLayout.hasValidity(type, isV4);
    int buffers = TypeLayout.bufferCount(type);
    boolean isView = TypeLayout.isView(type);
    int node = nodeCount++;
    int firstBuffer = bufferCount;
    int viewsBefore = viewCount;
    bufferCount += buffers + (hasValidity ? 1 : 0);
    viewCount += isView ? 1 : 0;
    List<Node> children =
        field.dictionary() != null
            ? List.of()
            : field.children().stream().map(child -> node(child, isV4)).toList();
    return new Node(
        field,
        node,
        firstBuffer,
        viewsBefore,
        hasValidity,
        type instanceof ArrowType.RunEndEncoded,
        buffers,
        isView,
        children);
  }
}
