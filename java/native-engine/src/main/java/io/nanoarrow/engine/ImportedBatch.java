package io.nanoarrow.engine;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A batch whose memory an ArrowArray owns; the array is released with the last use. */
final class ImportedBatch extends BatchData {
  private static final int NODE_WORDS = 4;
  private static final int BUFFER_WORDS = 2;

  private final Schema schema;
  private final NativeRegion array;
  private final long[] nodes;
  private final long[] buffers;

  /** First node and first buffer of each column, in pairs. */
  private final int[] starts;

  private final ColumnData @Nullable [] columns;

  private ImportedBatch(
      Schema schema, long rowCount, NativeMemory takeArray, long[] nodes, long[] buffers) {
    super(rowCount);
    this.schema = schema;
    this.array = new NativeRegion(takeArray);
    this.nodes = nodes;
    this.buffers = buffers;
    this.columns = new ColumnData[schema.fields().size()];
    this.starts = starts();
  }

  /**
   * Moves the ArrowArray at {@code address} into a batch; one that is refused stays the caller's.
   *
   * @param schemaHandle the {@code naj_schema} of {@code schema}
   */
  static ImportedBatch take(Schema schema, long schemaHandle, long address) {
    long rowCount = address == 0 ? 0 : AddressPointer.buffer(address, 8).getLong(0);
    long nodeCapacity = 2L * SchemaReader.header(schemaHandle).fieldCount();
    long bufferCapacity = 4 * nodeCapacity;
    while (true) {
      NativeMemory table =
          NativeMemory.allocate(8 * (NODE_WORDS * nodeCapacity + BUFFER_WORDS * bufferCapacity));
      try {
        Scratch scratch = Scratch.get();
        long buffersAt = table.address() + 8 * NODE_WORDS * nodeCapacity;
        long handle =
            Naj.naj_bind_array_import(
                schemaHandle,
                address,
                table.address(),
                nodeCapacity,
                buffersAt,
                bufferCapacity,
                scratch.arguments,
                scratch.error);
        int nodeCount = (int) scratch.argument(0);
        int bufferCount = (int) scratch.argument(1);
        if (handle != 0) {
          NativeMemory array = NativeMemory.adopt(handle);
          long[] nodes = words(table.address(), NODE_WORDS * nodeCount);
          long[] buffers = words(buffersAt, BUFFER_WORDS * bufferCount);
          return new ImportedBatch(schema, rowCount, array, nodes, buffers);
        }
        if (scratch.errorStatus() != Status.NEED_TABLE
            || (nodeCount <= nodeCapacity && bufferCount <= bufferCapacity)) {
          throw Status.failure(scratch);
        }
        nodeCapacity = nodeCount;
        bufferCapacity = bufferCount;
      } finally {
        table.close();
      }
    }
  }

  private static long[] words(long address, int count) {
    long[] words = new long[count];
    AddressPointer.buffer(address, Math.multiplyExact(8, count))
        .order(ByteOrder.nativeOrder())
        .asLongBuffer()
        .get(words);
    return words;
  }

  @Override
  public Metadata metadata() {
    return Metadata.EMPTY;
  }

  @Override
  public ColumnData column(int index) {
    ColumnData column = columns[index];
    if (column == null) {
      Cursor cursor = new Cursor();
      cursor.node = starts[2 * index];
      cursor.buffer = starts[2 * index + 1];
      column = cursor.read(schema.fields().get(index));
      columns[index] = column;
    }
    return column;
  }

  @Override
  protected void free() {
    array.release();
  }

  private int[] starts() {
    int[] starts = new int[2 * columns.length];
    Cursor cursor = new Cursor();
    for (int i = 0; i < columns.length; i++) {
      starts[2 * i] = cursor.node;
      starts[2 * i + 1] = cursor.buffer;
      cursor.skip(schema.fields().get(i));
    }
    return starts;
  }

  /** A place in the flat lists: nodes in pre-order, a dictionary's after that of its indices. */
  private final class Cursor {
    int node;
    int buffer;

    void skip(Field field) {
      buffer += (int) nodes[NODE_WORDS * node++ + 3];
      if (field.dictionary() != null) {
        buffer += (int) nodes[NODE_WORDS * node++ + 3];
      }
      field.children().forEach(this::skip);
    }

    ColumnData read(Field field) {
      if (field.dictionary() == null) {
        return readNode(field, field.type());
      }
      int at = NODE_WORDS * node++;
      List<ArrowBuffer> own = buffers((int) nodes[at + 3]);
      ColumnData values =
          readNode(
              new Field(field.name(), true, field.type(), null, field.children(), Metadata.EMPTY),
              field.type());
      return new ColumnData(
          field,
          nodes[at],
          nodes[at + 2],
          nodes[at + 1],
          bitmap(own.get(0)),
          own.subList(1, own.size()),
          List.of(),
          values);
    }

    private ColumnData readNode(Field field, ArrowType type) {
      int at = NODE_WORDS * node++;
      List<ArrowBuffer> own = buffers((int) nodes[at + 3]);
      ArrowBuffer validity = null;
      int from = 0;
      int to = own.size() - (TypeLayout.isView(type) ? 1 : 0);
      if (TypeLayout.hasValidity(type, false)) {
        validity = bitmap(own.get(0));
        from = 1;
      }
      List<ColumnData> children = new ArrayList<>(field.children().size());
      for (Field child : field.children()) {
        children.add(read(child));
      }
      return new ColumnData(
          field,
          nodes[at],
          nodes[at + 2],
          nodes[at + 1],
          validity,
          own.subList(from, to),
          children,
          null);
    }

    private List<ArrowBuffer> buffers(int count) {
      List<ArrowBuffer> list = new ArrayList<>(count);
      for (int i = 0; i < count; i++, buffer++) {
        long size = buffers[BUFFER_WORDS * buffer + 1];
        long address = buffers[BUFFER_WORDS * buffer];
        list.add(
            size == 0
                ? ArrowBuffer.EMPTY
                : new ArrowBuffer(new ImportedRegion(array, address, size), 0, size));
      }
      return list;
    }

    private static @Nullable ArrowBuffer bitmap(ArrowBuffer buffer) {
      return buffer.sizeBytes() == 0 ? null : buffer;
    }
  }
}
