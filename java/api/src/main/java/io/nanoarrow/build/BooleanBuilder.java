package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds a column of booleans. */
public final class BooleanBuilder extends ColumnBuilder {
  private final Store store;
  private ByteBuffer bits;
  private int capacity;

  BooleanBuilder(Field field, String path, BuilderMemory memory, long expectedRows) {
    super(field, path, memory, expectedRows);
    store = new Store(memory, path, expectedRows >> 3);
    bits = store.bytes();
  }

  /** Appends a value. */
  public void append(boolean value) {
    long row = length;
    int at = (int) (row >> 3);
    int bit = value ? 1 << (row & 7) : 0;
    if ((row & 7) != 0) {
      bits.put(at, (byte) (bits.get(at) | bit));
    } else {
      if (at >= capacity) {
        grow(at);
      }
      bits.put(at, (byte) bit);
    }
    length = row + 1;
  }

  /** Appends all values. */
  public void appendAll(boolean[] values) {
    appendAll(values, 0, values.length, null);
  }

  /**
   * Appends {@code count} values from {@code from} on.
   *
   * @param valid false, at the value's place, makes a row null; null when all are valid
   */
  public void appendAll(boolean[] values, int from, int count, boolean @Nullable [] valid) {
    checkBulk(values.length, from, count, valid);
    for (int i = from; i < from + count; i++) {
      if (valid == null || valid[i]) {
        append(values[i]);
      } else {
        putNull();
      }
    }
  }

  private void grow(int used) {
    bits = store.grow(used, used + 1L);
    capacity = bits.capacity();
  }

  @Override
  Class<?> objectClass() {
    return Boolean.class;
  }

  @Override
  void putObject(Object value) {
    if (!(value instanceof Boolean bool)) {
      throw badClass(value);
    }
    append(bool);
  }

  @Override
  void putNull() {
    append(false);
    validity.addNull(length - 1);
  }

  @Override
  void putDefault() {
    append(false);
  }

  @Override
  void truncate(long rows) {
    if (rows >= length) {
      return;
    }
    if ((rows & 7) != 0) {
      int at = (int) (rows >> 3);
      bits.put(at, (byte) (bits.get(at) & (1 << (rows & 7)) - 1));
    }
    length = rows;
    validity.truncate(rows);
  }

  @Override
  ColumnData finish(Output out) {
    ArrowBuffer values = store.finish((length + 7) >> 3, out);
    adopt();
    return array(out, List.of(values), List.of(), null);
  }

  private void adopt() {
    bits = store.bytes();
    capacity = bits.capacity();
  }

  @Override
  void release() {
    length = 0;
    store.release();
    validity.release();
    adopt();
  }
}
