package io.nanoarrow.pure.truncate;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Unions of both kinds; a null of metadata V4 says nothing about a child. */
final class Unions {
  private static final int OFFSET_SIZE = 4;

  private Unions() {}

  static void writeSparse(Truncator truncator, BodySink out, Rows rows) {
    if (rows.count() > 0) {
      ArrowBuffer typeIds = rows.fixed(0, 1, 0);
      for (long i = 0; i < rows.count(); i++) {
        child(rows, typeIds, i);
      }
      out.keep(typeIds, rows.from(), rows.count());
    } else {
      out.empty();
    }
    for (int i = 0; i < rows.plan().children.length; i++) {
      truncator.write(
          rows.plan().children[i], rows.array().children().get(i), rows.from(), rows.count());
    }
  }

  static void writeDense(Truncator truncator, BodySink out, Rows rows) {
    ArrayPlan[] plans = rows.plan().children;
    long[] low = new long[plans.length];
    long[] end = new long[plans.length];
    if (rows.count() > 0) {
      ArrowBuffer typeIds = rows.fixed(0, 1, 0);
      ArrowBuffer offsets = rows.fixed(1, OFFSET_SIZE, 0);
      findRanges(rows, typeIds, offsets, low, end);
      out.keep(typeIds, rows.from(), rows.count());
      if (rows.validity() == null && Arrays.stream(low).allMatch(i -> i == 0)) {
        out.keep(offsets, rows.from() * OFFSET_SIZE, rows.count() * OFFSET_SIZE);
      } else {
        rewrite(out, rows, typeIds, offsets, low);
      }
    } else {
      out.empty();
      out.empty();
    }
    for (int i = 0; i < plans.length; i++) {
      truncator.write(plans[i], rows.array().children().get(i), low[i], end[i] - low[i]);
    }
  }

  /** Returns the child of row {@code index}, -1 for a null. */
  private static int child(Rows rows, ArrowBuffer typeIds, long index) {
    int typeId = typeIds.getByte(rows.from() + index);
    int child = typeId < 0 ? -1 : rows.plan().childOfTypeId[typeId];
    if (!rows.isValid(index)) {
      return -1;
    } else if (child < 0) {
      throw rows.invalid(index, "a type id that the union does not have");
    }
    return child;
  }

  /** Finds the rows of each child that are referred to: from low to end, none where both are 0. */
  private static void findRanges(
      Rows rows, ArrowBuffer typeIds, ArrowBuffer offsets, long[] low, long[] end) {
    List<ColumnData> children = rows.array().children();
    long[] lengths = children.stream().mapToLong(ColumnData::length).toArray();
    for (long i = 0; i < rows.count(); i++) {
      int child = child(rows, typeIds, i);
      if (child < 0) {
        continue;
      }
      int offset = offsets.getInt((rows.from() + i) * OFFSET_SIZE);
      if (offset < 0 || offset >= lengths[child]) {
        throw rows.invalid(i, "an offset beyond the child of its type");
      }
      low[child] = end[child] == 0 ? offset : Math.min(low[child], offset);
      end[child] = Math.max(end[child], offset + 1L);
    }
  }

  private static void rewrite(
      BodySink out, Rows rows, ArrowBuffer typeIds, ArrowBuffer offsets, long[] low) {
    out.begin();
    for (long done = 0; done < rows.count(); ) {
      int n = (int) Math.min(BodySink.MAX_ROOM / OFFSET_SIZE, rows.count() - done);
      ByteBuffer room = out.room(n * OFFSET_SIZE);
      for (long i = done; i < done + n; i++) {
        int child = child(rows, typeIds, i);
        int offset = offsets.getInt((rows.from() + i) * OFFSET_SIZE);
        room.putInt(child < 0 ? 0 : (int) (offset - low[child]));
      }
      done += n;
    }
    out.end();
  }
}
