package io.nanoarrow.crosscheck.tensor;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.SparseMatrixIndexCSX;
import org.apache.arrow.flatbuf.SparseTensor;
import org.apache.arrow.flatbuf.SparseTensorIndex;
import org.apache.arrow.flatbuf.SparseTensorIndexCOO;
import org.apache.arrow.flatbuf.SparseTensorIndexCSF;
import org.apache.arrow.flatbuf.Tensor;
import org.apache.arrow.flatbuf.TensorDim;
import org.apache.arrow.flatbuf.Type;

/** Tensor messages built by hand, right or wrong: what a test says is written as it is. */
final class TensorBytes {
  /** A range of the body. */
  record Part(long offset, long length) {}

  byte header = MessageHeader.Tensor;
  byte type = Type.FloatingPoint;
  int bitWidth = 32;
  short precision = 2;
  long[] shape = {2, 3};
  long[] strides = {24, 8};
  Part data = new Part(0, 48);
  byte[] body = new byte[64];
  long bodyLength = 64;

  long stored = 2;
  byte indexKind = SparseTensorIndex.SparseTensorIndexCOO;
  int pointerWidth = 64;
  int indexWidth = 64;
  short axis;
  long[] indexStrides = {16, 8};
  Part[] pointers = {};
  Part[] indices = {new Part(16, 32)};
  int[] axisOrder = {0, 1};

  private final FlatBufferBuilder out = new FlatBufferBuilder();

  private int type(byte number) {
    return switch (number) {
      case Type.Int -> Int.createInt(out, bitWidth, true);
      case Type.FloatingPoint -> FloatingPoint.createFloatingPoint(out, precision);
      default -> Date.createDate(out, (short) 0);
    };
  }

  private int shape() {
    int[] tables = new int[shape.length];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = TensorDim.createTensorDim(out, shape[i], out.createString("d" + i));
    }
    return out.createVectorOfTables(tables);
  }

  private int buffer(Part part) {
    return Buffer.createBuffer(out, part.offset, part.length);
  }

  private int dense() {
    int shape = shape();
    int strideVector = strides == null ? 0 : Tensor.createStridesVector(out, strides);
    int typeTable = type(type);
    Tensor.startTensor(out);
    Tensor.addTypeType(out, type);
    Tensor.addType(out, typeTable);
    Tensor.addShape(out, shape);
    if (strides != null) {
      Tensor.addStrides(out, strideVector);
    }
    Tensor.addData(out, buffer(data));
    return Tensor.endTensor(out);
  }

  private int sparse() {
    int shape = shape();
    int typeTable = type(type);
    int index = index();
    SparseTensor.startSparseTensor(out);
    SparseTensor.addTypeType(out, type);
    SparseTensor.addType(out, typeTable);
    SparseTensor.addShape(out, shape);
    SparseTensor.addNonZeroLength(out, stored);
    SparseTensor.addSparseIndexType(out, indexKind);
    SparseTensor.addSparseIndex(out, index);
    SparseTensor.addData(out, buffer(data));
    return SparseTensor.endSparseTensor(out);
  }

  private int index() {
    int indexType = Int.createInt(out, indexWidth, true);
    int pointerType = Int.createInt(out, pointerWidth, true);
    return switch (indexKind) {
      case SparseTensorIndex.SparseTensorIndexCOO -> coordinates(indexType);
      case SparseTensorIndex.SparseMatrixIndexCSX -> compressed(pointerType, indexType);
      default -> fibers(pointerType, indexType);
    };
  }

  private int coordinates(int indexType) {
    int vector = SparseTensorIndexCOO.createIndicesStridesVector(out, indexStrides);
    SparseTensorIndexCOO.startSparseTensorIndexCOO(out);
    SparseTensorIndexCOO.addIndicesType(out, indexType);
    SparseTensorIndexCOO.addIndicesStrides(out, vector);
    SparseTensorIndexCOO.addIndicesBuffer(out, buffer(indices[0]));
    return SparseTensorIndexCOO.endSparseTensorIndexCOO(out);
  }

  private int compressed(int pointerType, int indexType) {
    SparseMatrixIndexCSX.startSparseMatrixIndexCSX(out);
    SparseMatrixIndexCSX.addCompressedAxis(out, axis);
    SparseMatrixIndexCSX.addIndptrType(out, pointerType);
    SparseMatrixIndexCSX.addIndptrBuffer(out, buffer(pointers[0]));
    SparseMatrixIndexCSX.addIndicesType(out, indexType);
    SparseMatrixIndexCSX.addIndicesBuffer(out, buffer(indices[0]));
    return SparseMatrixIndexCSX.endSparseMatrixIndexCSX(out);
  }

  private int fibers(int pointerType, int indexType) {
    SparseTensorIndexCSF.startIndptrBuffersVector(out, pointers.length);
    int pointerVector = buffers(pointers);
    SparseTensorIndexCSF.startIndicesBuffersVector(out, indices.length);
    int indexVector = buffers(indices);
    int order = SparseTensorIndexCSF.createAxisOrderVector(out, axisOrder);
    return SparseTensorIndexCSF.createSparseTensorIndexCSF(
        out, pointerType, pointerVector, indexType, indexVector, order);
  }

  private int buffers(Part[] parts) {
    for (int i = parts.length - 1; i >= 0; i--) {
      buffer(parts[i]);
    }
    return out.endVector();
  }

  /** Returns the whole message. */
  byte[] build() {
    int table = header == MessageHeader.Tensor ? dense() : sparse();
    out.finish(Message.createMessage(out, MetadataVersion.V5, header, table, bodyLength, 0));
    ByteBuffer flat = out.dataBuffer();
    int metadata = (8 + flat.remaining() + 63) / 64 * 64;
    ByteBuffer message = ByteBuffer.allocate(metadata + body.length).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(-1).putInt(metadata - 8).put(flat).position(metadata).put(body);
    return message.array();
  }

  /** Sets little-endian longs of the body. */
  TensorBytes longs(int offset, long... values) {
    ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      bytes.putLong(offset + 8 * i, values[i]);
    }
    return this;
  }

  /** A dense tensor of 2 by 3 doubles. */
  static TensorBytes ofDense() {
    return new TensorBytes();
  }

  private static TensorBytes ofSparse(byte kind, int bodySize) {
    TensorBytes made = new TensorBytes();
    made.header = MessageHeader.SparseTensor;
    made.indexKind = kind;
    made.data = new Part(0, 16);
    made.body = new byte[bodySize];
    made.bodyLength = bodySize;
    return made;
  }

  /** Elements (0, 1) and (1, 2) of 2 by 3 doubles. */
  static TensorBytes ofCoo() {
    return ofSparse(SparseTensorIndex.SparseTensorIndexCOO, 64).longs(16, 0, 1, 1, 2);
  }

  /** The same by rows. */
  static TensorBytes ofCsr() {
    TensorBytes made = ofSparse(SparseTensorIndex.SparseMatrixIndexCSX, 64);
    made.pointers = new Part[] {new Part(16, 24)};
    made.indices = new Part[] {new Part(40, 16)};
    return made.longs(16, 0, 1, 2, 1, 2);
  }

  /** The same by fibers; lengths in bytes, as the format says. */
  static TensorBytes ofCsf() {
    TensorBytes made = ofSparse(SparseTensorIndex.SparseTensorIndexCSF, 128);
    made.pointers = new Part[] {new Part(16, 24)};
    made.indices = new Part[] {new Part(40, 16), new Part(56, 16)};
    return made.longs(16, 0, 1, 2, 0, 1, 1, 2);
  }
}
