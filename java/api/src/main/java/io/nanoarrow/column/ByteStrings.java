package io.nanoarrow.column;

import io.nanoarrow.memory.ArrowBuffer;

/** Where the bytes of each value lie, whatever the layout. Slots as in {@link Ranges}. */
abstract class ByteStrings {
  /** Returns the size of the value; start and size are then within the buffer. */
  abstract long size(long slot);

  /** Returns the buffer that the value lies in; after {@link #size} has checked it. */
  abstract ArrowBuffer buffer(long slot);

  /** Returns where in the buffer the value begins; after {@link #size} has checked it. */
  abstract long start(long slot);

  /** All values in one data buffer. */
  static final class InOneBuffer extends ByteStrings {
    private final Ranges ranges;
    private final ArrowBuffer bytes;

    InOneBuffer(Ranges ranges, ArrowBuffer bytes) {
      this.ranges = ranges;
      this.bytes = bytes;
    }

    @Override
    long size(long slot) {
      return ranges.size(slot);
    }

    @Override
    ArrowBuffer buffer(long slot) {
      return bytes;
    }

    @Override
    long start(long slot) {
      return ranges.start(slot);
    }
  }

  /** Views: short values inline, others in one of several buffers. */
  static final class InViews extends ByteStrings {
    private static final int INLINE_MAX = 12;
    private static final int BUFFER_AT = 8;
    private static final int START_AT = 12;

    private final Column column;
    private final ArrowBuffer views;
    private final ArrowBuffer[] buffers;

    InViews(Column column) {
      this.column = column;
      views = column.buffer(0, 16, 0);
      buffers = column.data.buffers().toArray(ArrowBuffer[]::new);
    }

    @Override
    long size(long slot) {
      long at = slot << 4;
      int size = views.getInt(at);
      if (size < 0) {
        throw column.invalid("a view has the size " + size);
      }
      if (size > INLINE_MAX) {
        check(size, views.getInt(at + BUFFER_AT), views.getInt(at + START_AT));
      }
      return size;
    }

    private void check(int size, int buffer, int start) {
      if (buffer < 0 || buffer >= buffers.length - 1) {
        throw column.invalid("a view names data buffer " + buffer + " of " + (buffers.length - 1));
      }
      long limit = buffers[buffer + 1].sizeBytes();
      if (start < 0 || start > limit - size) {
        throw column.invalid(
            "a view of " + size + " bytes from " + start + " on leaves its buffer of " + limit);
      }
    }

    @Override
    ArrowBuffer buffer(long slot) {
      long at = slot << 4;
      return views.getInt(at) <= INLINE_MAX ? views : buffers[views.getInt(at + BUFFER_AT) + 1];
    }

    @Override
    long start(long slot) {
      long at = slot << 4;
      return views.getInt(at) <= INLINE_MAX ? at + Integer.BYTES : views.getInt(at + START_AT);
    }
  }
}
