package io.nanoarrow;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.HeapRegion;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.tensor.DenseData;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.TensorLayout;
import io.nanoarrow.tensor.TensorView;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A multidimensional array of numbers (format/Tensor.fbs): one handle to immutable, counted memory,
 * closed by its owner. Any thread. {@link #view} and all that is cut out of it end with the handle.
 */
public final class Tensor implements AutoCloseable {
  private final MemoryRegion region;
  private final TensorView view;
  private final Handle handle;

  Tensor(DenseData content, MemoryRegion takeRegion) {
    region = takeRegion;
    handle = new Handle("Tensor", takeRegion::release);
    view = new TensorView(content.layout(), content.data(), handle.lease());
  }

  /**
   * Returns a tensor over bytes that must not change any more; the caller closes it.
   *
   * @param data little-endian, its first element where it stands
   * @throws IllegalArgumentException when elements lie outside of the data
   */
  public static Tensor of(TensorLayout layout, ByteBuffer data) {
    HeapRegion region = new HeapRegion(data);
    return new Tensor(
        new DenseData(layout, new ArrowBuffer(region, 0, region.sizeBytes())), region);
  }

  /** Returns a row-major tensor with a copy of the values; the caller closes it. */
  public static Tensor of(double[] values, long... shape) {
    ByteBuffer bytes = little(values.length, Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    return of(
        new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), bytes, values.length, shape);
  }

  /** Returns a row-major tensor with a copy of the values; the caller closes it. */
  public static Tensor of(float[] values, long... shape) {
    ByteBuffer bytes = little(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    return of(
        new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), bytes, values.length, shape);
  }

  /** Returns a row-major tensor with a copy of the values; the caller closes it. */
  public static Tensor of(long[] values, long... shape) {
    ByteBuffer bytes = little(values.length, Long.BYTES);
    bytes.asLongBuffer().put(values);
    return of(new ArrowType.Int(64, true), bytes, values.length, shape);
  }

  /** Returns a row-major tensor with a copy of the values; the caller closes it. */
  public static Tensor of(int[] values, long... shape) {
    ByteBuffer bytes = little(values.length, Integer.BYTES);
    bytes.asIntBuffer().put(values);
    return of(new ArrowType.Int(32, true), bytes, values.length, shape);
  }

  private static ByteBuffer little(int count, int width) {
    return ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Tensor of(ArrowType type, ByteBuffer bytes, int count, long... shape) {
    TensorLayout layout = TensorLayout.rowMajor(type, Dimension.ofSizes(shape));
    if (layout.elementCount() != count) {
      throw new IllegalArgumentException(count + " values for " + layout.dimensions());
    }
    return of(layout, bytes);
  }

  /** Returns where the elements lie. */
  public TensorLayout layout() {
    return view.layout();
  }

  /** Returns the type of the elements. */
  public ArrowType type() {
    return view.type();
  }

  /** Returns the dimensions. */
  public List<Dimension> dimensions() {
    return view.dimensions();
  }

  /** Returns the number of elements along each dimension. */
  public long[] shape() {
    return view.shape();
  }

  /** Returns the bytes from one element to the next along each dimension. */
  public long[] strides() {
    return view.layout().strides();
  }

  /** Returns the number of elements. */
  public long elementCount() {
    return view.elementCount();
  }

  /** Returns all elements, to be cut, transposed and written; ends with this handle. */
  public TensorView view() {
    handle.ensureOpen();
    return view;
  }

  /** Returns an element as {@link TensorView#getLong} does. */
  public long getLong(long... indices) {
    return view.getLong(indices);
  }

  /** Returns an element as {@link TensorView#getDouble} does. */
  public double getDouble(long... indices) {
    return view.getDouble(indices);
  }

  /** Returns an element as {@link TensorView#getDecimal} does. */
  public BigDecimal getDecimal(long... indices) {
    return view.getDecimal(indices);
  }

  /** Returns the bytes of the elements, without a copy; valid while this handle is open. */
  public ArrowBuffer data() {
    return view.data();
  }

  /** Returns the bytes of the elements as {@link TensorView#asByteBuffer} does. */
  public ByteBuffer asByteBuffer() {
    return view.asByteBuffer();
  }

  /**
   * Returns a second handle to the same memory, closed on its own.
   *
   * @throws IllegalStateException when this one is closed
   */
  public Tensor retain() {
    handle.ensureOpen();
    ArrowBuffer data = view.data();
    region.retain();
    return new Tensor(new DenseData(view.layout(), data), region);
  }

  /** Closes this handle; closing twice is harmless. */
  @Override
  public void close() {
    if (handle.close()) {
      region.release();
    }
  }

  /** Tells whether the other is a tensor with an equal {@link TensorView#equals view}. */
  @Override
  public boolean equals(Object other) {
    return other == this || other instanceof Tensor tensor && view.equals(tensor.view);
  }

  @Override
  public int hashCode() {
    return view.hashCode();
  }

  @Override
  public String toString() {
    return "Tensor " + view;
  }
}
