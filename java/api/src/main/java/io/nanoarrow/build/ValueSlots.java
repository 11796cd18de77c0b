package io.nanoarrow.build;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the values of a column lie in its data, row by row. */
abstract class ValueSlots {
  /**
   * Adds a value.
   *
   * @param data the value's bytes lie at {@code start}, room for {@link Utf8Text#SLACK} more behind
   *     them
   * @return where the data ends with this value
   */
  abstract int add(ByteBuffer data, int start, int size);

  /**
   * Returns the offsets, to which values may be added before their bytes lie in the data; a 0 must
   * be there before the first. Null for views, which hold bytes of their values.
   */
  abstract @Nullable Numbers ends();

  /** Forgets the rows from {@code rows} on; returns where the data ends then. */
  abstract int truncate(long rows, int dataEnd);

  /**
   * Finishes the slots.
   *
   * @param data the finished data buffer
   * @return the buffers of the array
   */
  abstract List<ArrowBuffer> finish(ArrowBuffer data, Output out);

  abstract void release();

  /** Offsets: each value ends where the next begins. */
  static final class InOffsets extends ValueSlots {
    private final Numbers ends;

    InOffsets(BuilderMemory memory, String path, int widthBytes, long expectedRows) {
      ends = new Numbers(memory, path, widthBytes, expectedRows + 1);
    }

    @Override
    int add(ByteBuffer data, int start, int size) {
      if (ends.isEmpty()) {
        ends.add(0);
      }
      int end = start + size;
      ends.add(end);
      return end;
    }

    @Override
    Numbers ends() {
      return ends;
    }

    @Override
    int truncate(long rows, int dataEnd) {
      ends.truncate(rows + 1);
      return ends.isEmpty() ? 0 : (int) ends.get((int) rows);
    }

    @Override
    List<ArrowBuffer> finish(ArrowBuffer data, Output out) {
      if (ends.isEmpty()) {
        ends.add(0);
      }
      return List.of(ends.finish(out), data);
    }

    @Override
    void release() {
      ends.release();
    }
  }

  /** Views: short values lie in the view, others in the one data buffer. */
  static final class InViews extends ValueSlots {
    private static final int WIDTH_BYTES = 16;
    private static final int INLINE_MAX = 12;

    private final Store store;
    private ByteBuffer views;
    private int end;

    InViews(BuilderMemory memory, String path, long expectedRows) {
      store = new Store(memory, path, expectedRows * WIDTH_BYTES);
      views = store.bytes();
    }

    @Override
    int add(ByteBuffer data, int start, int size) {
      int at = end;
      if (at > views.capacity() - WIDTH_BYTES) {
        views = store.grow(at, (long) at + WIDTH_BYTES);
      }
      end = at + WIDTH_BYTES;
      views.putInt(at, size);
      if (size > INLINE_MAX) {
        views.putInt(at + 4, data.getInt(start));
        views.putInt(at + 8, 0);
        views.putInt(at + 12, start);
        return start + size;
      }
      long low = size == 0 ? 0 : data.getLong(start) & -1L >>> Long.SIZE - 8 * Math.min(size, 8);
      int high = size <= 8 ? 0 : data.getInt(start + 8) & -1 >>> Integer.SIZE - 8 * (size - 8);
      views.putLong(at + 4, low);
      views.putInt(at + 12, high);
      return start;
    }

    @Override
    @Nullable Numbers ends() {
      return null;
    }

    @Override
    int truncate(long rows, int dataEnd) {
      end = (int) Math.min(end, rows * WIDTH_BYTES);
      return dataEnd;
    }

    @Override
    List<ArrowBuffer> finish(ArrowBuffer data, Output out) {
      ArrowBuffer finished = store.finish(end, out);
      if (!out.isSharing()) {
        end = 0;
      }
      views = store.bytes();
      return data.sizeBytes() == 0 ? List.of(finished) : List.of(finished, data);
    }

    @Override
    void release() {
      store.release();
      end = 0;
      views = store.bytes();
    }
  }
}
