package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a column of byte strings: text or bytes, in any layout.
 *
 * <p>Short values are collected in an array and moved to off-heap memory together: a copy of a few
 * bytes there costs more than it moves.
 */
public abstract sealed class BytesBuilder extends ColumnBuilder permits Utf8Builder, BinaryBuilder {
  /** The values; what {@link #room} returned and behind it may be written. */
  ByteBuffer bytes;

  private static final int STAGE_BYTES = 2048;
  private static final byte[] NO_STAGE = {};
  private static final int NOT_STAGING = -1;

  private final Store store;
  private final ValueSlots slots;

  /** The offsets, null for views. */
  private final @Nullable Numbers ends;

  private int capacity;

  /** Where the values end, staged ones among them. */
  private int end;

  /** The values from {@link #stageStart} on. */
  private byte[] stage = NO_STAGE;

  private int stageStart;

  /** How far values may be staged: there is room for them in {@link #bytes}, too. */
  private int stageLimit = NOT_STAGING;

  BytesBuilder(Field field, String path, BuilderMemory memory, long expectedRows) {
    super(field, path, memory, expectedRows);
    store = new Store(memory, path, 0);
    slots = slots(field.type(), path, memory, expectedRows);
    ends = slots.ends();
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

  /**
   * Makes room in {@link #stage} for a value of {@code size} bytes.
   *
   * @return where to write it before {@link #commitStaged}, or -1 when it must go to {@link #room}
   */
  final int stage(int size) {
    return size <= stageLimit - end || prepareStage(size) ? end - stageStart : -1;
  }

  private boolean prepareStage(int size) {
    if (size > STAGE_BYTES || ends == null) {
      return false;
    }
    room(size);
    if (ends.isEmpty()) {
      ends.add(0);
    }
    if (stage.length == 0) {
      stage = new byte[STAGE_BYTES];
    }
    stageStart = end;
    stageLimit = end + Math.min(STAGE_BYTES, capacity - end);
    return true;
  }

  /** Returns the array that {@link #stage(int)} is a place in. */
  final byte[] stage() {
    return stage;
  }

  /** Appends a row whose bytes have been written where {@link #stage(int)} said. */
  final void commitStaged(int size) {
    int newEnd = end + size;
    ends.add(newEnd);
    end = newEnd;
    length++;
  }

  private void flush() {
    if (stageLimit != NOT_STAGING) {
      bytes.put(stageStart, stage, 0, end - stageStart);
      stageLimit = NOT_STAGING;
    }
  }

  /** Makes room for {@code size} bytes and some slack; returns where. */
  final int room(long size) {
    flush();
    long needed = size + Utf8Text.SLACK;
    if (needed > capacity - end) {
      bytes = store.grow(end, end + needed);
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
    if (stage(0) >= 0) {
      commitStaged(0);
    } else {
      room(0);
      commit(0);
    }
  }

  @Override
  final void truncate(long rows) {
    if (rows < length) {
      flush();
      end = slots.truncate(rows, end);
      length = rows;
      validity.truncate(rows);
    }
  }

  @Override
  final ColumnData finish(Output out) {
    flush();
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
    stageLimit = NOT_STAGING;
    store.release();
    slots.release();
    validity.release();
    adopt();
  }
}
