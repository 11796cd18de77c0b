package io.nanoarrow.pure.verify;

import static io.nanoarrow.pure.verify.FlatVerifier.ABSENT;

import org.apache.arrow.flatbuf.SparseTensorIndex;

/** Checks Tensor and SparseTensor tables. */
public final class TensorVerifier {
  /** The bytes of one Buffer struct. */
  private static final int BUFFER_SIZE = 16;

  private TensorVerifier() {}

  /** Checks a tensor whose own table is checked already. */
  public static void tensor(FlatVerifier flat, int tensor) {
    SchemaVerifier.type(flat, tensor, 0);
    shape(flat, tensor, 2);
    flat.vector(tensor, 3, 8);
    require(flat, tensor, flat.inline(tensor, 4, BUFFER_SIZE), "a tensor without data");
  }

  /** Checks a sparse tensor whose own table is checked already. */
  public static void sparseTensor(FlatVerifier flat, int tensor) {
    SchemaVerifier.type(flat, tensor, 0);
    shape(flat, tensor, 2);
    flat.inline(tensor, 3, 8);
    byte kind = flat.getByte(tensor, 4);
    int index = flat.tableField(tensor, 5);
    require(flat, tensor, index, "a sparse tensor without an index");
    require(flat, tensor, flat.inline(tensor, 6, BUFFER_SIZE), "a sparse tensor without data");
    switch (kind) {
      case SparseTensorIndex.SparseTensorIndexCOO -> {
        requireInteger(flat, index, 0);
        flat.vector(index, 1, 8);
        require(flat, index, flat.inline(index, 2, BUFFER_SIZE), "an index without a buffer");
        flat.inline(index, 3, 1);
      }
      case SparseTensorIndex.SparseMatrixIndexCSX -> {
        flat.inline(index, 0, 2);
        requireInteger(flat, index, 1);
        require(flat, index, flat.inline(index, 2, BUFFER_SIZE), "an index without a buffer");
        requireInteger(flat, index, 3);
        require(flat, index, flat.inline(index, 4, BUFFER_SIZE), "an index without a buffer");
      }
      case SparseTensorIndex.SparseTensorIndexCSF -> {
        requireInteger(flat, index, 0);
        flat.vector(index, 1, BUFFER_SIZE);
        requireInteger(flat, index, 2);
        flat.vector(index, 3, BUFFER_SIZE);
        flat.vector(index, 4, 4);
      }
      default -> throw flat.invalid("a sparse index of kind " + kind, tensor);
    }
  }

  private static void shape(FlatVerifier flat, int table, int slot) {
    int vector = flat.vector(table, slot, 4);
    for (int i = 0, n = flat.count(vector); i < n; i++) {
      int dimension = flat.table(flat.element(vector, i));
      flat.inline(dimension, 0, 8);
      flat.string(dimension, 1);
    }
  }

  private static void requireInteger(FlatVerifier flat, int table, int slot) {
    int type = flat.tableField(table, slot);
    require(flat, table, type, "an index without its integer type");
    SchemaVerifier.integer(flat, type);
  }

  private static void require(FlatVerifier flat, int table, int part, String missing) {
    if (part == ABSENT) {
      throw flat.invalid(missing, table);
    }
  }
}
