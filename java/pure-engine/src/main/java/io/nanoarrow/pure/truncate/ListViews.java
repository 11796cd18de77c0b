package io.nanoarrow.pure.truncate;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;

/** Lists that each say where they begin and how long they are. For one array. */
final class ListViews {
  private final Rows rows;
  private final int width;

  /** The first item that rows refer to. */
  private long low = Long.MAX_VALUE;

  /** Behind the last item that rows refer to. */
  private long high;

  /** Whether the rows' own numbers hold for the items that are left. */
  private boolean canKeep = true;

  ListViews(Rows rows, int width) {
    this.rows = rows;
    this.width = width;
  }

  void write(Truncator truncator, BodySink out) {
    ArrayPlan itemPlan = rows.plan().children[0];
    ColumnData items = rows.array().children().get(0);
    if (rows.count() == 0) {
      out.empty();
      out.empty();
      truncator.write(itemPlan, items, 0, 0);
      return;
    }
    ArrowBuffer offsets = rows.fixed(0, width, 0);
    ArrowBuffer sizes = rows.fixed(1, width, 0);
    findRange(offsets, sizes, items.length());
    if (canKeep) {
      out.keep(offsets, rows.from() * width, rows.count() * width);
      out.keep(sizes, rows.from() * width, rows.count() * width);
    } else {
      rewrite(out, offsets, sizes, true);
      rewrite(out, offsets, sizes, false);
    }
    truncator.write(itemPlan, items, low, high - low);
  }

  private void findRange(ArrowBuffer offsets, ArrowBuffer sizes, long itemCount) {
    long highest = 0;
    for (long i = 0; i < rows.count(); i++) {
      long offset = Offsets.get(offsets, rows.from() + i, width);
      long size = Offsets.get(sizes, rows.from() + i, width);
      boolean isInside =
          offset >= 0 && size >= 0 && size <= itemCount && offset <= itemCount - size;
      boolean isValid = rows.isValid(i);
      if (isValid && !isInside) {
        throw rows.invalid(i, "a list outside the values");
      }
      canKeep &= isInside;
      highest = Math.max(highest, offset + size);
      if (isValid && size > 0) {
        low = Math.min(low, offset);
        high = Math.max(high, offset + size);
      }
    }
    low = Math.min(low, high);
    canKeep &= low == 0 && highest <= high;
  }

  /** Writes the numbers anew; lists without items, and nulls, begin at 0. */
  private void rewrite(BodySink out, ArrowBuffer offsets, ArrowBuffer sizes, boolean areOffsets) {
    out.begin();
    for (long done = 0; done < rows.count(); ) {
      int n = (int) Math.min(BodySink.MAX_ROOM / width, rows.count() - done);
      ByteBuffer room = out.room(n * width);
      for (long i = done; i < done + n; i++) {
        long size = rows.isValid(i) ? Offsets.get(sizes, rows.from() + i, width) : 0;
        long offset = size == 0 ? 0 : Offsets.get(offsets, rows.from() + i, width) - low;
        Offsets.put(room, areOffsets ? offset : size, width);
      }
      done += n;
    }
    out.end();
  }
}
