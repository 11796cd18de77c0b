package io.nanoarrow.tensor;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/**
 * The elements of a tensor, or some of them: a layout over bytes that somebody else owns, a {@code
 * Tensor} or a batch. Immutable, any thread; nothing is copied by {@link #slice}, {@link #select}
 * and {@link #transpose}. Every access fails with IllegalStateException when the owner is closed.
 */
public final class TensorView {
  private static final int SHOWN = 10;

  private final TensorLayout layout;
  private final ElementType element;

  /** The first element begins where it begins. */
  private final ArrowBuffer data;

  private final Lease lease;

  /**
   * A view.
   *
   * @param data begins with the first element; may be longer than needed
   * @param lease the owner's
   * @throws IllegalArgumentException when elements lie outside of the data
   */
  public TensorView(TensorLayout layout, ArrowBuffer data, Lease lease) {
    if (layout.spanBytes() > data.sizeBytes()) {
      throw new IllegalArgumentException(
          layout + " reaches over " + layout.spanBytes() + " bytes, there are " + data.sizeBytes());
    }
    this.layout = layout;
    this.element = ElementType.of(layout.type());
    this.data = data;
    this.lease = lease;
  }

  /** Returns the layout. */
  public TensorLayout layout() {
    return layout;
  }

  /** Returns the type of the elements. */
  public ArrowType type() {
    return layout.type();
  }

  /** Returns the dimensions. */
  public List<Dimension> dimensions() {
    return layout.dimensions();
  }

  /** Returns the number of elements along each dimension. */
  public long[] shape() {
    return layout.shape();
  }

  /** Returns the number of elements. */
  public long elementCount() {
    return layout.elementCount();
  }

  /**
   * Returns an integer, widened by its sign; a uint64 as its 64 bits.
   *
   * @param indices one for each dimension
   * @throws IllegalArgumentException when the elements are floats, or for another number of indices
   * @throws IndexOutOfBoundsException when there is no such element
   */
  public long getLong(long... indices) {
    lease.ensureOpen();
    return element.getLong(data, layout.offset(indices));
  }

  /** Returns an element, or the double nearest to it; throws as {@link #getLong} does. */
  public double getDouble(long... indices) {
    lease.ensureOpen();
    return element.getDouble(data, layout.offset(indices));
  }

  /**
   * Returns the exact value of an element; throws as {@link #getLong} does.
   *
   * @throws NumberFormatException when it is infinite or no number
   */
  public BigDecimal getDecimal(long... indices) {
    lease.ensureOpen();
    return element.getDecimal(data, layout.offset(indices));
  }

  /**
   * Returns the elements in row-major order, each as {@link #getDouble} does.
   *
   * @throws IllegalStateException when they are more than an array holds
   */
  public double[] toDoubleArray() {
    double[] all = new double[arrayLength()];
    long[] indices = new long[dimensions().size()];
    for (int i = 0; i < all.length; i++, layout.advance(indices)) {
      all[i] = getDouble(indices);
    }
    return all;
  }

  /** Returns the elements in row-major order, each as {@link #getLong} does. */
  public long[] toLongArray() {
    long[] all = new long[arrayLength()];
    long[] indices = new long[dimensions().size()];
    for (int i = 0; i < all.length; i++, layout.advance(indices)) {
      all[i] = getLong(indices);
    }
    return all;
  }

  private int arrayLength() {
    if (elementCount() > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(elementCount() + " elements are more than an array holds");
    }
    return (int) elementCount();
  }

  /**
   * Returns the bytes from the first element to the last, without a copy: little-endian, valid
   * while the owner is open.
   */
  public ArrowBuffer data() {
    lease.ensureOpen();
    return data.slice(0, layout.spanBytes());
  }

  /**
   * Returns the bytes of {@link #data} as a read-only little-endian buffer, which keeps them also
   * after the owner has been closed.
   *
   * @throws IllegalStateException when they are more than a ByteBuffer holds
   */
  public ByteBuffer asByteBuffer() {
    return data().asByteBuffer();
  }

  /** Returns a view whose dimensions are in the opposite order. */
  public TensorView transpose() {
    return new TensorView(layout.transposed(), data, lease);
  }

  /**
   * Returns every {@code step}th element of {@code [start, end)} along a dimension.
   *
   * @param step 1 or more
   * @throws IndexOutOfBoundsException when there is no such range
   */
  public TensorView slice(int dimension, long start, long end, long step) {
    Objects.checkFromToIndex(start, end, dimensions().get(dimension).size());
    if (step < 1) {
      throw new IllegalArgumentException("a step of " + step);
    }
    long count = end == start ? 0 : (end - start - 1) / step + 1;
    return from(layout.stepped(dimension, count, step), dimension, start);
  }

  /**
   * Returns the elements at one index of a dimension, which the result does not have any more.
   *
   * @throws IndexOutOfBoundsException when there is no such index
   */
  public TensorView select(int dimension, long index) {
    Objects.checkIndex(index, dimensions().get(dimension).size());
    return from(layout.without(dimension), dimension, index);
  }

  private TensorView from(TensorLayout part, int dimension, long index) {
    long skipped = part.elementCount() == 0 ? 0 : index * layout.strides()[dimension];
    return new TensorView(part, data.slice(skipped, part.spanBytes()), lease);
  }

  /**
   * Returns the elements one behind the other: this, when they lie so in row-major or column-major
   * order, else a row-major copy in the Java heap that no owner has to keep.
   *
   * @throws IllegalStateException when the copy would be larger than an array
   */
  public TensorView contiguous() {
    if (layout.isRowMajor() || layout.isColumnMajor()) {
      return this;
    }
    long sizeBytes = elementCount() * element.widthBytes();
    if (sizeBytes > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("a copy of " + sizeBytes + " bytes");
    }
    lease.ensureOpen();
    byte[] copy = new byte[(int) sizeBytes];
    long[] indices = new long[dimensions().size()];
    for (int at = 0; at < copy.length; at += element.widthBytes(), layout.advance(indices)) {
      data.copyTo(layout.offset(indices), copy, at, element.widthBytes());
    }
    TensorLayout packed = TensorLayout.rowMajor(type(), dimensions());
    return new TensorView(packed, ArrowBuffer.wrap(copy), new Lease("copy"));
  }

  /**
   * Tells whether the other is a view of the same type, dimensions with their names, and elements;
   * NaN equals NaN. Where the elements lie plays no part.
   */
  @Override
  public boolean equals(Object other) {
    return other == this || other instanceof TensorView view && isEqual(view);
  }

  private boolean isEqual(TensorView other) {
    if (!type().equals(other.type()) || !dimensions().equals(other.dimensions())) {
      return false;
    }
    lease.ensureOpen();
    other.lease.ensureOpen();
    long[] indices = new long[dimensions().size()];
    for (long left = elementCount(); left > 0; left--, layout.advance(indices)) {
      long at = layout.offset(indices);
      if (!element.areEqual(data, at, other.data, other.layout.offset(indices))) {
        return false;
      }
    }
    return true;
  }

  /** Returns a hash of type, dimensions and first element. */
  @Override
  public int hashCode() {
    lease.ensureOpen();
    return Objects.hash(type(), dimensions(), elementCount() == 0 ? 0 : element.hash(data, 0));
  }

  /** Returns type, dimensions and the first elements. */
  @Override
  public String toString() {
    if (!lease.isOpen()) {
      return layout + " (closed)";
    }
    StringBuilder text = new StringBuilder(layout.toString()).append(" [");
    long[] indices = new long[dimensions().size()];
    for (long i = 0; i < Math.min(SHOWN, elementCount()); i++, layout.advance(indices)) {
      text.append(i == 0 ? "" : ", ").append(element.text(data, layout.offset(indices)));
    }
    return text.append(elementCount() > SHOWN ? ", …]" : "]").toString();
  }
}
