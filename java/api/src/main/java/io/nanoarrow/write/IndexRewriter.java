package io.nanoarrow.write;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.HeapRegion;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.transform.IndexReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rewrites indices for a dictionary whose values lie elsewhere. */
final class IndexRewriter {
  private static final int DIRECT_FROM_BYTES = 1 << 16;

  private final ColumnData array;
  private final ArrowType.Int type;
  private final String path;

  private IndexRewriter(ColumnData array, ArrowType.Int type, String path) {
    this.array = array;
    this.type = type;
    this.path = path;
  }

  /**
   * Returns the array with indices into other values.
   *
   * @param mapping where each value of the array's dictionary is among {@code values}
   * @throws ArrowFormatException of kind INVALID_DATA when an index is out of range, of kind
   *     UNSUPPORTED when the index type does not reach
   */
  static ColumnData rewrite(
      ColumnData array, ArrowType.Int type, int[] mapping, ColumnData values, String path) {
    IndexRewriter rewriter = new IndexRewriter(array, type, path);
    return isIdentity(mapping)
        ? rewriter.with(array.offset(), array.validity(), array.buffers(), values)
        : rewriter.rewrite(mapping, values);
  }

  private static boolean isIdentity(int[] mapping) {
    for (int i = 0; i < mapping.length; i++) {
      if (mapping[i] != i) {
        return false;
      }
    }
    return true;
  }

  private ColumnData with(
      long offset, @Nullable ArrowBuffer validity, List<ArrowBuffer> buffers, ColumnData values) {
    return new ColumnData(
        array.field(),
        array.length(),
        offset,
        array.nullCount(),
        validity,
        buffers,
        List.of(),
        values);
  }

  private ColumnData rewrite(int[] mapping, ColumnData values) {
    int width = type.bitWidth() / Byte.SIZE;
    // The bitmap is kept, so the indices begin within a byte of it as they did.
    int skipped = (int) (array.offset() & 7);
    long size = (array.length() + skipped) * width;
    if (size > Integer.MAX_VALUE) {
      throw problem(ErrorKind.UNSUPPORTED, "indices of " + size + " bytes cannot be rewritten");
    }
    ByteBuffer out =
        size < DIRECT_FROM_BYTES
            ? ByteBuffer.allocate((int) size)
            : ByteBuffer.allocateDirect((int) size);
    out.order(ByteOrder.LITTLE_ENDIAN).position(skipped * width);
    fill(out, mapping, new IndexReader(array.buffers().get(0), type));
    ArrowBuffer indices = new ArrowBuffer(new HeapRegion(out.rewind()), 0, size);
    ArrowBuffer validity = array.validity();
    if (validity != null) {
      long first = array.offset() >> 3;
      validity = validity.slice(first, validity.sizeBytes() - first);
    }
    return with(skipped, validity, List.of(indices), values);
  }

  private void fill(ByteBuffer out, int[] mapping, IndexReader indices) {
    ArrowBuffer validity = array.validity();
    long most = IndexReader.largest(type);
    for (long row = array.offset(); row < array.offset() + array.length(); row++) {
      long index = 0;
      if (validity == null || validity.getBit(row)) {
        long old = indices.get(row);
        if (old < 0 || old >= mapping.length) {
          throw problem(
              ErrorKind.INVALID_DATA,
              "index " + old + " into a dictionary of " + mapping.length + " values");
        }
        index = mapping[(int) old];
        if (index > most) {
          throw problem(
              ErrorKind.UNSUPPORTED, "the unified values are more than " + type + " indices reach");
        }
      }
      put(out, index);
    }
  }

  private void put(ByteBuffer out, long index) {
    switch (type.bitWidth()) {
      case 8 -> out.put((byte) index);
      case 16 -> out.putShort((short) index);
      case 32 -> out.putInt((int) index);
      default -> out.putLong(index);
    }
  }

  private ArrowFormatException problem(ErrorKind kind, String detail) {
    return new ArrowFormatException(kind, detail, ArrowFormatException.UNKNOWN_OFFSET, path);
  }
}
