package io.nanoarrow.build;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import java.util.List;

/** Which elements of the child each list of a column has, row by row. */
abstract class ListSlots {
  /** Returns the most elements that all lists have together. */
  abstract long maxElements();

  /** Adds a list that begins behind the one before. */
  abstract void add(long start, long size);

  /** Forgets the rows from {@code rows} on; returns where the elements end then. */
  abstract long truncate(long rows);

  abstract List<ArrowBuffer> finish(Output out);

  abstract void release();

  static ListSlots of(ArrowType type, BuilderMemory memory, String path, long expectedRows) {
    if (type instanceof ArrowType.FixedSizeList fixed) {
      return new Fixed(fixed.listSize());
    } else if (type instanceof ArrowType.ListView || type instanceof ArrowType.LargeListView) {
      return new Views(memory, path, width(type instanceof ArrowType.LargeListView), expectedRows);
    }
    return new Offsets(memory, path, width(type instanceof ArrowType.LargeList), expectedRows);
  }

  private static int width(boolean large) {
    return large ? Long.BYTES : Integer.BYTES;
  }

  private static long maxOf(int widthBytes) {
    return widthBytes == Long.BYTES ? Long.MAX_VALUE : Integer.MAX_VALUE;
  }

  private static final class Offsets extends ListSlots {
    private final Numbers ends;
    private final long maxElements;

    Offsets(BuilderMemory memory, String path, int widthBytes, long expectedRows) {
      ends = new Numbers(memory, path, widthBytes, expectedRows + 1);
      maxElements = maxOf(widthBytes);
    }

    @Override
    long maxElements() {
      return maxElements;
    }

    @Override
    void add(long start, long size) {
      if (ends.isEmpty()) {
        ends.add(0);
      }
      ends.add(start + size);
    }

    @Override
    long truncate(long rows) {
      ends.truncate(rows + 1);
      return ends.isEmpty() ? 0 : ends.get((int) rows);
    }

    @Override
    List<ArrowBuffer> finish(Output out) {
      if (ends.isEmpty()) {
        ends.add(0);
      }
      return List.of(ends.finish(out));
    }

    @Override
    void release() {
      ends.release();
    }
  }

  private static final class Views extends ListSlots {
    private final Numbers starts;
    private final Numbers sizes;
    private final long maxElements;

    Views(BuilderMemory memory, String path, int widthBytes, long expectedRows) {
      starts = new Numbers(memory, path, widthBytes, expectedRows);
      sizes = new Numbers(memory, path, widthBytes, expectedRows);
      maxElements = maxOf(widthBytes);
    }

    @Override
    long maxElements() {
      return maxElements;
    }

    @Override
    void add(long start, long size) {
      sizes.reserveOne();
      starts.add(start);
      sizes.add(size);
    }

    @Override
    long truncate(long rows) {
      starts.truncate(rows);
      sizes.truncate(rows);
      int last = (int) rows - 1;
      return last < 0 ? 0 : starts.get(last) + sizes.get(last);
    }

    @Override
    List<ArrowBuffer> finish(Output out) {
      return List.of(starts.finish(out), sizes.finish(out));
    }

    @Override
    void release() {
      starts.release();
      sizes.release();
    }
  }

  private static final class Fixed extends ListSlots {
    private final int listSize;

    Fixed(int listSize) {
      this.listSize = listSize;
    }

    @Override
    long maxElements() {
      return Long.MAX_VALUE;
    }

    @Override
    void add(long start, long size) {}

    @Override
    long truncate(long rows) {
      return rows * listSize;
    }

    @Override
    List<ArrowBuffer> finish(Output out) {
      return List.of();
    }

    @Override
    void release() {}
  }
}
