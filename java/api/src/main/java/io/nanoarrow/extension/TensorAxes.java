package io.nanoarrow.extension;

import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.build.FloatingPointBuilder;
import io.nanoarrow.build.IntegerBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.TensorLayout;
import io.nanoarrow.tensor.TensorView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The axes of tensors that rows hold. Elements are stored in row-major order of the physical axes;
 * axis i of a tensor is the physical axis {@code permutation[i]}.
 *
 * @param names of the physical axes, or none
 * @param permutation the physical axis of each axis, or nothing: the same
 */
record TensorAxes(List<String> names, List<Integer> permutation) {
  TensorAxes {
    names = List.copyOf(names);
    permutation = List.copyOf(permutation);
  }

  /** Reads the axes of tensors with so many dimensions. */
  static TensorAxes of(Parameters parameters, int count) {
    List<Long> order = parameters.sizes("permutation");
    List<Integer> permutation = new ArrayList<>();
    for (long axis : order == null ? List.<Long>of() : order) {
      permutation.add((int) Math.min(axis, Integer.MAX_VALUE));
    }
    TensorAxes axes = new TensorAxes(parameters.texts("dim_names"), permutation);
    axes.require(count);
    return axes;
  }

  /** Checks that there are as many as dimensions. */
  void require(int count) {
    if (!names.isEmpty() && names.size() != count) {
      throw new IllegalArgumentException(names.size() + " dim_names for " + count + " dimensions");
    }
    boolean[] seen = new boolean[count];
    boolean isOrder = permutation.isEmpty() || permutation.size() == count;
    for (int i = 0; isOrder && i < permutation.size(); i++) {
      int axis = permutation.get(i);
      isOrder = axis >= 0 && axis < count && !seen[axis];
      if (isOrder) {
        seen[axis] = true;
      }
    }
    if (!isOrder) {
      throw new IllegalArgumentException("permutation " + permutation + " of " + count + " axes");
    }
  }

  void put(Map<String, Object> parameters) {
    if (!names.isEmpty()) {
      parameters.put("dim_names", names);
    }
    if (!permutation.isEmpty()) {
      parameters.put("permutation", permutation);
    }
  }

  private int physical(int axis) {
    return permutation.isEmpty() ? axis : permutation.get(axis);
  }

  /** Returns the layout of a tensor whose physical axes have these sizes. */
  TensorLayout layout(ArrowType type, long[] shape) {
    long[] packed = TensorLayout.rowMajor(type, Dimension.ofSizes(shape)).strides();
    List<Dimension> dimensions = new ArrayList<>(shape.length);
    long[] strides = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      int axis = physical(i);
      dimensions.add(new Dimension(shape[axis], names.isEmpty() ? "" : names.get(axis)));
      strides[i] = packed[axis];
    }
    return new TensorLayout(type, dimensions, strides);
  }

  /** Returns the physical sizes of a tensor. */
  long[] physicalShape(TensorView tensor) {
    long[] shape = tensor.shape();
    if (!permutation.isEmpty() && permutation.size() != shape.length) {
      throw new IllegalArgumentException(
          "a tensor of " + shape.length + " dimensions instead of " + permutation.size());
    }
    long[] physical = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      physical[physical(i)] = shape[i];
    }
    return physical;
  }

  /** Returns a view of elements of a column of numbers from {@code start} on. */
  static TensorView view(TensorLayout layout, Column elements, long start) {
    long count = layout.elementCount();
    if (elements.nullCount() > 0) {
      for (long i = start; i < start + count; i++) {
        if (elements.isNull(i)) {
          throw new ArrowFormatException(
              ErrorKind.UNSUPPORTED,
              "a tensor with null elements",
              ArrowFormatException.UNKNOWN_OFFSET,
              elements.path());
        }
      }
    }
    ArrowBuffer data = ArrowBuffer.EMPTY;
    if (count > 0) {
      long first = (elements.data().offset() + start) * layout.widthBytes();
      data = elements.data().buffers().get(0).slice(first, count * layout.widthBytes());
    }
    return new TensorView(layout, data, elements.lease());
  }

  /** Appends the elements of a tensor in their physical order. */
  void append(TensorView tensor, long[] shape, ColumnBuilder elements) {
    long[] at = new long[shape.length];
    long[] indices = new long[shape.length];
    for (long left = tensor.elementCount(); left > 0; left--) {
      for (int i = 0; i < indices.length; i++) {
        indices[i] = at[physical(i)];
      }
      appendOne(tensor, indices, elements);
      for (int i = at.length - 1; i >= 0 && ++at[i] == shape[i]; i--) {
        at[i] = 0;
      }
    }
  }

  private static void appendOne(TensorView tensor, long[] indices, ColumnBuilder elements) {
    if (elements instanceof FloatingPointBuilder floats) {
      floats.append(tensor.getDouble(indices));
    } else if (tensor.type().equals(new ArrowType.Int(64, false))) {
      ((IntegerBuilder) elements).append(tensor.getDecimal(indices).toBigIntegerExact());
    } else {
      ((IntegerBuilder) elements).append(tensor.getLong(indices));
    }
  }

  static void requireType(TensorView tensor, ArrowType type) {
    if (!tensor.type().equals(type)) {
      throw new IllegalArgumentException("a tensor of " + tensor.type() + " instead of " + type);
    }
  }
}
