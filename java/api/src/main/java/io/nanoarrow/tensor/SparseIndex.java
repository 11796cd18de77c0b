package io.nanoarrow.tensor;

import java.util.List;

/**
 * Where the stored elements of a sparse tensor belong (format/SparseTensor.fbs). What it says is
 * checked before it is used, not when it is read.
 */
public sealed interface SparseIndex permits CooIndex, CompressedIndex, CsfIndex {
  /** Receives the stored elements one after the other. */
  interface Visitor {
    /**
     * Takes one element.
     *
     * @param indices of the element; overwritten afterwards
     * @param position among the stored elements
     */
    void visit(long[] indices, long position);
  }

  /** Returns the format's name for it: COO, CSR, CSC or CSF. */
  String kind();

  /**
   * Checks that the index has as many numbers as a tensor of this form needs.
   *
   * @throws IllegalArgumentException when it has not
   */
  void requireSizes(List<Dimension> dimensions, long storedCount);

  /**
   * Checks all that the index says; takes time in proportion to the stored elements.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when an index is outside of its dimension, or
   *     when pointers do not rise from 0 to the number of what they point to
   */
  void requireContents(List<Dimension> dimensions, long storedCount);

  /**
   * Returns the first position of an element among the stored ones, or -1. The index has been
   * checked.
   */
  long find(long[] indices);

  /** Gives all stored elements in their order. The index has been checked. */
  void forEach(Visitor visitor);

  /** Tells whether the other index has the same kind and says the same; both have been checked. */
  boolean saysTheSame(SparseIndex other);
}
