package io.nanoarrow.tensor;

import java.util.List;

/**
 * Compressed sparse fibers: a forest with a level for each dimension. The nodes of level k have
 * their index along dimension axisOrder[k] in indices[k]; the children of node n are those from
 * indptr[k][n] to indptr[k][n + 1] of the next level. The leaves are the stored elements.
 *
 * @param indptr one for each level but the last
 * @param indices one for each level
 * @param axisOrder the dimension of each level
 */
public record CsfIndex(List<IndexBuffer> indptr, List<IndexBuffer> indices, List<Integer> axisOrder)
    implements SparseIndex {
  /** Copies the lists; the buffers of each must have one type. */
  public CsfIndex {
    indptr = List.copyOf(indptr);
    indices = List.copyOf(indices);
    axisOrder = List.copyOf(axisOrder);
    if (indptr.stream().map(IndexBuffer::type).distinct().count() > 1
        || indices.stream().map(IndexBuffer::type).distinct().count() > 1) {
      throw new IllegalArgumentException("levels of a CSF index with numbers of several types");
    }
  }

  @Override
  public String kind() {
    return "CSF";
  }

  @Override
  public void requireSizes(List<Dimension> dimensions, long storedCount) {
    int levels = dimensions.size();
    boolean fits =
        indices.size() == levels && indptr.size() == levels - 1 && axisOrder.size() == levels;
    boolean[] seen = new boolean[levels];
    for (int k = 0; fits && k < levels; k++) {
      int axis = axisOrder.get(k);
      fits = axis >= 0 && axis < levels && !seen[axis];
      if (fits) {
        seen[axis] = true;
        fits =
            k == levels - 1
                ? indices.get(k).length() == storedCount
                : indptr.get(k).length() == indices.get(k).length() + 1;
      }
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "a CSF index that does not fit " + dimensions + " and " + storedCount + " elements");
    }
  }

  @Override
  public void requireContents(List<Dimension> dimensions, long storedCount) {
    for (int k = 0; k < indices.size(); k++) {
      CompressedIndex.requireBelow(indices.get(k), dimensions.get(axisOrder.get(k)).size());
      if (k < indptr.size()) {
        CompressedIndex.requireRising(indptr.get(k), indices.get(k + 1).length());
      }
    }
  }

  @Override
  public long find(long[] at) {
    long start = 0;
    long end = indices.get(0).length();
    for (int k = 0; k < indices.size(); k++) {
      long wanted = at[axisOrder.get(k)];
      long node = start;
      while (node < end && indices.get(k).get(node) != wanted) {
        node++;
      }
      if (node == end) {
        return -1;
      }
      if (k == indptr.size()) {
        return node;
      }
      start = indptr.get(k).get(node);
      end = indptr.get(k).get(node + 1);
    }
    return -1;
  }

  @Override
  public void forEach(Visitor visitor) {
    int leaves = indices.size() - 1;
    long[] node = new long[leaves + 1];
    long[] at = new long[leaves + 1];
    for (long leaf = 0; leaf < indices.get(leaves).length(); leaf++) {
      node[leaves] = leaf;
      at[axisOrder.get(leaves)] = indices.get(leaves).get(leaf);
      for (int k = leaves - 1; k >= 0; k--) {
        // The parent is the last node whose children begin at or before the child.
        while (indptr.get(k).get(node[k] + 1) <= node[k + 1]) {
          node[k]++;
        }
        at[axisOrder.get(k)] = indices.get(k).get(node[k]);
      }
      visitor.visit(at, leaf);
    }
  }

  @Override
  public boolean saysTheSame(SparseIndex other) {
    if (!(other instanceof CsfIndex csf) || !csf.axisOrder.equals(axisOrder)) {
      return false;
    }
    for (int k = 0; k < indices.size(); k++) {
      boolean same =
          CompressedIndex.areEqual(indices.get(k), csf.indices.get(k))
              && (k == indptr.size() || CompressedIndex.areEqual(indptr.get(k), csf.indptr.get(k)));
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
