package io.nanoarrow.crosscheck.json;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import java.util.List;

/** Cuts run-end encoded arrays to their rows. */
final class RunSlices {
  private RunSlices() {}

  /** Returns an array of the same rows that begins at its first run. */
  static ColumnData cut(ColumnData data) {
    ColumnData ends = data.children().get(0);
    int bits = ((ArrowType.Int) ends.field().type()).bitWidth();
    long first = 0;
    while (first < ends.length() && end(ends, bits, first) <= data.offset()) {
      first++;
    }
    Growing cut = new Growing();
    long runs = 0;
    for (long end = 0; end < data.length(); runs++) {
      end = Math.min(end(ends, bits, first + runs) - data.offset(), data.length());
      switch (bits) {
        case Short.SIZE -> cut.addShort((int) end);
        case Integer.SIZE -> cut.addInt((int) end);
        default -> cut.addLong(end);
      }
    }
    ColumnData cutEnds =
        new ColumnData(ends.field(), runs, 0, 0, null, List.of(cut.toBuffer()), List.of(), null);
    ColumnData values = data.children().get(1).slice(first, runs);
    return new ColumnData(
        data.field(), data.length(), 0, 0, null, List.of(), List.of(cutEnds, values), null);
  }

  private static long end(ColumnData ends, int bits, long run) {
    ArrowBuffer buffer = ends.buffers().get(0);
    long at = ends.offset() + run;
    return switch (bits) {
      case Short.SIZE -> buffer.getShort(at * Short.BYTES);
      case Integer.SIZE -> buffer.getInt(at * Integer.BYTES);
      default -> buffer.getLong(at * Long.BYTES);
    };
  }
}
