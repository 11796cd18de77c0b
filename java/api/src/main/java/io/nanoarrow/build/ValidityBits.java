package io.nanoarrow.build;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The validity bitmap of a column, made with its first null. Valid rows cost nothing until the next
 * null, or the end, writes their bits.
 */
final class ValidityBits {
  private final Store store;
  private ByteBuffer bits;

  /** Rows whose bits are written; those of the last byte behind them are 0. */
  private long written;

  private long nullCount;

  ValidityBits(BuilderMemory memory, String path, long expectedRows) {
    store = new Store(memory, path, expectedRows >> 3);
    bits = store.bytes();
  }

  long nullCount() {
    return nullCount;
  }

  boolean isNull(long row) {
    return row < written && (bits.get((int) (row >> 3)) >> (row & 7) & 1) == 0;
  }

  /** Makes a row null; rows from the last null up to it are valid. */
  void addNull(long row) {
    long first = written;
    int index = (int) (row >> 3);
    if ((first & 7) != 0 && first >> 3 == index) {
      int valid = -1 << (first & 7) & ones(row & 7);
      bits.put(index, (byte) (bits.get(index) | valid));
    } else {
      reserve(row + 1);
      writeOnes(row);
      if ((row & 7) == 0) {
        bits.put(index, (byte) 0);
      }
    }
    written = row + 1;
    nullCount++;
  }

  /** Makes those of {@code count} rows from {@code row} on null that are not valid. */
  void add(long row, boolean[] valid, int from, int count) {
    for (int i = 0; i < count; i++) {
      if (!valid[from + i]) {
        addNull(row + i);
      }
    }
  }

  private void reserve(long rows) {
    long neededBytes = (rows + 7) >> 3;
    if (neededBytes > bits.capacity()) {
      bits = store.grow((int) ((written + 7) >> 3), neededBytes);
    }
  }

  private void writeOnes(long end) {
    long at = written;
    if ((at & 7) != 0 && at < end) {
      int index = (int) (at >> 3);
      long stop = Math.min(end, (at | 7) + 1);
      bits.put(index, (byte) (bits.get(index) | ones(stop - (at & ~7L)) & -1 << (at & 7)));
      at = stop;
    }
    for (; end - at >= Long.SIZE; at += Long.SIZE) {
      bits.putLong((int) (at >> 3), -1L);
    }
    for (; at < end; at += Byte.SIZE) {
      bits.put((int) (at >> 3), (byte) ones(Math.min(end - at, Byte.SIZE)));
    }
  }

  private static int ones(long count) {
    return (1 << count) - 1;
  }

  /** Returns the bitmap of the rows, null when all are valid. */
  @Nullable ArrowBuffer finish(long rows, Output out) {
    ArrowBuffer result = null;
    if (nullCount > 0) {
      reserve(rows);
      writeOnes(rows);
      written = rows;
      result = store.finish((rows + 7) >> 3, out);
    }
    if (!out.isSharing()) {
      clear();
    }
    return result;
  }

  /** Forgets the rows from {@code rows} on. */
  void truncate(long rows) {
    if (rows >= written) {
      return;
    }
    for (long row = rows; row < written; row++) {
      nullCount -= isNull(row) ? 1 : 0;
    }
    written = rows;
    if ((rows & 7) != 0) {
      int index = (int) (rows >> 3);
      bits.put(index, (byte) (bits.get(index) & ones(rows & 7)));
    }
  }

  void clear() {
    written = 0;
    nullCount = 0;
    bits = store.bytes();
  }

  void release() {
    store.release();
    clear();
  }
}
