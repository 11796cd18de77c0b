package io.nanoarrow.transform;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Run-end encoded rows. Runs at the border of two sources stay two. */
final class RunAppender extends ArrayAppender {
  private final int width;
  private final long most;
  private final GrowingBuffer ends = new GrowingBuffer();
  private final ArrayAppender values;
  private long runs;

  RunAppender(Field field) {
    super(field);
    int bits =
        field.children().get(0).type() instanceof ArrowType.Int type ? type.bitWidth() : Long.SIZE;
    width = bits / Byte.SIZE;
    most = Long.MAX_VALUE >> Long.SIZE - bits;
    values = of(field.children().get(1));
  }

  @Override
  boolean hasOwnNulls() {
    return false;
  }

  @Override
  void appendRows(ColumnData source, long first, long count) {
    ColumnData from = child(source, 0);
    checkFits(count);
    long run = runOf(from, first);
    long firstRun = run;
    long before = first;
    while (before < first + count) {
      if (run == from.length()) {
        throw invalid("the runs end before the rows do");
      }
      long end = end(from, run);
      if (end <= before) {
        throw invalid("run end " + end + " is not behind the one before");
      }
      before = end;
      ends.append(length() + Math.min(end - first, count), width);
      run++;
    }
    runs += run - firstRun;
    checkRange(firstRun, run - firstRun, child(source, 1).length());
    values.append(child(source, 1), firstRun, run - firstRun);
  }

  private void checkFits(long count) {
    if (count > most - length()) {
      throw tooMany("more rows than run ends of " + width + " bytes count");
    }
  }

  private long end(ColumnData from, long run) {
    long at = from.offset() + run;
    ArrowBuffer numbers = buffer(from, 0);
    return width == Short.BYTES ? numbers.getShort(at << 1) : Offsets.read(numbers, at, width);
  }

  /** Returns the first run that ends behind a row. */
  private long runOf(ColumnData from, long row) {
    long low = 0;
    long high = from.length();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (end(from, middle) > row) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Override
  void noteUnused(ColumnData source) {
    if (source.children().size() > 1) {
      values.noteUnused(source.children().get(1));
    }
  }

  @Override
  void padRows(long count) {
    checkFits(count);
    ends.append(length() + count, width);
    values.appendNulls(1);
    runs++;
  }

  @Override
  List<ArrowBuffer> buffers() {
    return List.of();
  }

  @Override
  List<ColumnData> children() {
    ColumnData runEnds =
        new ColumnData(
            field.children().get(0), runs, 0, 0, null, List.of(ends.view()), List.of(), null);
    return List.of(runEnds, values.array());
  }

  @Override
  void resetRows() {
    ends.reset();
    values.reset();
    runs = 0;
  }
}
