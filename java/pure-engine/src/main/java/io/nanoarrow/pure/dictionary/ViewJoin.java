package io.nanoarrow.pure.dictionary;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Joins arrays of views: the data buffers of the parts follow each other. */
final class ViewJoin {
  private static final int VIEW_SIZE = 16;
  private static final int INLINE_SIZE = 12;
  private static final int BUFFER_AT = 8;

  private final List<ColumnData> parts;
  private final long length;

  ViewJoin(List<ColumnData> parts, long length) {
    this.parts = parts;
    this.length = length;
  }

  ColumnData join(ArrayMade array) {
    ArrowBuffer views = Joins.fixed(parts, 0, length, VIEW_SIZE);
    byte[] bytes = new byte[(int) views.sizeBytes()];
    views.copyTo(0, bytes, 0, bytes.length);
    ByteBuffer shifted = Joins.little(bytes);
    List<ArrowBuffer> buffers = new ArrayList<>();
    int at = 0;
    for (ColumnData part : parts) {
      List<ArrowBuffer> data = part.buffers().subList(1, part.buffers().size());
      for (long row = 0; row < part.length(); row++, at += VIEW_SIZE) {
        if (shifted.getInt(at) > INLINE_SIZE) {
          int buffer = shifted.getInt(at + BUFFER_AT);
          if (buffer < 0 || buffer >= data.size()) {
            // A null row may hold anything; any other is refused by whoever reads it.
            buffer = -1 - buffers.size();
          }
          shifted.putInt(at + BUFFER_AT, buffer + buffers.size());
        }
      }
      buffers.addAll(data);
    }
    buffers.add(0, ArrowBuffer.wrap(bytes));
    return array.of(buffers, List.of());
  }
}
