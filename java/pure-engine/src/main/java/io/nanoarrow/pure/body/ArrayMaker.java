package io.nanoarrow.pure.body;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.body.BodyPlan.Node;
import io.nanoarrow.schema.Field;
import io.nanoarrow.spi.Projection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes arrays over the body of a checked batch. */
public final class ArrayMaker {
  private final ArrayTable table;
  private final Dictionaries dictionaries;

  private ArrayMaker(ArrayTable table, Dictionaries dictionaries) {
    this.table = table;
    this.dictionaries = dictionaries;
  }

  /**
   * Returns a column.
   *
   * @param table the batch
   * @param column which one
   * @param dictionaries what the indices refer to
   */
  public static ColumnData column(ArrayTable table, int column, Dictionaries dictionaries) {
    BodyPlan plan = table.plan();
    return new ArrayMaker(table, dictionaries).make(plan.node(plan.columnNode(column)), null);
  }

  /**
   * Returns a part of a column.
   *
   * @param pick which column, and what of it
   */
  public static ColumnData column(
      ArrayTable table, Projection.Pick pick, Dictionaries dictionaries) {
    BodyPlan plan = table.plan();
    return new ArrayMaker(table, dictionaries).make(plan.node(plan.columnNode(pick.index())), pick);
  }

  /** Returns an array of no rows. */
  public static ColumnData empty(Field field) {
    boolean encoded = field.dictionary() != null;
    Layout layout = Layout.of(encoded ? field.dictionary().indexType() : field.type());
    List<ArrowBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < layout.dataBuffers(); i++) {
      buffers.add(ArrowBuffer.EMPTY);
    }
    List<ColumnData> children =
        encoded ? List.of() : field.children().stream().map(ArrayMaker::empty).toList();
    ColumnData values = encoded ? empty(valuesOf(field)) : null;
    return new ColumnData(field, 0, 0, 0, null, buffers, children, values);
  }

  /** Returns the field of a dictionary's values. */
  public static Field valuesOf(Field encoded) {
    return new Field(
        encoded.name(),
        true,
        encoded.type(),
        null,
        encoded.children(),
        io.nanoarrow.schema.Metadata.EMPTY);
  }

  /** Makes the array of a node, or what is picked of it. */
  private ColumnData make(Node node, Projection.@Nullable Pick pick) {
    int buffer = table.firstBuffer(node.index);
    long nulls = table.nullCount(node.index);
    ArrowBuffer validity = null;
    if (node.validity) {
      if (nulls != 0) {
        validity = table.buffer(buffer);
        if (validity.sizeBytes() == 0 && nulls < 0) {
          validity = null;
          nulls = 0;
        }
      }
      buffer++;
    } else if (node.layout == Layout.NULL) {
      nulls = table.length(node.index);
    } else {
      nulls = 0;
    }
    return new ColumnData(
        pick == null ? node.field : pick.field(),
        table.length(node.index),
        0,
        nulls,
        validity,
        buffers(node, buffer),
        children(node, pick == null ? null : pick.children()),
        dictionary(node));
  }

  private List<ArrowBuffer> buffers(Node node, int first) {
    int count = node.layout.dataBuffers() + table.variadicCount(node.index);
    return switch (count) {
      case 0 -> List.of();
      case 1 -> List.of(table.buffer(first));
      case 2 -> List.of(table.buffer(first), table.buffer(first + 1));
      default -> {
        ArrowBuffer[] buffers = new ArrowBuffer[count];
        for (int i = 0; i < count; i++) {
          buffers[i] = table.buffer(first + i);
        }
        yield List.of(buffers);
      }
    };
  }

  private List<ColumnData> children(Node node, @Nullable List<Projection.Pick> picks) {
    int child = node.index + 1;
    if (child == node.end()) {
      return List.of();
    }
    List<ColumnData> children = new ArrayList<>(node.field.children().size());
    int taken = 0;
    for (int i = 0; child < node.end(); i++) {
      Node next = table.plan().node(child);
      if (picks == null) {
        children.add(make(next, null));
      } else if (taken < picks.size() && picks.get(taken).index() == i) {
        children.add(make(next, picks.get(taken++)));
      }
      child = next.end();
    }
    return children;
  }

  private @Nullable ColumnData dictionary(Node node) {
    return node.dictionary ? dictionaries.values(node.field.dictionary().id()) : null;
  }
}
