package io.nanoarrow.crosscheck;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;

/** Compares strings and binaries, with offsets or as views, by the bytes that rows refer to. */
final class BytesComparison {
  /** Where the bytes of a row lie. */
  private record Place(ArrowBuffer buffer, long start, long size) {}

  private BytesComparison() {}

  static void compare(
      DifferenceSink.Pair sink,
      String path,
      ArrowType type,
      ColumnData a,
      ColumnData b,
      Stretches rows) {
    if (Layout.isVariable(type) && sameAtOnce(Layout.offsetBytes(type), a, b, rows)) {
      return;
    }
    String sizes = Layout.isView(type) ? "views" : "offsets";
    int width = Layout.isView(type) ? Layout.VIEW_BYTES : Layout.offsetBytes(type);
    rows.forEachRow(
        (rowA, rowB) -> {
          Place inA = place(type, a, rowA);
          Place inB = place(type, b, rowB);
          if (inA.size != inB.size) {
            sink.add(path, sizes, rowA, rowA * width, "size " + inA.size, "size " + inB.size);
            return;
          }
          long at =
              BufferComparison.mismatch(inA.buffer, inA.start, inB.buffer, inB.start, inA.size);
          if (at >= 0) {
            sink.add(
                path,
                "data",
                rowA,
                inA.start + at,
                inA.buffer,
                inA.start + at,
                BufferComparison.hex(inA.buffer, inA.start + at, inA.size - at),
                BufferComparison.hex(inB.buffer, inB.start + at, inB.size - at));
          }
        });
  }

  /** Compares in large pieces and only says whether all is the same: the usual case, and fast. */
  private static boolean sameAtOnce(int width, ColumnData a, ColumnData b, Stretches rows) {
    Stretches bytes = new Stretches();
    boolean[] same = {true};
    ArrowBuffer offsetsA = a.buffers().get(0);
    ArrowBuffer offsetsB = b.buffers().get(0);
    rows.forEachRow(
        (rowA, rowB) -> {
          long startA = Layout.offset(offsetsA, width, a.offset() + rowA);
          long startB = Layout.offset(offsetsB, width, b.offset() + rowB);
          long sizeA = Layout.offset(offsetsA, width, a.offset() + rowA + 1) - startA;
          long sizeB = Layout.offset(offsetsB, width, b.offset() + rowB + 1) - startB;
          same[0] &= sizeA == sizeB;
          if (same[0]) {
            bytes.add(startA, startB, sizeA);
          }
        });
    if (!same[0]) {
      return false;
    }
    bytes.forEach(
        (startA, startB, count) ->
            same[0] &=
                BufferComparison.mismatch(
                        a.buffers().get(1), startA, b.buffers().get(1), startB, count)
                    < 0);
    return same[0];
  }

  private static Place place(ArrowType type, ColumnData data, long row) {
    if (Layout.isView(type)) {
      ArrowBuffer views = data.buffers().get(0);
      long at = Layout.VIEW_BYTES * (data.offset() + row);
      int size = views.getInt(at);
      return size <= Layout.INLINE_BYTES
          ? new Place(views, at + 4, size)
          : new Place(data.buffers().get(1 + views.getInt(at + 8)), views.getInt(at + 12), size);
    }
    int width = Layout.offsetBytes(type);
    long start = Layout.offset(data.buffers().get(0), width, data.offset() + row);
    long end = Layout.offset(data.buffers().get(0), width, data.offset() + row + 1);
    return new Place(data.buffers().get(1), start, end - start);
  }
}
