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
import io.nanoarrow.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A tensor as C takes it: the table, and the parts of the body in its order. */
final class TensorDescription {
  private static final int ALIGNMENT = 64;

  private final List<ArrowBuffer> buffers = new ArrayList<>();
  private final List<ByteBuffer> body = new ArrayList<>();
  private final ByteBuffer table;
  private long bodyBytes;

  TensorDescription(TensorData content) {
    List<Dimension> dimensions =
        content instanceof DenseData dense
            ? dense.layout().dimensions()
            : ((SparseData) content).dimensions();
    List<byte[]> names = new ArrayList<>(dimensions.size());
    long nameBytes = 0;
    for (Dimension dimension : dimensions) {
      byte[] name = dimension.name().getBytes(StandardCharsets.UTF_8);
      names.add(name);
      nameBytes += name.length;
    }
    collect(content);
    int fixedBytes =
        TensorTable.HEADER_BYTES
            + Math.multiplyExact(TensorTable.DIMENSION_BYTES, dimensions.size())
            + TensorTable.BUFFER_BYTES * buffers.size();
    table =
        ByteBuffer.allocateDirect(Math.toIntExact(fixedBytes + nameBytes))
            .order(ByteOrder.nativeOrder());
    putDimensions(content, dimensions, names, fixedBytes);
    int at = TensorTable.HEADER_BYTES + TensorTable.DIMENSION_BYTES * dimensions.size();
    for (ArrowBuffer buffer : buffers) {
      table.putLong(at, bodyBytes).putLong(at + 8, buffer.sizeBytes());
      at += TensorTable.BUFFER_BYTES;
      add(buffer);
    }
    putHeader(content, dimensions.size());
  }

  private void collect(TensorData content) {
    if (content instanceof DenseData dense) {
      buffers.add(dense.data());
      return;
    }
    SparseData sparse = (SparseData) content;
    buffers.add(sparse.data());
    if (sparse.index() instanceof CooIndex coo) {
      buffers.add(coo.data());
    } else if (sparse.index() instanceof CompressedIndex compressed) {
      buffers.add(compressed.indptr().data());
      buffers.add(compressed.indices().data());
    } else if (sparse.index() instanceof CsfIndex csf) {
      csf.indptr().stream().map(IndexBuffer::data).forEach(buffers::add);
      csf.indices().stream().map(IndexBuffer::data).forEach(buffers::add);
    }
  }

  private void putDimensions(
      TensorData content, List<Dimension> dimensions, List<byte[]> names, int namesStart) {
    long[] strides = content instanceof DenseData dense ? dense.layout().strides() : null;
    List<Integer> axes =
        content instanceof SparseData sparse && sparse.index() instanceof CsfIndex csf
            ? csf.axisOrder()
            : List.of();
    int nameAt = namesStart;
    for (int i = 0; i < dimensions.size(); i++) {
      int at = TensorTable.HEADER_BYTES + TensorTable.DIMENSION_BYTES * i;
      byte[] name = names.get(i);
      table.putLong(at, dimensions.get(i).size());
      table.putLong(at + 8, strides == null ? 0 : strides[i]);
      table.putLong(at + 16, axes.isEmpty() ? 0 : axes.get(i));
      table.putLong(at + 24, nameAt).putLong(at + 32, name.length).put(nameAt, name);
      nameAt += name.length;
    }
  }

  private void putHeader(TensorData content, int dimensionCount) {
    table.putLong(TensorTable.BODY_BYTES, bodyBytes);
    table.putInt(TensorTable.DIMENSION_COUNT, dimensionCount);
    table.putInt(TensorTable.BUFFER_COUNT, buffers.size());
    if (content instanceof DenseData dense) {
      put(TensorTable.TYPE, dense.layout().type());
      return;
    }
    SparseData sparse = (SparseData) content;
    put(TensorTable.TYPE, sparse.type());
    table.putLong(TensorTable.STORED_COUNT, sparse.storedCount());
    if (sparse.index() instanceof CooIndex coo) {
      table.putInt(TensorTable.KIND, TensorTable.COO);
      put(TensorTable.INDEX_TYPE, coo.type());
      table.putLong(TensorTable.ROW_STRIDE, coo.rowStride());
      table.putLong(TensorTable.COLUMN_STRIDE, coo.columnStride());
      table.putInt(TensorTable.IS_CANONICAL, coo.isCanonical() ? 1 : 0);
    } else if (sparse.index() instanceof CompressedIndex compressed) {
      int kind = compressed.isByColumn() ? TensorTable.CSC : TensorTable.CSR;
      table.putInt(TensorTable.KIND, kind);
      put(TensorTable.INDEX_TYPE, compressed.indices().type());
      put(TensorTable.POINTER_TYPE, compressed.indptr().type());
    } else if (sparse.index() instanceof CsfIndex csf) {
      ArrowType.Int indexType = csf.indices().get(0).type();
      table.putInt(TensorTable.KIND, TensorTable.CSF);
      put(TensorTable.INDEX_TYPE, indexType);
      put(
          TensorTable.POINTER_TYPE,
          csf.indptr().isEmpty() ? indexType : csf.indptr().get(0).type());
    }
  }

  private void put(int at, ArrowType type) {
    table.putInt(at, SchemaWriter.number(type));
  }

  /** Adds a buffer's bytes, which are not copied, and the zeros behind them. */
  private void add(ArrowBuffer buffer) {
    long size = buffer.sizeBytes();
    for (long done = 0; done < size; ) {
      int part = (int) Math.min(MemoryRegion.WINDOW_STRIDE, size - done);
      body.add(buffer.transientView(done, part));
      done += part;
    }
    int padding = (int) (-size & ALIGNMENT - 1);
    if (padding > 0) {
      body.add(ByteBuffer.allocate(padding));
    }
    bodyBytes += size + padding;
  }

  /** Returns the table. */
  ByteBuffer table() {
    return table;
  }

  /** Returns the parts of the body. */
  List<ByteBuffer> body() {
    return body;
  }

  long bodyBytes() {
    return bodyBytes;
  }
}
