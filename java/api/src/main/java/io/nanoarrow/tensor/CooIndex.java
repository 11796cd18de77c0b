package io.nanoarrow.tensor;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import java.util.List;

/**
 * Coordinates: a matrix with a row for each stored element and a column for each dimension.
 *
 * @param type of the coordinates
 * @param storedCount rows of the matrix
 * @param dimensionCount columns of the matrix
 * @param rowStride bytes from a row to the next, 0 or more
 * @param columnStride bytes from a column to the next, 0 or more
 * @param data the matrix, perhaps with bytes behind it
 * @param isCanonical the sender says: sorted in row-major order, no element twice
 */
public record CooIndex(
    ArrowType.Int type,
    long storedCount,
    int dimensionCount,
    long rowStride,
    long columnStride,
    ArrowBuffer data,
    boolean isCanonical)
    implements SparseIndex {
  /** Checks that the matrix lies in the data. */
  public CooIndex {
    TensorLayout matrix =
        new TensorLayout(
            type, Dimension.ofSizes(storedCount, dimensionCount), rowStride, columnStride);
    // Coordinates that share bytes would be more than the message has bytes for.
    if (matrix.spanBytes() > data.sizeBytes()
        || matrix.elementCount() * matrix.widthBytes() > data.sizeBytes()) {
      throw new IllegalArgumentException(
          "coordinates over " + matrix.spanBytes() + " bytes in " + data.sizeBytes());
    }
  }

  /** Coordinates that lie row by row. */
  public static CooIndex rowMajor(
      ArrowType.Int type, int dimensionCount, ArrowBuffer data, boolean isCanonical) {
    int width = type.bitWidth() / 8;
    long count = data.sizeBytes() / ((long) dimensionCount * width);
    return new CooIndex(
        type, count, dimensionCount, (long) dimensionCount * width, width, data, isCanonical);
  }

  /** Returns the index of a stored element along a dimension. */
  public long coordinate(long position, int dimension) {
    return IndexBuffer.read(type, data, position * rowStride + dimension * columnStride);
  }

  @Override
  public String kind() {
    return "COO";
  }

  @Override
  public void requireSizes(List<Dimension> dimensions, long count) {
    if (dimensions.size() != dimensionCount || storedCount != count) {
      throw new IllegalArgumentException(
          "a COO index of %d elements in %d dimensions for %d elements in %d"
              .formatted(storedCount, dimensionCount, count, dimensions.size()));
    }
  }

  @Override
  public void requireContents(List<Dimension> dimensions, long count) {
    for (long i = 0; i < count; i++) {
      for (int d = 0; d < dimensionCount; d++) {
        if (coordinate(i, d) >= dimensions.get(d).size()) {
          throw IndexBuffer.invalid("element " + i + " is outside of dimension " + d);
        }
      }
    }
  }

  @Override
  public long find(long[] indices) {
    for (long i = 0; i < storedCount; i++) {
      int d = 0;
      while (d < dimensionCount && coordinate(i, d) == indices[d]) {
        d++;
      }
      if (d == dimensionCount) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void forEach(Visitor visitor) {
    long[] indices = new long[dimensionCount];
    for (long i = 0; i < storedCount; i++) {
      for (int d = 0; d < dimensionCount; d++) {
        indices[d] = coordinate(i, d);
      }
      visitor.visit(indices, i);
    }
  }

  @Override
  public boolean saysTheSame(SparseIndex other) {
    if (!(other instanceof CooIndex coo)
        || coo.storedCount != storedCount
        || coo.dimensionCount != dimensionCount) {
      return false;
    }
    for (long i = 0; i < storedCount; i++) {
      for (int d = 0; d < dimensionCount; d++) {
        if (coordinate(i, d) != coo.coordinate(i, d)) {
          return false;
        }
      }
    }
    return true;
  }
}
