package io.nanoarrow.pure.dictionary;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.body.Layout;
import io.nanoarrow.pure.memory.Usage;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values that deltas are appended to, with room for more behind them: numbers, bools, text or
 * bytes. Arrays handed out earlier keep their rows, which lie where they were or in the arrays that
 * were grown out of; other threads may read them. One thread at a time appends.
 */
final class Growth {
  private static final int SMALLEST = 64;

  private final Field field;

  /** Bytes of a value or of an offset; 0 for bools. */
  private final int width;

  private final boolean hasOffsets;
  private long rows;
  private long nulls;
  private boolean hasValidity;
  private byte[] validity = {};
  private byte[] fixed = {};
  private byte[] data = {};
  private int dataSize;

  private Growth(Field field, Layout layout, int width) {
    this.field = field;
    this.width = width;
    this.hasOffsets = layout == Layout.BINARY || layout == Layout.LARGE_BINARY;
  }

  /** Returns room for values of a field, or null for values that are joined otherwise. */
  static @Nullable Growth of(Field field) {
    if (field.dictionary() != null) {
      return null;
    }
    ArrowType type = field.type();
    Layout layout = Layout.of(type);
    return switch (layout) {
      case BITS -> new Growth(field, layout, 0);
      case BINARY -> new Growth(field, layout, 4);
      case LARGE_BINARY -> new Growth(field, layout, 8);
      case FIXED -> Layout.width(type) == 0 ? null : new Growth(field, layout, Layout.width(type));
      default -> null;
    };
  }

  /** Returns the rows so far. */
  long rows() {
    return rows;
  }

  /**
   * Appends rows and returns all there are.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when offsets are wrong or the result too large;
   *     then nothing was appended
   */
  ColumnData append(ColumnData part) {
    long length = Joins.length(List.of(part)) + rows;
    if (hasOffsets) {
      appendBytes(part, length);
    } else {
      fixed = withRoom(fixed, width == 0 ? (length + 7) >>> 3 : Joins.bytes(length, width));
      if (width == 0) {
        Joins.appendBits(fixed, rows, part.buffers().get(0), part.offset(), part.length());
      } else if (part.length() > 0) {
        int size = (int) (part.length() * width);
        part.buffers().get(0).copyTo(part.offset() * width, fixed, (int) (rows * width), size);
      }
    }
    appendValidity(part, length);
    rows = length;
    return made();
  }

  private void appendBytes(ColumnData part, long length) {
    long[] span = Joins.span(part, width, part.buffers().get(1).sizeBytes());
    int count = Joins.arraySize(span[1] - span[0]);
    fixed = withRoom(fixed, Joins.bytes(length + 1, width));
    ByteBuffer offsets = Joins.little(fixed).position((int) ((rows + 1) * width));
    Joins.putOffsets(offsets, part, span, dataSize, width);
    data = withRoom(data, (long) dataSize + count);
    if (count > 0) {
      part.buffers().get(1).copyTo(span[0], data, dataSize, count);
    }
    dataSize += count;
  }

  private void appendValidity(ColumnData part, long length) {
    if (part.validity() == null && !hasValidity) {
      return;
    }
    validity = withRoom(validity, (length + 7) >>> 3);
    if (!hasValidity) {
      Joins.appendBits(validity, 0, null, 0, rows);
      hasValidity = true;
    }
    Joins.appendBits(validity, rows, part.validity(), part.offset(), part.length());
    for (long row = rows; row < length; row++) {
      nulls += 1 - (validity[(int) (row >>> 3)] >> (row & 7) & 1);
    }
  }

  private ColumnData made() {
    long size = hasOffsets ? (rows + 1) * width : width == 0 ? (rows + 7) >>> 3 : rows * width;
    ArrowBuffer first = ArrowBuffer.wrap(fixed).slice(0, size);
    List<ArrowBuffer> buffers =
        hasOffsets ? List.of(first, ArrowBuffer.wrap(data).slice(0, dataSize)) : List.of(first);
    ArrowBuffer bitmap = nulls == 0 ? null : ArrowBuffer.wrap(validity).slice(0, (rows + 7) >>> 3);
    return new ColumnData(field, rows, 0, nulls, bitmap, buffers, List.of(), null);
  }

  /** Returns the array, or a copy of at least twice the size. */
  private static byte[] withRoom(byte[] array, long size) {
    if (size <= array.length) {
      return array;
    }
    int wanted = Joins.arraySize(size);
    int larger = (int) Math.min(Joins.MAX_ARRAY, Math.max(SMALLEST, 2L * wanted));
    Usage.addBody(larger);
    return Arrays.copyOf(array, larger);
  }
}
