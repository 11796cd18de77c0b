package io.nanoarrow.tensor;

import java.util.List;

/**
 * Compressed rows (CSR) or columns (CSC) of a matrix: the stored elements of row r (column c) are
 * those from indptr[r] to indptr[r + 1], and indices has the column (row) of each.
 *
 * @param isByColumn CSC, else CSR
 * @param indptr one number for each row (column), and one
 * @param indices one number for each stored element
 */
public record CompressedIndex(boolean isByColumn, IndexBuffer indptr, IndexBuffer indices)
    implements SparseIndex {
  private int compressedAxis() {
    return isByColumn ? 1 : 0;
  }

  @Override
  public String kind() {
    return isByColumn ? "CSC" : "CSR";
  }

  @Override
  public void requireSizes(List<Dimension> dimensions, long storedCount) {
    if (dimensions.size() != 2) {
      throw new IllegalArgumentException(
          "a " + kind() + " index of " + dimensions.size() + " axes");
    }
    // Compared with one less, which a size of 2^63-1 does not overflow.
    if (indptr.length() - 1 != dimensions.get(compressedAxis()).size()
        || indices.length() != storedCount) {
      throw new IllegalArgumentException(
          "a %s index of %d pointers and %d indices for %s and %d elements"
              .formatted(kind(), indptr.length(), indices.length(), dimensions, storedCount));
    }
  }

  @Override
  public void requireContents(List<Dimension> dimensions, long storedCount) {
    requireRising(indptr, storedCount);
    requireBelow(indices, dimensions.get(1 - compressedAxis()).size());
  }

  static void requireRising(IndexBuffer pointers, long end) {
    long before = 0;
    for (long i = 0; i < pointers.length(); i++) {
      long next = pointers.get(i);
      if (next < before || i == 0 && next != 0) {
        throw IndexBuffer.invalid("pointer " + i + " of a sparse index does not rise from 0");
      }
      before = next;
    }
    if (before != end) {
      throw IndexBuffer.invalid("the pointers of a sparse index end at " + before + " of " + end);
    }
  }

  static void requireBelow(IndexBuffer indices, long size) {
    for (long i = 0; i < indices.length(); i++) {
      if (indices.get(i) >= size) {
        throw IndexBuffer.invalid("index " + i + " of a sparse index is outside of its dimension");
      }
    }
  }

  @Override
  public long find(long[] at) {
    long end = indptr.get(at[compressedAxis()] + 1);
    for (long i = indptr.get(at[compressedAxis()]); i < end; i++) {
      if (indices.get(i) == at[1 - compressedAxis()]) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public void forEach(Visitor visitor) {
    long[] at = new long[2];
    for (long i = 0; i < indptr.length() - 1; i++) {
      long end = indptr.get(i + 1);
      for (long position = indptr.get(i); position < end; position++) {
        at[compressedAxis()] = i;
        at[1 - compressedAxis()] = indices.get(position);
        visitor.visit(at, position);
      }
    }
  }

  @Override
  public boolean saysTheSame(SparseIndex other) {
    return other instanceof CompressedIndex compressed
        && compressed.isByColumn == isByColumn
        && areEqual(indptr, compressed.indptr)
        && areEqual(indices, compressed.indices);
  }

  static boolean areEqual(IndexBuffer a, IndexBuffer b) {
    if (a.length() != b.length()) {
      return false;
    }
    for (long i = 0; i < a.length(); i++) {
      if (a.get(i) != b.get(i)) {
        return false;
      }
    }
    return true;
  }
}
