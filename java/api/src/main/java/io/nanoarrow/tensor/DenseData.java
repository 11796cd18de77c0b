package io.nanoarrow.tensor;

import io.nanoarrow.memory.ArrowBuffer;

/**
 * A tensor whose elements are all there (format/Tensor.fbs).
 *
 * @param layout where the elements lie
 * @param data begins with the first element, holds the layout's span
 */
public record DenseData(TensorLayout layout, ArrowBuffer data) implements TensorData {
  /** Checks that the elements lie in the data. */
  public DenseData {
    if (layout.spanBytes() > data.sizeBytes()) {
      throw new IllegalArgumentException(
          "elements over " + layout.spanBytes() + " bytes in " + data.sizeBytes());
    }
  }
}
