package io.nanoarrow.pure.dictionary;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Joins run-end encoded arrays: the runs of the parts follow each other, their ends added up. */
final class RunJoin {
  private final List<ColumnData> parts;
  private final Field endField;
  private final int width;

  RunJoin(List<ColumnData> parts) {
    this.parts = parts;
    this.endField = parts.get(0).field().children().get(0);
    this.width = ((ArrowType.Int) endField.type()).bitWidth() / 8;
  }

  ColumnData join(ArrayMade array) {
    List<Long> ends = new ArrayList<>();
    List<ColumnData> values = new ArrayList<>();
    long base = 0;
    for (ColumnData part : parts) {
      values.add(append(part, base, ends));
      base += part.length();
    }
    ByteBuffer bytes = Joins.little(Joins.allocate(Joins.bytes(ends.size(), width)));
    for (long end : ends) {
      put(bytes, end);
    }
    ColumnData joinedEnds =
        new ColumnData(
            endField,
            ends.size(),
            0,
            0,
            null,
            List.of(ArrowBuffer.wrap(bytes.array())),
            List.of(),
            null);
    Field valueField = parts.get(0).field().children().get(1);
    return array.of(List.of(), List.of(joinedEnds, Concatenation.of(valueField, values)));
  }

  /** Appends the ends of the runs that a part uses and returns their values. */
  private ColumnData append(ColumnData part, long base, List<Long> ends) {
    ColumnData runs = part.children().get(0);
    long stop = part.offset() + part.length();
    long run = 0;
    while (run < runs.length() && end(runs, run) <= part.offset()) {
      run++;
    }
    long first = run;
    long before = part.offset();
    while (before < stop) {
      long end = run < runs.length() ? end(runs, run) : -1;
      if (end <= before) {
        throw Joins.invalid("run ends that do not grow or do not reach the last row", part);
      }
      before = Math.min(end, stop);
      ends.add(before - part.offset() + base);
      run++;
    }
    return part.children().get(1).slice(first, run - first);
  }

  private long end(ColumnData runs, long run) {
    ArrowBuffer ends = runs.buffers().get(0);
    long at = (runs.offset() + run) * width;
    return switch (width) {
      case 2 -> ends.getShort(at);
      case 4 -> ends.getInt(at);
      default -> ends.getLong(at);
    };
  }

  private void put(ByteBuffer into, long end) {
    if (width == 2 && end > Short.MAX_VALUE || width == 4 && end > Integer.MAX_VALUE) {
      throw Faults.limit("run ends that their type cannot hold", -1);
    }
    switch (width) {
      case 2 -> into.putShort((short) end);
      case 4 -> into.putInt((int) end);
      default -> into.putLong(end);
    }
  }
}
