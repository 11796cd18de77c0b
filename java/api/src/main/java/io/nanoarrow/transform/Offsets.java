package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;

/** Consecutive offsets of 32 or 64 bits, those appended rebased on what was there before. */
final class Offsets {
  private final ArrayAppender owner;
  private final int width;
  private final GrowingBuffer offsets = new GrowingBuffer();
  private long end;
  private long added;

  Offsets(ArrayAppender owner, int width) {
    this.owner = owner;
    this.width = width;
    reset();
  }

  static long read(ArrowBuffer offsets, long index, int width) {
    return width == Integer.BYTES ? offsets.getInt(index << 2) : offsets.getLong(index << 3);
  }

  /**
   * Appends the offsets of rows and returns where their content begins in the source; it goes up to
   * there plus {@link #added}.
   *
   * @param limit what the source's content has
   */
  long append(ColumnData source, long first, long count, long limit) {
    ArrowBuffer from = owner.buffer(source, 0);
    long start = read(from, first, width);
    long before = start;
    owner.checkRange(start, 0, limit);
    for (long row = first + 1; row <= first + count; row++) {
      long offset = read(from, row, width);
      owner.checkRange(before, offset - before, limit);
      offsets.append(checked(end + (offset - start)), width);
      before = offset;
    }
    added = before - start;
    end += added;
    return start;
  }

  /** Returns the size of the content of the rows appended last. */
  long added() {
    return added;
  }

  private long checked(long offset) {
    if (width == Integer.BYTES && offset > Integer.MAX_VALUE) {
      throw owner.tooMany("more than 32-bit offsets reach");
    }
    return offset;
  }

  /** Appends rows without content. */
  void pad(long count) {
    for (long i = 0; i < count; i++) {
      offsets.append(end, width);
    }
  }

  ArrowBuffer view() {
    return offsets.view();
  }

  void reset() {
    offsets.reset();
    end = 0;
    offsets.append(0, width);
  }
}
