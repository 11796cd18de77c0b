package io.nanoarrow.engine;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.tensor.CompressedIndex;
import io.nanoarrow.tensor.CooIndex;
import io.nanoarrow.tensor.CsfIndex;
import io.nanoarrow.tensor.DenseData;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.IndexBuffer;
import io.nanoarrow.tensor.SparseData;
import io.nanoarrow.tensor.SparseIndex;
import io.nanoarrow.tensor.TensorData;
import io.nanoarrow.tensor.TensorLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A {@code struct naj_tensor_header} and what follows it, as C filled it. */
final class TensorTable {
  static final int NEEDED_BYTES = 0;
  static final int BODY_OFFSET = 8;
  static final int BODY_BYTES = 16;
  static final int KIND = 24;
  static final int TYPE = 28;
  static final int INDEX_TYPE = 32;
  static final int POINTER_TYPE = 36;
  static final int DIMENSION_COUNT = 40;
  static final int BUFFER_COUNT = 44;
  static final int IS_CANONICAL = 48;
  static final int STORED_COUNT = 56;
  static final int ROW_STRIDE = 64;
  static final int COLUMN_STRIDE = 72;
  static final int HEADER_BYTES = 80;
  static final int DIMENSION_BYTES = 40;
  static final int BUFFER_BYTES = 16;

  static final int DENSE = 0;
  static final int COO = 1;
  static final int CSR = 2;
  static final int CSC = 3;
  static final int CSF = 4;

  private final ByteBuffer in;
  private final MemoryRegion region;
  private final int dimensionCount;

  /**
   * A table.
   *
   * @param in native order, the table from index 0 on
   * @param region what the message was read from
   */
  TensorTable(ByteBuffer in, MemoryRegion region) {
    this.in = in;
    this.region = region;
    this.dimensionCount = in.getInt(DIMENSION_COUNT);
  }

  /** Returns what the table describes; the buffers lie in the region. */
  TensorData content() {
    ArrowType type = SchemaReader.simpleType(in.getInt(TYPE));
    List<Dimension> dimensions = dimensions();
    if (in.getInt(KIND) == DENSE) {
      long[] strides = new long[dimensionCount];
      for (int i = 0; i < dimensionCount; i++) {
        strides[i] = in.getLong(dimension(i) + 8);
      }
      TensorLayout layout = new TensorLayout(type, dimensions, strides);
      return new DenseData(layout, buffer(0).slice(0, layout.spanBytes()));
    }
    return new SparseData(type, dimensions, in.getLong(STORED_COUNT), index(), buffer(0));
  }

  private List<Dimension> dimensions() {
    List<Dimension> dimensions = new ArrayList<>(dimensionCount);
    for (int i = 0; i < dimensionCount; i++) {
      int at = dimension(i);
      byte[] name = new byte[(int) in.getLong(at + 32)];
      in.get((int) in.getLong(at + 24), name);
      dimensions.add(new Dimension(in.getLong(at), new String(name, StandardCharsets.UTF_8)));
    }
    return dimensions;
  }

  private static int dimension(int index) {
    return HEADER_BYTES + DIMENSION_BYTES * index;
  }

  private ArrowBuffer buffer(int index) {
    int at = HEADER_BYTES + DIMENSION_BYTES * dimensionCount + BUFFER_BYTES * index;
    long size = in.getLong(at + 8);
    return size == 0
        ? ArrowBuffer.EMPTY
        : new ArrowBuffer(region, in.getLong(BODY_OFFSET) + in.getLong(at), size);
  }

  private SparseIndex index() {
    int kind = in.getInt(KIND);
    ArrowType.Int type = (ArrowType.Int) SchemaReader.simpleType(in.getInt(INDEX_TYPE));
    if (kind == COO) {
      return new CooIndex(
          type,
          in.getLong(STORED_COUNT),
          dimensionCount,
          in.getLong(ROW_STRIDE),
          in.getLong(COLUMN_STRIDE),
          buffer(1),
          in.getInt(IS_CANONICAL) != 0);
    }
    ArrowType.Int pointers = (ArrowType.Int) SchemaReader.simpleType(in.getInt(POINTER_TYPE));
    if (kind != CSF) {
      return new CompressedIndex(
          kind == CSC, new IndexBuffer(pointers, buffer(1)), new IndexBuffer(type, buffer(2)));
    }
    List<IndexBuffer> indptr = new ArrayList<>(dimensionCount);
    List<IndexBuffer> indices = new ArrayList<>(dimensionCount);
    List<Integer> axes = new ArrayList<>(dimensionCount);
    for (int k = 0; k < dimensionCount; k++) {
      if (k < dimensionCount - 1) {
        indptr.add(new IndexBuffer(pointers, buffer(1 + k)));
      }
      indices.add(new IndexBuffer(type, buffer(dimensionCount + k)));
      axes.add((int) in.getLong(dimension(k) + 16));
    }
    return new CsfIndex(indptr, indices, axes);
  }
}
