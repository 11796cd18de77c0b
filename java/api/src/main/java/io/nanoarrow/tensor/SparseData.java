package io.nanoarrow.tensor;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import java.util.List;

/**
 * A tensor of which only some elements are stored, the others being 0 (format/SparseTensor.fbs).
 *
 * @param type of the elements, an integer or floating-point type
 * @param dimensions the axes, at least one
 * @param storedCount the elements that are stored (non_zero_length)
 * @param index where they belong
 * @param data exactly the elements, in the order of the index
 */
public record SparseData(
    ArrowType type,
    List<Dimension> dimensions,
    long storedCount,
    SparseIndex index,
    ArrowBuffer data)
    implements TensorData {
  /** Checks that the sizes of all parts fit each other; what the index says is not looked at. */
  public SparseData {
    dimensions = List.copyOf(dimensions);
    int width = ElementType.widthBytes(type);
    if (storedCount < 0 || storedCount != data.sizeBytes() / width) {
      throw new IllegalArgumentException(
          storedCount + " elements of " + type + " in " + data.sizeBytes() + " bytes");
    } else if (data.sizeBytes() % width != 0) {
      throw new IllegalArgumentException(data.sizeBytes() + " bytes of " + type);
    } else if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("a sparse tensor without dimensions");
    }
    index.requireSizes(dimensions, storedCount);
  }
}
