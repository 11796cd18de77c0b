package io.nanoarrow.pure.encode;

import com.google.flatbuffers.FlatBufferBuilder;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.tensor.CompressedIndex;
import io.nanoarrow.tensor.CooIndex;
import io.nanoarrow.tensor.CsfIndex;
import io.nanoarrow.tensor.DenseData;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.IndexBuffer;
import io.nanoarrow.tensor.SparseData;
import io.nanoarrow.tensor.SparseIndex;
import io.nanoarrow.tensor.TensorData;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.SparseMatrixCompressedAxis;
import org.apache.arrow.flatbuf.SparseMatrixIndexCSX;
import org.apache.arrow.flatbuf.SparseTensor;
import org.apache.arrow.flatbuf.SparseTensorIndex;
import org.apache.arrow.flatbuf.SparseTensorIndexCOO;
import org.apache.arrow.flatbuf.SparseTensorIndexCSF;
import org.apache.arrow.flatbuf.Tensor;
import org.apache.arrow.flatbuf.TensorDim;

/** Encodes one tensor: the body part by part, then the flatbuffer that tells where parts begin. */
public final class TensorEncoder {
  private static final int ALIGNMENT = 64;

  private final Parts body = new Parts();
  private final MessageWriter messages;
  private final FlatBufferBuilder out;

  private TensorEncoder(WriteOptions options) {
    messages =
        new MessageWriter(options.toBuilder().alignmentBytes(ALIGNMENT).compression(null).build());
    out = messages.begin();
  }

  /** Encodes a tensor whose elements, of a dense one, are packed. */
  public static EncodedMessage encode(TensorData content, WriteOptions options) {
    TensorEncoder encoder = new TensorEncoder(options);
    if (content instanceof DenseData dense) {
      return encoder.dense(dense);
    }
    return encoder.sparse((SparseData) content);
  }

  /** A buffer's place in the body. */
  private record Place(long offset, long sizeBytes) {}

  private Place add(ArrowBuffer bytes) {
    long offset = body.sizeBytes();
    body.add(bytes, 0, bytes.sizeBytes());
    body.pad(ALIGNMENT);
    return new Place(offset, bytes.sizeBytes());
  }

  private EncodedMessage dense(DenseData dense) {
    int shape = dimensions(dense.layout().dimensions());
    int strides = Tensor.createStridesVector(out, dense.layout().strides());
    ArrowType type = dense.layout().type();
    int typeTable = TypeWriter.write(out, type);
    Place data = add(dense.data());
    Tensor.startTensor(out);
    Tensor.addTypeType(out, TypeWriter.number(type));
    Tensor.addType(out, typeTable);
    Tensor.addShape(out, shape);
    Tensor.addStrides(out, strides);
    Tensor.addData(out, Buffer.createBuffer(out, data.offset(), data.sizeBytes()));
    return messages.finish(0, MessageHeader.Tensor, Tensor.endTensor(out), Metadata.EMPTY, body);
  }

  private int dimensions(List<Dimension> dimensions) {
    int[] tables = new int[dimensions.size()];
    for (int i = 0; i < tables.length; i++) {
      int name = Texts.text(out, dimensions.get(i).name());
      tables[i] = TensorDim.createTensorDim(out, dimensions.get(i).size(), name);
    }
    return out.createVectorOfTables(tables);
  }

  private EncodedMessage sparse(SparseData sparse) {
    int index = index(sparse.index());
    int shape = dimensions(sparse.dimensions());
    int typeTable = TypeWriter.write(out, sparse.type());
    Place data = add(sparse.data());
    SparseTensor.startSparseTensor(out);
    SparseTensor.addTypeType(out, TypeWriter.number(sparse.type()));
    SparseTensor.addType(out, typeTable);
    SparseTensor.addShape(out, shape);
    SparseTensor.addNonZeroLength(out, sparse.storedCount());
    SparseTensor.addSparseIndexType(out, indexNumber(sparse.index()));
    SparseTensor.addSparseIndex(out, index);
    SparseTensor.addData(out, Buffer.createBuffer(out, data.offset(), data.sizeBytes()));
    int header = SparseTensor.endSparseTensor(out);
    return messages.finish(0, MessageHeader.SparseTensor, header, Metadata.EMPTY, body);
  }

  private static byte indexNumber(SparseIndex index) {
    if (index instanceof CooIndex) {
      return SparseTensorIndex.SparseTensorIndexCOO;
    }
    return index instanceof CompressedIndex
        ? SparseTensorIndex.SparseMatrixIndexCSX
        : SparseTensorIndex.SparseTensorIndexCSF;
  }

  private int index(SparseIndex index) {
    if (index instanceof CooIndex coo) {
      return coordinates(coo);
    } else if (index instanceof CompressedIndex compressed) {
      return compressed(compressed);
    }
    return fibers((CsfIndex) index);
  }

  private int integer(ArrowType.Int type) {
    return Int.createInt(out, type.bitWidth(), type.signed());
  }

  private int coordinates(CooIndex index) {
    int type = integer(index.type());
    int strides =
        SparseTensorIndexCOO.createIndicesStridesVector(
            out, new long[] {index.rowStride(), index.columnStride()});
    Place place = add(index.data());
    SparseTensorIndexCOO.startSparseTensorIndexCOO(out);
    SparseTensorIndexCOO.addIndicesType(out, type);
    SparseTensorIndexCOO.addIndicesStrides(out, strides);
    SparseTensorIndexCOO.addIndicesBuffer(
        out, Buffer.createBuffer(out, place.offset(), place.sizeBytes()));
    SparseTensorIndexCOO.addIsCanonical(out, index.isCanonical());
    return SparseTensorIndexCOO.endSparseTensorIndexCOO(out);
  }

  private int compressed(CompressedIndex index) {
    int pointerType = integer(index.indptr().type());
    int indexType = integer(index.indices().type());
    Place pointers = add(index.indptr().data());
    Place indices = add(index.indices().data());
    SparseMatrixIndexCSX.startSparseMatrixIndexCSX(out);
    SparseMatrixIndexCSX.addCompressedAxis(
        out,
        index.isByColumn() ? SparseMatrixCompressedAxis.Column : SparseMatrixCompressedAxis.Row);
    SparseMatrixIndexCSX.addIndptrType(out, pointerType);
    SparseMatrixIndexCSX.addIndptrBuffer(
        out, Buffer.createBuffer(out, pointers.offset(), pointers.sizeBytes()));
    SparseMatrixIndexCSX.addIndicesType(out, indexType);
    SparseMatrixIndexCSX.addIndicesBuffer(
        out, Buffer.createBuffer(out, indices.offset(), indices.sizeBytes()));
    return SparseMatrixIndexCSX.endSparseMatrixIndexCSX(out);
  }

  private int fibers(CsfIndex index) {
    int pointerType =
        integer(
            index.indptr().isEmpty()
                ? index.indices().get(0).type()
                : index.indptr().get(0).type());
    int indexType = integer(index.indices().get(0).type());
    List<Place> pointers = index.indptr().stream().map(this::addCounted).toList();
    List<Place> indices = index.indices().stream().map(this::addCounted).toList();
    SparseTensorIndexCSF.startIndptrBuffersVector(out, pointers.size());
    int pointerVector = places(pointers);
    SparseTensorIndexCSF.startIndicesBuffersVector(out, indices.size());
    int indexVector = places(indices);
    int order =
        SparseTensorIndexCSF.createAxisOrderVector(
            out, index.axisOrder().stream().mapToInt(Integer::intValue).toArray());
    return SparseTensorIndexCSF.createSparseTensorIndexCSF(
        out, pointerType, pointerVector, indexType, indexVector, order);
  }

  /** Arrow C++ reads and writes the length of these buffers in numbers, and crashes on bytes. */
  private Place addCounted(IndexBuffer numbers) {
    return new Place(add(numbers.data()).offset(), numbers.length());
  }

  private int places(List<Place> places) {
    for (int i = places.size() - 1; i >= 0; i--) {
      Buffer.createBuffer(out, places.get(i).offset(), places.get(i).sizeBytes());
    }
    return out.endVector();
  }
}
