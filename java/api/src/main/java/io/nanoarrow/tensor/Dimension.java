package io.nanoarrow.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One axis of a tensor (TensorDim of format/Tensor.fbs), immutable.
 *
 * @param size elements along it, 0 or more
 * @param name what the axis stands for, "" when the sender did not say
 */
public record Dimension(long size, String name) {
  /** Checks the size. */
  public Dimension {
    Objects.requireNonNull(name);
    if (size < 0) {
      throw new IllegalArgumentException("a dimension of " + size + " elements");
    }
  }

  /** An axis without a name. */
  public Dimension(long size) {
    this(size, "");
  }

  /** Returns axes of these sizes without names. */
  public static List<Dimension> ofSizes(long... sizes) {
    List<Dimension> dimensions = new ArrayList<>(sizes.length);
    for (long size : sizes) {
      dimensions.add(new Dimension(size));
    }
    return List.copyOf(dimensions);
  }

  /** Returns "name:size", or the size alone. */
  @Override
  public String toString() {
    return name.isEmpty() ? Long.toString(size) : name + ":" + size;
  }
}
