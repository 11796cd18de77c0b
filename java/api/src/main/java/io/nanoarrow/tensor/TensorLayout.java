package io.nanoarrow.tensor;

import io.nanoarrow.schema.ArrowType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Where the elements of a tensor lie: type, dimensions and strides, immutable. The element at
 * indices i0, i1, … begins i0 * stride0 + i1 * stride1 + … bytes behind the first. A tensor without
 * dimensions has one element.
 */
public final class TensorLayout {
  private final ArrowType type;
  private final List<Dimension> dimensions;
  private final long[] sizes;
  private final long[] strides;
  private final int widthBytes;
  private final long elementCount;
  private final long spanBytes;

  /**
   * A layout.
   *
   * @param type an integer or floating-point type
   * @param strides bytes from one element to the next, one for each dimension, 0 or more
   * @throws IllegalArgumentException for another type, another number of strides, a negative one,
   *     or sizes that a long does not hold
   */
  public TensorLayout(ArrowType type, List<Dimension> dimensions, long... strides) {
    this.type = type;
    this.dimensions = List.copyOf(dimensions);
    this.sizes = this.dimensions.stream().mapToLong(Dimension::size).toArray();
    this.strides = strides.clone();
    this.widthBytes = ElementType.widthBytes(type);
    if (strides.length != sizes.length) {
      throw new IllegalArgumentException(
          strides.length + " strides for " + sizes.length + " dimensions");
    }
    try {
      elementCount = count(sizes);
      spanBytes = span();
      Math.multiplyExact(elementCount, widthBytes);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a tensor larger than a long tells", e);
    }
  }

  /** Returns the layout whose last index moves fastest, as in C. */
  public static TensorLayout rowMajor(ArrowType type, List<Dimension> dimensions) {
    return new TensorLayout(type, dimensions, packed(type, dimensions, false));
  }

  /** Returns the layout whose first index moves fastest, as in Fortran. */
  public static TensorLayout columnMajor(ArrowType type, List<Dimension> dimensions) {
    return new TensorLayout(type, dimensions, packed(type, dimensions, true));
  }

  /** Of an empty tensor the width of an element each time, as Arrow's other writers have it. */
  private static long[] packed(ArrowType type, List<Dimension> dimensions, boolean isColumnMajor) {
    int width = ElementType.widthBytes(type);
    long[] packed = new long[dimensions.size()];
    boolean isEmpty = dimensions.stream().anyMatch(d -> d.size() == 0);
    long stride = width;
    try {
      for (int i = 0; i < packed.length; i++) {
        int at = isColumnMajor ? i : packed.length - 1 - i;
        packed[at] = stride;
        stride = isEmpty ? width : Math.multiplyExact(stride, dimensions.get(at).size());
      }
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a tensor larger than a long tells", e);
    }
    return packed;
  }

  private static long count(long[] sizes) {
    for (long size : sizes) {
      if (size == 0) {
        return 0;
      }
    }
    long count = 1;
    for (long size : sizes) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  private long span() {
    long last = 0;
    for (int i = 0; i < sizes.length; i++) {
      if (strides[i] < 0) {
        throw new IllegalArgumentException("a stride of " + strides[i] + " bytes");
      }
      if (elementCount > 0) {
        last = Math.addExact(last, Math.multiplyExact(sizes[i] - 1, strides[i]));
      }
    }
    return elementCount == 0 ? 0 : Math.addExact(last, widthBytes);
  }

  /** Returns the type of the elements. */
  public ArrowType type() {
    return type;
  }

  /** Returns the dimensions. */
  public List<Dimension> dimensions() {
    return dimensions;
  }

  /** Returns the number of elements along each dimension. */
  public long[] shape() {
    return sizes.clone();
  }

  /** Returns the bytes from one element to the next along each dimension. */
  public long[] strides() {
    return strides.clone();
  }

  /** Returns the bytes of an element. */
  public int widthBytes() {
    return widthBytes;
  }

  /** Returns the number of elements. */
  public long elementCount() {
    return elementCount;
  }

  /** Returns the bytes from the first element to the end of the last. */
  public long spanBytes() {
    return spanBytes;
  }

  /** Tells whether the elements lie one behind the other, the last index moving fastest. */
  public boolean isRowMajor() {
    return isPacked(false);
  }

  /** Tells whether the elements lie one behind the other, the first index moving fastest. */
  public boolean isColumnMajor() {
    return isPacked(true);
  }

  /** Strides of dimensions with one element, and of tensors with none, say nothing. */
  private boolean isPacked(boolean isColumnMajor) {
    long expected = widthBytes;
    for (int i = 0; i < sizes.length && elementCount > 0; i++) {
      int at = isColumnMajor ? i : sizes.length - 1 - i;
      if (sizes[at] > 1 && strides[at] != expected) {
        return false;
      }
      expected *= sizes[at];
    }
    return true;
  }

  /**
   * Returns where an element begins, in bytes from the first.
   *
   * @throws IllegalArgumentException when there are not as many indices as dimensions
   * @throws IndexOutOfBoundsException when there is no such element
   */
  public long offset(long... indices) {
    if (indices.length != sizes.length) {
      throw new IllegalArgumentException(
          indices.length + " indices for " + sizes.length + " dimensions");
    }
    long offset = 0;
    for (int i = 0; i < indices.length; i++) {
      offset += Objects.checkIndex(indices[i], sizes[i]) * strides[i];
    }
    return offset;
  }

  /**
   * Moves to the next element in row-major order.
   *
   * @param indices of an element; all 0 again after the last
   */
  void advance(long[] indices) {
    for (int i = indices.length - 1; i >= 0; i--) {
      if (++indices[i] < sizes[i]) {
        return;
      }
      indices[i] = 0;
    }
  }

  /** Returns the layout whose dimensions are in the opposite order. */
  TensorLayout transposed() {
    List<Dimension> opposite = new ArrayList<>(dimensions);
    Collections.reverse(opposite);
    long[] reversed = new long[strides.length];
    for (int i = 0; i < reversed.length; i++) {
      reversed[i] = strides[strides.length - 1 - i];
    }
    return new TensorLayout(type, opposite, reversed);
  }

  /** Returns the layout of every {@code step}th of {@code count} elements along a dimension. */
  TensorLayout stepped(int dimension, long count, long step) {
    List<Dimension> fewer = new ArrayList<>(dimensions);
    fewer.set(dimension, new Dimension(count, dimensions.get(dimension).name()));
    long[] wider = strides.clone();
    wider[dimension] = count <= 1 ? strides[dimension] : Math.multiplyExact(step, wider[dimension]);
    return new TensorLayout(type, fewer, wider);
  }

  /** Returns the layout without a dimension. */
  TensorLayout without(int dimension) {
    List<Dimension> fewer = new ArrayList<>(dimensions);
    fewer.remove(dimension);
    long[] left = new long[strides.length - 1];
    for (int i = 0; i < left.length; i++) {
      left[i] = strides[i < dimension ? i : i + 1];
    }
    return new TensorLayout(type, fewer, left);
  }

  /** Returns "double [row:2, column:3]". */
  @Override
  public String toString() {
    return type + " " + dimensions;
  }
}
