package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a column whose values all have the same number of bytes. */
abstract sealed class FixedWidthBuilder extends ColumnBuilder
    permits IntegerBuilder,
        FloatingPointBuilder,
        DecimalBuilder,
        TemporalBuilder,
        IntervalBuilder,
        FixedSizeBinaryBuilder {
  final int widthBytes;

  /** Where values go, at what {@link #next} and {@link #reserve} return. */
  ByteBuffer bytes;

  private final Store store;
  private int capacity;

  FixedWidthBuilder(
      Field field, String path, BuilderMemory memory, long expectedRows, int widthBytes) {
    super(field, path, memory, expectedRows);
    this.widthBytes = widthBytes;
    store = new Store(memory, path, expectedRows * widthBytes);
    bytes = store.bytes();
  }

  /**
   * Appends a row whose bytes the caller writes at once.
   *
   * @param width {@link #widthBytes}; a constant is quicker
   * @return where in {@link #bytes}
   */
  final int next(int width) {
    long row = length;
    int at = (int) row * width;
    if (at > capacity - width) {
      grow(width);
    }
    length = row + 1;
    return at;
  }

  /** Makes room for rows that {@link #commit} appends; returns where in {@link #bytes}. */
  final int reserve(int count) {
    long size = (long) count * widthBytes;
    if (size > capacity - end()) {
      grow(size);
    }
    return end();
  }

  /** Appends the rows written where {@link #reserve} said. */
  final void commit(int count, boolean @Nullable [] valid, int from) {
    if (valid != null) {
      validity.add(length, valid, from, count);
    }
    length += count;
  }

  private int end() {
    return (int) length * widthBytes;
  }

  private void grow(long size) {
    bytes = store.grow(end(), end() + size);
    capacity = bytes.capacity();
  }

  @Override
  final void putNull() {
    putDefault();
    validity.addNull(length - 1);
  }

  /** Appends zeros. */
  @Override
  void putDefault() {
    int width = widthBytes;
    int at = next(width);
    if (width == Integer.BYTES) {
      bytes.putInt(at, 0);
    } else {
      putZeros(at, width);
    }
  }

  private void putZeros(int at, int width) {
    int i = 0;
    for (; i <= width - Long.BYTES; i += Long.BYTES) {
      bytes.putLong(at + i, 0);
    }
    for (; i < width; i++) {
      bytes.put(at + i, (byte) 0);
    }
  }

  @Override
  final void truncate(long rows) {
    if (rows < length) {
      length = rows;
      validity.truncate(rows);
    }
  }

  @Override
  final ColumnData finish(Output out) {
    ArrowBuffer values = store.finish(end(), out);
    adopt();
    return array(out, List.of(values), List.of(), null);
  }

  private void adopt() {
    bytes = store.bytes();
    capacity = bytes.capacity();
  }

  @Override
  final void release() {
    length = 0;
    store.release();
    validity.release();
    adopt();
  }
}
