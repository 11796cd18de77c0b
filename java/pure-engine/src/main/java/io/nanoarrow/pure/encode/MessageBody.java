package io.nanoarrow.pure.encode;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.truncate.BodySink;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The nodes, buffers and bytes of one RecordBatch message; used again after {@link #clear}. */
final class MessageBody implements BodySink {
  private final int alignmentBytes;
  private final Parts parts = new Parts();
  private final Pairs nodes = new Pairs();
  private final Pairs buffers = new Pairs();
  private long[] variadicCounts = new long[4];
  private int variadicSize;
  private long begun;

  MessageBody(int alignmentBytes) {
    this.alignmentBytes = alignmentBytes;
  }

  void clear() {
    parts.clear();
    nodes.clear();
    buffers.clear();
    variadicSize = 0;
  }

  @Override
  public void node(long length, long nullCount) {
    nodes.add(length, nullCount);
  }

  @Override
  public void variadic(long count) {
    if (variadicSize == variadicCounts.length) {
      variadicCounts = Arrays.copyOf(variadicCounts, 2 * variadicSize);
    }
    variadicCounts[variadicSize++] = count;
  }

  @Override
  public void begin() {
    begun = parts.sizeBytes();
  }

  @Override
  public void bytes(ArrowBuffer source, long at, long size) {
    parts.add(source, at, size);
  }

  @Override
  public ByteBuffer room(int size) {
    return parts.room(size);
  }

  @Override
  public void end() {
    buffers.add(begun, parts.sizeBytes() - begun);
    parts.pad(alignmentBytes);
  }

  /** Returns length and null count of each node. */
  Pairs nodes() {
    return nodes;
  }

  /** Returns offset and size of each buffer. */
  Pairs buffers() {
    return buffers;
  }

  /** Returns the variadic buffer counts. */
  long[] variadicCounts() {
    return Arrays.copyOf(variadicCounts, variadicSize);
  }

  /** Returns the bytes. */
  Parts parts() {
    return parts;
  }
}
