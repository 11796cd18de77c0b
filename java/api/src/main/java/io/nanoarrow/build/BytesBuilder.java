package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.List;

/** Builds a column of byte strings: text or bytes, in any layout. */
public abstract sealed class BytesBuilder extends ColumnBuilder permits Utf8Builder, BinaryBuilder {
  /** The values; what {@link #room} returned and behind it may be written. */
  ByteBuffer bytes;

  private final Store store;
  private final ValueSlots slots;
  private int capacity;
  private int end;

  BytesBuilder(Field field, String path, BuilderMemory memory, long expectedRows) {
    super(field, path, memory, expectedRows);
    store = new Store(memory, path, 0);
    slots = slots(field.type(), path, memory, expectedRows);
    bytes = store.bytes();
  }

  private static ValueSlots slots(
      ArrowType type, String path, BuilderMemory memory, long expectedRows) {
    if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
      return new ValueSlots.InViews(memory, path, expectedRows);
    }
    boolean large = type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary;
    return new ValueSlots.InOffsets(memory, path, large ? Long.BYTES : Integer.BYTES, expectedRows);
  }

  /** Makes room for {@code size} bytes and some slack; returns where. */
  final int room(long size) {
    return room(0, size);
  }

  /** As {@link #room(long)}, keeping {@code written} bytes of the value. */
  final int room(int written, long size) {
    long needed = size + Utf8Text.SLACK;
    if (needed > capacity - end) {
      bytes = store.grow(end + written, end + needed);
      capacity = bytes.capacity();
    }
    return end;
  }

  /** Appends a row whose bytes have been written where {@link #room} said. */
  final void commit(int size) {
    end = slots.add(bytes, end, size);
    length++;
  }

  @Override
  final void putNull() {
    putDefault();
    validity.addNull(length - 1);
  }

  @Override
  final void putDefault() {
    room(0);
    commit(0);
  }

  @Override
  final void truncate(long rows) {
    if (rows < length) {
      end = slots.truncate(rows, end);
      length = rows;
      validity.truncate(rows);
    }
  }

  @Override
  final ColumnData finish(Output out) {
    ArrowBuffer data = store.finish(end, out);
    if (!out.isSharing()) {
      end = 0;
    }
    adopt();
    return array(out, slots.finish(data, out), List.of(), null);
  }

  private void adopt() {
    bytes = store.bytes();
    capacity = bytes.capacity();
  }

  @Override
  final void release() {
    length = 0;
    end = 0;
    store.release();
    slots.release();
    validity.release();
    adopt();
  }
}
