package io.nanoarrow.pure.tensor;

import io.nanoarrow.pure.message.MessageHead;
import io.nanoarrow.pure.source.Body;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.tensor.CompressedIndex;
import io.nanoarrow.tensor.CooIndex;
import io.nanoarrow.tensor.CsfIndex;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.IndexBuffer;
import io.nanoarrow.tensor.SparseData;
import io.nanoarrow.tensor.SparseIndex;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.SparseMatrixCompressedAxis;
import org.apache.arrow.flatbuf.SparseMatrixIndexCSX;
import org.apache.arrow.flatbuf.SparseTensor;
import org.apache.arrow.flatbuf.SparseTensorIndex;
import org.apache.arrow.flatbuf.SparseTensorIndexCOO;
import org.apache.arrow.flatbuf.SparseTensorIndexCSF;
import org.apache.arrow.flatbuf.Type;

/**
 * The head of a sparse tensor. Buffers may be longer than what is needed of them: Arrow C++ counts
 * their padding.
 */
final class SparseHead {
  private final HeadCheck check;
  private final List<Dimension> dimensions;
  private final long stored;

  private SparseHead(HeadCheck check, List<Dimension> dimensions, long stored) {
    this.check = check;
    this.dimensions = dimensions;
    this.stored = stored;
  }

  /** Makes the index of the body. */
  private interface Index {
    SparseIndex of(Body body);
  }

  static TensorReader.Content read(MessageHead head) {
    HeadCheck check = new HeadCheck(head);
    SparseTensor table = new SparseTensor().__assign(head.header(), head.bytes());
    byte number = table.typeType();
    ArrowType type =
        check.type(
            number,
            number == Type.Int ? (Int) table.type(new Int()) : null,
            number == Type.FloatingPoint ? (FloatingPoint) table.type(new FloatingPoint()) : null);
    if (table.shapeLength() == 0) {
      throw check.invalid("a sparse tensor without dimensions");
    }
    List<Dimension> dimensions = check.dimensions(table.shapeLength(), table::shape);
    long stored = table.nonZeroLength();
    if (stored < 0) {
      throw check.invalid(stored + " stored elements");
    }
    HeadCheck.Part data = check.part(table.data());
    SparseHead sparse = new SparseHead(check, dimensions, stored);
    long dataSize =
        sparse.needed(
            data,
            stored,
            type instanceof ArrowType.Int it
                ? it.bitWidth() / 8
                : 2 << ((ArrowType.FloatingPoint) type).precision().ordinal());
    Index index = sparse.index(table);
    return body ->
        new SparseData(type, dimensions, stored, index.of(body), data.of(body, dataSize));
  }

  /** Returns the bytes of so many numbers, which the part must have. */
  private long needed(HeadCheck.Part part, long count, int width) {
    long size = HeadCheck.product(count, width);
    if (count < 0 || size < 0 || size > part.sizeBytes()) {
      throw check.invalid(
          "%d numbers of %d bytes in a buffer of %d".formatted(count, width, part.sizeBytes()));
    }
    return size;
  }

  private Index index(SparseTensor table) {
    return switch (table.sparseIndexType()) {
      case SparseTensorIndex.SparseTensorIndexCOO ->
          coordinates((SparseTensorIndexCOO) table.sparseIndex(new SparseTensorIndexCOO()));
      case SparseTensorIndex.SparseMatrixIndexCSX ->
          compressed((SparseMatrixIndexCSX) table.sparseIndex(new SparseMatrixIndexCSX()));
      default -> fibers((SparseTensorIndexCSF) table.sparseIndex(new SparseTensorIndexCSF()));
    };
  }

  private Index coordinates(SparseTensorIndexCOO table) {
    ArrowType.Int type = check.integer(table.indicesType());
    int width = type.bitWidth() / 8;
    int columns = dimensions.size();
    HeadCheck.Part part = check.part(table.indicesBuffer());
    int strides = table.indicesStridesLength();
    if (strides != 0 && strides != 2) {
      throw check.invalid(strides + " strides for a matrix of coordinates");
    }
    long rowStride = strides == 0 ? (long) columns * width : table.indicesStrides(0);
    long columnStride = strides == 0 ? width : table.indicesStrides(1);
    long count = HeadCheck.product(stored, columns);
    needed(part, count, width);
    if (rowStride < 0 || columnStride < 0) {
      throw check.invalid("a negative stride of coordinates");
    }
    long rows = stored == 0 ? 0 : HeadCheck.product(stored - 1, rowStride);
    long row = HeadCheck.product(columns - 1, columnStride);
    long lastRow = part.sizeBytes() - width - row;
    boolean fits = rows >= 0 && row >= 0 && row <= part.sizeBytes() - width && rows <= lastRow;
    if (stored > 0 && !fits) {
      throw check.invalid("strides of coordinates reach out of their buffer");
    }
    boolean isCanonical = table.isCanonical();
    return body ->
        new CooIndex(
            type,
            stored,
            columns,
            rowStride,
            columnStride,
            part.of(body, part.sizeBytes()),
            isCanonical);
  }

  private Index compressed(SparseMatrixIndexCSX table) {
    if (dimensions.size() != 2) {
      throw check.invalid("a compressed matrix of " + dimensions.size() + " dimensions");
    }
    short axis = table.compressedAxis();
    if (axis != SparseMatrixCompressedAxis.Row && axis != SparseMatrixCompressedAxis.Column) {
      throw check.invalid("a compressed axis of number " + axis);
    }
    boolean isByColumn = axis == SparseMatrixCompressedAxis.Column;
    ArrowType.Int pointerType = check.integer(table.indptrType());
    ArrowType.Int indexType = check.integer(table.indicesType());
    HeadCheck.Part pointers = check.part(table.indptrBuffer());
    HeadCheck.Part indices = check.part(table.indicesBuffer());
    // A size of 2^63-1 overflows to a negative count, which is refused.
    long lists = dimensions.get(isByColumn ? 1 : 0).size() + 1;
    long pointerSize = needed(pointers, lists, pointerType.bitWidth() / 8);
    long indexSize = needed(indices, stored, indexType.bitWidth() / 8);
    return body ->
        new CompressedIndex(
            isByColumn,
            new IndexBuffer(pointerType, pointers.of(body, pointerSize)),
            new IndexBuffer(indexType, indices.of(body, indexSize)));
  }

  private Index fibers(SparseTensorIndexCSF table) {
    ArrowType.Int pointerType = check.integer(table.indptrType());
    ArrowType.Int indexType = check.integer(table.indicesType());
    int levels = dimensions.size();
    if (table.axisOrderLength() != levels
        || table.indicesBuffersLength() != levels
        || table.indptrBuffersLength() != levels - 1) {
      throw check.invalid("a CSF index that does not fit " + levels + " dimensions");
    }
    List<Integer> order = new ArrayList<>(levels);
    boolean[] seen = new boolean[levels];
    for (int i = 0; i < levels; i++) {
      int axis = table.axisOrder(i);
      if (axis < 0 || axis >= levels || seen[axis]) {
        throw check.invalid("an axis order that is no order");
      }
      seen[axis] = true;
      order.add(axis);
    }
    int pointerWidth = pointerType.bitWidth() / 8;
    int indexWidth = indexType.bitWidth() / 8;
    boolean areCounts = areCounts(table);
    List<HeadCheck.Part> pointers = new ArrayList<>(levels);
    List<HeadCheck.Part> indices = new ArrayList<>(levels);
    for (int k = 0; k < levels; k++) {
      org.apache.arrow.flatbuf.Buffer part = table.indicesBuffers(k);
      indices.add(numbers(part.offset(), part.length(), indexWidth, areCounts));
      if (k < levels - 1) {
        part = table.indptrBuffers(k);
        pointers.add(numbers(part.offset(), part.length(), pointerWidth, areCounts));
      }
    }
    for (int k = 0; k < levels; k++) {
      long nodes = indices.get(k).sizeBytes() / indexWidth;
      boolean fits =
          k == levels - 1
              ? nodes == stored
              : pointers.get(k).sizeBytes() / pointerWidth == nodes + 1;
      if (!fits) {
        throw check.invalid("level " + k + " of a CSF index has another size than it should");
      }
    }
    return body ->
        new CsfIndex(
            pointers.stream()
                .map(p -> new IndexBuffer(pointerType, p.of(body, p.sizeBytes())))
                .toList(),
            indices.stream()
                .map(p -> new IndexBuffer(indexType, p.of(body, p.sizeBytes())))
                .toList(),
            order);
  }

  /**
   * Tells whether the lengths of the buffers count numbers, as Arrow C++ writes them, and not
   * bytes, as the format says: they are what only counts could be.
   */
  private boolean areCounts(SparseTensorIndexCSF table) {
    int last = dimensions.size() - 1;
    boolean areCounts = table.indicesBuffers(last).length() == stored;
    for (int k = 0; areCounts && k < last; k++) {
      areCounts = table.indptrBuffers(k).length() - 1 == table.indicesBuffers(k).length();
    }
    return areCounts;
  }

  private HeadCheck.Part numbers(long offset, long length, int width, boolean isCount) {
    if (!isCount && length % width != 0) {
      throw check.invalid(length + " bytes of numbers of " + width);
    }
    long size = isCount ? HeadCheck.product(Math.max(length, 0), width) : length;
    if (length < 0 || size < 0) {
      throw check.invalid("a buffer of " + length);
    }
    return check.part(offset, size);
  }
}
