package io.nanoarrow.pure.truncate;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;

/** Arrays with one more offset than rows: binary and text, lists, maps. */
final class Offsets {
  private Offsets() {}

  static void writeBinary(BodySink out, Rows rows, int width) {
    ArrowBuffer data = rows.array().buffers().get(1);
    if (rows.count() == 0) {
      writeZero(out, width);
      out.empty();
      return;
    }
    ArrowBuffer offsets = rows.fixed(0, width, 1);
    long first = first(rows, offsets, width);
    long last = last(rows, offsets, width, first, data.sizeBytes());
    write(out, rows, offsets, width, first);
    out.keep(data, first, last - first);
  }

  static void writeList(Truncator truncator, BodySink out, Rows rows, int width) {
    ArrayPlan itemPlan = rows.plan().children[0];
    ColumnData items = rows.array().children().get(0);
    if (rows.count() == 0) {
      writeZero(out, width);
      truncator.write(itemPlan, items, 0, 0);
      return;
    }
    ArrowBuffer offsets = rows.fixed(0, width, 1);
    long first = first(rows, offsets, width);
    long last = last(rows, offsets, width, first, items.length());
    write(out, rows, offsets, width, first);
    truncator.write(itemPlan, items, first, last - first);
  }

  static long get(ArrowBuffer buffer, long index, int width) {
    return width == 4 ? buffer.getInt(index * 4) : buffer.getLong(index * 8);
  }

  /** Writes the one offset of no rows. */
  private static void writeZero(BodySink out, int width) {
    out.begin();
    ByteBuffer room = out.room(width);
    for (int i = 0; i < width; i++) {
      room.put((byte) 0);
    }
    out.end();
  }

  private static long first(Rows rows, ArrowBuffer offsets, int width) {
    long first = get(offsets, rows.from(), width);
    if (first < 0) {
      throw rows.invalid(0, "a negative offset");
    }
    return first;
  }

  private static long last(Rows rows, ArrowBuffer offsets, int width, long first, long limit) {
    long last = get(offsets, rows.from() + rows.count(), width);
    if (last < first) {
      throw rows.invalid(rows.count() - 1, "offsets that fall");
    } else if (last > limit) {
      throw rows.invalid(rows.count() - 1, "an offset beyond the values");
    }
    return last;
  }

  /** Writes the offsets counted from the first one. */
  private static void write(BodySink out, Rows rows, ArrowBuffer offsets, int width, long first) {
    long count = rows.count() + 1;
    if (first == 0) {
      out.keep(offsets, rows.from() * width, count * width);
      return;
    }
    out.begin();
    long before = first;
    for (long done = 0; done < count; ) {
      int n = (int) Math.min(BodySink.MAX_ROOM / width, count - done);
      ByteBuffer room = out.room(n * width);
      long at = rows.from() + done;
      for (int i = 0; i < n; i++) {
        long offset = get(offsets, at + i, width);
        if (offset < before) {
          throw rows.invalid(done + i - 1, "offsets that fall");
        }
        before = offset;
        put(room, offset - first, width);
      }
      done += n;
    }
    out.end();
  }

  static void put(ByteBuffer room, long value, int width) {
    if (width == 4) {
      room.putInt((int) value);
    } else {
      room.putLong(value);
    }
  }
}
