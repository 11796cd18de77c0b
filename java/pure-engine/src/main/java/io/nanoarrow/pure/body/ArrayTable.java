package io.nanoarrow.pure.body;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.source.Body;
import org.jspecify.annotations.Nullable;

/**
 * The checked numbers of one record batch: length and null count of each node, range of each
 * buffer. Immutable; holds the one use of its body until {@link #release}. Arrays are made from it
 * by {@link ArrayMaker}.
 */
public final class ArrayTable {
  private final BodyPlan plan;
  private final long rowCount;
  private final long[] nodes;
  private final long[] buffers;
  private final int @Nullable [] firstBuffers;
  private final @Nullable Contents contents;
  private final Body body;

  /**
   * A table of checked numbers, which takes over the body.
   *
   * @param nodes length, null count of each node
   * @param buffers offset in the body, size of each buffer
   * @param firstBuffers the first buffer of each node and a last entry, null where the plan's hold
   * @param takeContents buffers that are not as they lie in the body, or null
   */
  ArrayTable(
      BodyPlan plan,
      long rowCount,
      long[] nodes,
      long[] buffers,
      int @Nullable [] firstBuffers,
      @Nullable Contents takeContents,
      Body takeBody) {
    this.plan = plan;
    this.rowCount = rowCount;
    this.nodes = nodes;
    this.buffers = buffers;
    this.firstBuffers = firstBuffers;
    this.contents = takeContents;
    this.body = takeBody;
  }

  /** Returns the plan that the batch was checked against. */
  public BodyPlan plan() {
    return plan;
  }

  /** Returns the rows. */
  public long rowCount() {
    return rowCount;
  }

  /** Tells whether every row of a node is null. */
  public boolean isAllNull(int node) {
    return length(node) == 0 || nullCount(node) == length(node);
  }

  /** Returns the rows of a node. */
  long length(int node) {
    return nodes[2 * node];
  }

  /** Returns the nulls of a node. */
  long nullCount(int node) {
    return nodes[2 * node + 1];
  }

  /** Returns the first buffer of a node. */
  int firstBuffer(int node) {
    return firstBuffers == null ? plan.node(node).firstBuffer : firstBuffers[node];
  }

  /** Returns the variadic buffers of a node. */
  int variadicCount(int node) {
    if (firstBuffers == null) {
      return 0;
    }
    return firstBuffers[node + 1] - firstBuffers[node] - plan.node(node).bufferCount();
  }

  /** Returns a buffer over the body, or what became of one. */
  ArrowBuffer buffer(int index) {
    long size = buffers[2 * index + 1];
    if (size == 0) {
      return ArrowBuffer.EMPTY;
    }
    ArrowBuffer content = contents == null ? null : contents.buffer(index);
    return content != null ? content : body.buffer(buffers[2 * index], size);
  }

  /** Gives the body back, and what was made of it; called once. */
  public void release() {
    if (contents != null) {
      contents.release();
    }
    body.region().release();
  }
}
