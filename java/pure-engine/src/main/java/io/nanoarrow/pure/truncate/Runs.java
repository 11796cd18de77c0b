package io.nanoarrow.pure.truncate;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;

/** Run-end encoded arrays, cut by logical position. */
final class Runs {
  private Runs() {}

  static void write(Truncator truncator, BodySink out, Rows rows) {
    ArrayPlan endPlan = rows.plan().children[0];
    ColumnData endArray = rows.array().children().get(0);
    Truncator.requireShape(endPlan, endArray);
    long first = 0;
    long runs = 0;
    ArrowBuffer ends = endArray.buffers().get(0);
    Rows endRows = new Rows(endPlan, endArray, 0, endArray.offset(), endArray.length(), null);
    if (rows.count() > 0) {
      ends = endRows.fixed(0, endPlan.width, 0);
      first = find(endRows, ends, rows.from() + 1);
      long last = find(endRows, ends, rows.from() + rows.count());
      if (last < first || last == endArray.length()) {
        throw endRows.invalid(ArrowFormatException.NO_ROW, "run ends before the last row");
      }
      runs = last - first + 1;
      requireRise(endRows, ends, first, runs);
    }
    out.node(runs, 0);
    if (endPlan.hasValidity) {
      out.empty();
    }
    writeEnds(out, rows, endRows, ends, first, runs);
    truncator.write(rows.plan().children[1], rows.array().children().get(1), first, runs);
  }

  private static long get(Rows ends, ArrowBuffer buffer, long run) {
    long at = ends.from() + run;
    return switch (ends.plan().width) {
      case 2 -> buffer.getShort(at * 2);
      case 4 -> buffer.getInt(at * 4);
      default -> buffer.getLong(at * 8);
    };
  }

  /** Returns the first run that ends at {@code end} or later, the number of runs if none does. */
  private static long find(Rows ends, ArrowBuffer buffer, long end) {
    long low = 0;
    long high = ends.count();
    while (low < high) {
      long middle = low + high >>> 1;
      if (get(ends, buffer, middle) < end) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void requireRise(Rows ends, ArrowBuffer buffer, long first, long runs) {
    long before = first == 0 ? 0 : get(ends, buffer, first - 1);
    for (long i = first; i < first + runs; i++) {
      long end = get(ends, buffer, i);
      if (end <= before) {
        throw ends.invalid(i, "a run end that does not rise");
      }
      before = end;
    }
  }

  private static void writeEnds(
      BodySink out, Rows rows, Rows endRows, ArrowBuffer ends, long first, long runs) {
    int width = endRows.plan().width;
    if (runs == 0) {
      out.empty();
      return;
    }
    if (rows.from() == 0 && get(endRows, ends, first + runs - 1) == rows.count()) {
      out.keep(ends, (endRows.from() + first) * width, runs * width);
      return;
    }
    out.begin();
    for (long done = 0; done < runs; ) {
      int n = (int) Math.min(BodySink.MAX_ROOM / width, runs - done);
      ByteBuffer room = out.room(n * width);
      for (long i = first + done; i < first + done + n; i++) {
        long end = Math.min(get(endRows, ends, i) - rows.from(), rows.count());
        if (width == 2) {
          room.putShort((short) end);
        } else {
          Offsets.put(room, end, width);
        }
      }
      done += n;
    }
    out.end();
  }
}
