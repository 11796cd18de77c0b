package io.nanoarrow.column;

import io.nanoarrow.memory.ArrowBuffer;

/**
 * Where the bytes or elements of each value lie in what follows a row of values: the data buffer or
 * the child. A slot is a row plus the column's offset, checked by the caller; what a slot says is
 * checked here against the limit, every time.
 */
abstract class Ranges {
  final Column column;
  final long limit;

  /**
   * Ranges of a column.
   *
   * @param limit bytes of data or elements of the child
   */
  Ranges(Column column, long limit) {
    this.column = column;
    this.limit = limit;
  }

  /** Returns where the value begins, without a check. */
  abstract long start(long slot);

  /** Returns the size of the value; start and size are then within the limit. */
  abstract long size(long slot);

  final long checked(long start, long end) {
    if (start < 0 || end < start || end > limit) {
      throw bad(start, end);
    }
    return end - start;
  }

  final long checkedView(long start, long size) {
    if (start < 0 || size < 0 || start > limit - size) {
      throw column.invalid(
          "a view of " + size + " from " + start + " on leaves the " + limit + " there are");
    }
    return size;
  }

  private RuntimeException bad(long start, long end) {
    return column.invalid(
        "offsets " + start + " to " + end + " are not a range within the " + limit + " there are");
  }

  /** Consecutive 32-bit offsets. */
  static final class Offsets32 extends Ranges {
    private final ArrowBuffer offsets;

    Offsets32(Column column, long limit) {
      super(column, limit);
      offsets = column.buffer(0, Integer.BYTES, 1);
    }

    @Override
    long start(long slot) {
      return offsets.getInt(slot << 2);
    }

    @Override
    long size(long slot) {
      long at = slot << 2;
      return checked(offsets.getInt(at), offsets.getInt(at + Integer.BYTES));
    }
  }

  /** Consecutive 64-bit offsets. */
  static final class Offsets64 extends Ranges {
    private final ArrowBuffer offsets;

    Offsets64(Column column, long limit) {
      super(column, limit);
      offsets = column.buffer(0, Long.BYTES, 1);
    }

    @Override
    long start(long slot) {
      return offsets.getLong(slot << 3);
    }

    @Override
    long size(long slot) {
      long at = slot << 3;
      return checked(offsets.getLong(at), offsets.getLong(at + Long.BYTES));
    }
  }

  /** 32-bit offsets and sizes, in any order. */
  static final class Views32 extends Ranges {
    private final ArrowBuffer offsets;
    private final ArrowBuffer sizes;

    Views32(Column column, long limit) {
      super(column, limit);
      offsets = column.buffer(0, Integer.BYTES, 0);
      sizes = column.buffer(1, Integer.BYTES, 0);
    }

    @Override
    long start(long slot) {
      return offsets.getInt(slot << 2);
    }

    @Override
    long size(long slot) {
      return checkedView(offsets.getInt(slot << 2), sizes.getInt(slot << 2));
    }
  }

  /** 64-bit offsets and sizes, in any order. */
  static final class Views64 extends Ranges {
    private final ArrowBuffer offsets;
    private final ArrowBuffer sizes;

    Views64(Column column, long limit) {
      super(column, limit);
      offsets = column.buffer(0, Long.BYTES, 0);
      sizes = column.buffer(1, Long.BYTES, 0);
    }

    @Override
    long start(long slot) {
      return offsets.getLong(slot << 3);
    }

    @Override
    long size(long slot) {
      return checkedView(offsets.getLong(slot << 3), sizes.getLong(slot << 3));
    }
  }

  /** Values of one size. */
  static final class Fixed extends Ranges {
    private final long size;

    Fixed(Column column, long limit, long size) {
      super(column, limit);
      this.size = size;
      if (size > 0 && column.length > 0 && limit / size < column.offset + column.length) {
        throw column.invalid("values of size " + size + " do not fit into " + limit);
      }
    }

    @Override
    long start(long slot) {
      return slot * size;
    }

    @Override
    long size(long slot) {
      return size;
    }
  }
}
