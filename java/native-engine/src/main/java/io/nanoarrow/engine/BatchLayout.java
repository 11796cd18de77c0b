package io.nanoarrow.engine;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Projection;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * @param projection which columns there are, all of the schema's for null
   */
  BatchLayout(Schema schema, boolean isV4, @Nullable Projection projection) {
    List<Field> fields = schema.fields();
    Node[] all = new Node[fields.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = node(fields.get(i), isV4);
    }
    columns =
        projection == null ? all : parts(List.of(all), projection.columns()).toArray(new Node[0]);
  }

  private static List<Node> parts(List<Node> nodes, List<Projection.Pick> picks) {
    return picks.stream().map(pick -> part(nodes.get(pick.index()), pick)).toList();
  }

  private static Node part(Node whole, Projection.Pick pick) {
    if (pick.children() == null) {
      return whole;
    }
    return new Node(
        pick.field(),
        whole.firstNode(),
        whole.firstBuffer(),
        whole.viewsBefore(),
        whole.hasValidity(),
        whole.ignoresValidity(),
        whole.bufferCount(),
        whole.isView(),
        parts(whole.children(), pick.children()));
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
