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

  /** Returns what has been added; holds until {@link #clear}. */
  BodyContent content() {
    return new BodyContent(nodes, Arrays.copyOf(variadicCounts, variadicSize), buffers, parts);
  }
}
