package io.nanoarrow;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.HeapRegion;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.tensor.DenseData;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.SparseData;
import io.nanoarrow.tensor.SparseIndex;
import io.nanoarrow.tensor.TensorLayout;
import io.nanoarrow.tensor.TensorView;
import java.util.List;
import java.util.Objects;

/**
 * A multidimensional array of which only some elements are stored (format/SparseTensor.fbs): one
 * handle to immutable, counted memory, closed by its owner. Any thread.
 *
 * <p>The index is checked as a whole when an element is first asked for, or when the tensor is read
 * with full validation: an index that lies is an ArrowFormatException of kind INVALID_DATA.
 */
public final class SparseTensor implements AutoCloseable {
  private final SparseData content;
  private final MemoryRegion region;

  /** The stored elements, in their order. */
  private final TensorView values;

  private final Handle handle;
  private volatile boolean isChecked;

  SparseTensor(SparseData content, MemoryRegion takeRegion) {
    this.content = content;
    this.region = takeRegion;
    this.handle = new Handle("SparseTensor", takeRegion::release);
    TensorLayout list =
        TensorLayout.rowMajor(content.type(), Dimension.ofSizes(content.storedCount()));
    this.values = new TensorView(list, content.data(), handle.lease());
  }

  /**
   * Returns a tensor over buffers that must not change any more; the caller closes it.
   *
   * @param content its buffers lie in the Java heap, or stay for as long as the handle is open
   * @throws ArrowFormatException when the index lies
   */
  public static SparseTensor of(SparseData content) {
    content.index().requireContents(content.dimensions(), content.storedCount());
    SparseTensor tensor = new SparseTensor(content, new HeapRegion(new byte[0]));
    tensor.isChecked = true;
    return tensor;
  }

  /** Returns the type of the elements. */
  public ArrowType type() {
    return content.type();
  }

  /** Returns the dimensions. */
  public List<Dimension> dimensions() {
    return content.dimensions();
  }

  /** Returns the number of stored elements. */
  public long storedCount() {
    return content.storedCount();
  }

  /** Returns where the stored elements belong; its buffers are valid while this handle is open. */
  public SparseIndex index() {
    handle.ensureOpen();
    return content.index();
  }

  /** Returns the stored elements in their order, as one dimension; ends with this handle. */
  public TensorView values() {
    handle.ensureOpen();
    return values;
  }

  /** Returns type, dimensions, index and values for a writer; valid while this handle is open. */
  public SparseData content() {
    handle.ensureOpen();
    return content;
  }

  /**
   * Returns where an element is among the stored ones, or -1 when it is not: then it is 0. Takes
   * time: of COO in proportion to the stored elements, of CSR and CSC to those of the row or
   * column.
   *
   * @throws IllegalArgumentException when there are not as many indices as dimensions
   * @throws IndexOutOfBoundsException when there is no such element
   */
  public long position(long... indices) {
    check();
    requireInside(indices);
    return content.index().find(indices);
  }

  private void requireInside(long[] indices) {
    if (indices.length != dimensions().size()) {
      throw new IllegalArgumentException(
          indices.length + " indices for " + dimensions().size() + " dimensions");
    }
    for (int i = 0; i < indices.length; i++) {
      Objects.checkIndex(indices[i], dimensions().get(i).size());
    }
  }

  /** Returns an element as {@link TensorView#getLong} does, 0 when it is not stored. */
  public long getLong(long... indices) {
    long position = position(indices);
    return position < 0 ? 0 : values.getLong(position);
  }

  /** Returns an element as {@link TensorView#getDouble} does, 0 when it is not stored. */
  public double getDouble(long... indices) {
    long position = position(indices);
    return position < 0 ? 0 : values.getDouble(position);
  }

  /** Gives all stored elements in their order. */
  public void forEach(SparseIndex.Visitor visitor) {
    check();
    content.index().forEach(visitor);
  }

  /**
   * Returns all elements as a row-major tensor in the Java heap, which the caller closes. Of an
   * element stored twice the last counts.
   *
   * @param maxBytes what the elements may take: a few stored ones can stand for any number
   * @throws ArrowFormatException of kind LIMIT_EXCEEDED when they would take more, or more than an
   *     array holds
   */
  public Tensor toDense(long maxBytes) {
    check();
    TensorLayout layout = denseLayout();
    long sizeBytes = layout.spanBytes();
    if (sizeBytes > Math.min(maxBytes, Integer.MAX_VALUE - 8)) {
      throw new ArrowFormatException(
          ErrorKind.LIMIT_EXCEEDED, "a dense tensor of " + sizeBytes + " bytes");
    }
    byte[] dense = new byte[(int) sizeBytes];
    int width = layout.widthBytes();
    content
        .index()
        .forEach(
            (indices, position) ->
                content
                    .data()
                    .copyTo(position * width, dense, (int) layout.offset(indices), width));
    return new Tensor(new DenseData(layout, ArrowBuffer.wrap(dense)), new HeapRegion(dense));
  }

  private TensorLayout denseLayout() {
    try {
      return TensorLayout.rowMajor(type(), dimensions());
    } catch (IllegalArgumentException e) {
      throw new ArrowFormatException(ErrorKind.LIMIT_EXCEEDED, "the dense form: " + e.getMessage());
    }
  }

  /** Checks the index once. */
  void check() {
    handle.ensureOpen();
    if (!isChecked) {
      content.index().requireContents(dimensions(), storedCount());
      isChecked = true;
    }
  }

  /**
   * Returns a second handle to the same memory, closed on its own.
   *
   * @throws IllegalStateException when this one is closed
   */
  public SparseTensor retain() {
    handle.ensureOpen();
    region.retain();
    SparseTensor second = new SparseTensor(content, region);
    second.isChecked = isChecked;
    return second;
  }

  /** Closes this handle; closing twice is harmless. */
  @Override
  public void close() {
    if (handle.close()) {
      region.release();
    }
  }

  /**
   * Tells whether the other is a sparse tensor of the same type, dimensions with their names, kind
   * of index and stored elements in the same order. The width of indices plays no part.
   */
  @Override
  public boolean equals(Object other) {
    if (other == this) {
      return true;
    }
    if (!(other instanceof SparseTensor sparse)
        || !dimensions().equals(sparse.dimensions())
        || !values.equals(sparse.values)) {
      return false;
    }
    check();
    sparse.check();
    return content.index().saysTheSame(sparse.content.index());
  }

  @Override
  public int hashCode() {
    return 31 * dimensions().hashCode() + values.hashCode();
  }

  @Override
  public String toString() {
    return "SparseTensor " + content.index().kind() + " " + dimensions() + " " + values;
  }
}
