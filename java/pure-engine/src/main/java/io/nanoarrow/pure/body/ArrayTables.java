package io.nanoarrow.pure.body;

import io.nanoarrow.pure.body.BodyPlan.Node;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.message.RecordBatchHead;
import io.nanoarrow.pure.source.Body;
import io.nanoarrow.pure.source.PendingBody;
import io.nanoarrow.pure.source.Ranges;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the numbers of a record batch against its plan and its body. Lengths and sizes are checked
 * as far as widths are fixed; what offsets, views, type ids and run ends say is left to the
 * columns.
 */
public final class ArrayTables {
  /** The null count of a sender that did not count. */
  private static final long NOT_COUNTED = -1;

  /** Rows below which a fixed width (under 2^31) times rows cannot overflow. */
  private static final long FEW = 1L << 32;

  private final BodyPlan plan;
  private final RecordBatchHead head;
  private final long bodySize;
  private final long[] nodes;
  private final long[] buffers;
  private int @Nullable [] firstBuffers;
  private @Nullable Compression compression;

  private ArrayTables(BodyPlan plan, RecordBatchHead head, long bodySize) {
    this.plan = plan;
    this.head = head;
    this.bodySize = bodySize;
    if (head.isCompressed()) {
      Compression.requireKnown(plan, head);
    }
    if (head.nodeCount() != plan.nodeCount()) {
      throw contradiction(head.nodeCount() + " field nodes, the schema has " + plan.nodeCount());
    }
    if (head.variadicCount() != plan.viewCount()) {
      throw contradiction(
          head.variadicCount() + " variadic buffer counts, the schema has " + plan.viewCount());
    }
    if (plan.viewCount() > 0) {
      firstBuffers = placeBuffers();
    } else if (head.bufferCount() != plan.bufferCount()) {
      throw contradiction(head.bufferCount() + " buffers, the schema has " + plan.bufferCount());
    }
    nodes = new long[2 * head.nodeCount()];
    buffers = new long[2 * head.bufferCount()];
  }

  /**
   * Checks a batch. Of a plan with fields that are not read, only the buffers of the others are
   * taken from the body.
   *
   * @param plan of the schema or dictionary
   * @param head the batch's table, verified
   * @param takeBody its body
   * @throws io.nanoarrow.error.ArrowFormatException when they do not agree
   */
  public static ArrayTable check(BodyPlan plan, RecordBatchHead head, PendingBody takeBody)
      throws IOException {
    if (!plan.isPartial()) {
      Body body = takeBody.take(null);
      try {
        return new ArrayTables(plan, head, body.sizeBytes()).readNumbers().finish(body);
      } catch (Throwable t) {
        body.region().release();
        throw t;
      }
    }
    ArrayTables tables = new ArrayTables(plan, head, takeBody.sizeBytes()).readNumbers();
    Body body = takeBody.take(Ranges.covering(tables.buffers, takeBody.holeBytes()));
    try {
      return tables.finish(body);
    } catch (Throwable t) {
      body.region().release();
      throw t;
    }
  }

  private ArrayTables readNumbers() {
    for (int i = 0; i < plan.nodeCount(); i++) {
      readNode(plan.node(i));
    }
    readBuffers();
    return this;
  }

  private ArrayTable finish(Body takeBody) {
    if (head.isCompressed()) {
      compression = Compression.read(head, buffers, takeBody);
    }
    for (int i = 0; i < plan.nodeCount(); i++) {
      requireBuffers(plan.node(i));
    }
    return new ArrayTable(
        plan, head.rowCount(), nodes, buffers, firstBuffers, contents(takeBody), takeBody);
  }

  private @Nullable Contents contents(Body body) {
    if (compression == null && !plan.isBigEndian()) {
      return null;
    }
    return Contents.of(plan, firstBuffers(), buffers, compression, body, head.useThreads());
  }

  /** Returns the first buffer of each node and a last entry. */
  private int[] firstBuffers() {
    return firstBuffers == null ? plan.firstBuffers() : firstBuffers;
  }

  /** Finds the first buffer of each node where views bring buffers of their own. */
  private int[] placeBuffers() {
    int[] first = new int[plan.nodeCount() + 1];
    long next = 0;
    int view = 0;
    for (int i = 0; i < plan.nodeCount(); i++) {
      Node node = plan.node(i);
      first[i] = (int) next;
      next += node.bufferCount();
      if (node.layout == Layout.VIEW) {
        long count = head.variadicBuffers(view++);
        if (count < 0 || count > head.bufferCount()) {
          throw fault(node, head.firstBuffer(), count + " variadic buffers");
        }
        next += count;
      }
      if (next > head.bufferCount()) {
        throw fault(node, head.firstBuffer(), "needs more buffers than the batch has");
      }
    }
    if (next != head.bufferCount()) {
      throw contradiction(head.bufferCount() + " buffers, the schema has " + next);
    }
    first[plan.nodeCount()] = (int) next;
    return first;
  }

  private long bufferSize(int buffer) {
    return buffers[2 * buffer + 1];
  }

  private void readBuffers() {
    if (!plan.isPartial()) {
      readBuffers(0, head.bufferCount());
      return;
    }
    int[] first = firstBuffers();
    for (int i = 0; i < plan.nodeCount(); i++) {
      if (!plan.node(i).skipped) {
        readBuffers(first[i], first[i + 1]);
      }
    }
  }

  private void readBuffers(int from, int to) {
    ByteBuffer bytes = head.bytes();
    int at = head.firstBuffer() + 16 * from;
    for (int i = 2 * from; i < 2 * to; i += 2, at += 16) {
      long offset = bytes.getLong(at);
      long size = bytes.getLong(at + 8);
      if (offset < 0 || size < 0 || offset > bodySize || size > bodySize - offset) {
        throw fault(
            ownerOf(i / 2),
            at,
            "a buffer of " + size + " bytes at " + offset + " of a body of " + bodySize);
      }
      buffers[i] = offset;
      buffers[i + 1] = size;
    }
  }

  private void readNode(Node node) {
    int index = node.index;
    int at = head.firstNode() + 16 * index;
    long length = head.bytes().getLong(at);
    long nulls = head.bytes().getLong(at + 8);
    if (length < 0 || nulls < NOT_COUNTED || nulls > length) {
      throw fault(node, at, "length " + length + ", null count " + nulls);
    }
    nodes[2 * index] = length;
    nodes[2 * index + 1] = nulls;
    requireRows(node, at, length);
    if (nulls > 0 && node.validity && node.layout == Layout.RUN_ENDS) {
      throw Faults.unsupported(
          "runs with nulls of their own (metadata V4)", head.inputOffset(at), node.path.toString());
    }
  }

  private void requireBuffers(Node node) {
    if (node.skipped) {
      return;
    }
    int index = node.index;
    int at = head.firstNode() + 16 * index;
    long length = nodes[2 * index];
    long nulls = nodes[2 * index + 1];
    int buffer = firstBuffers == null ? node.firstBuffer : firstBuffers[index];
    if (node.validity) {
      boolean mayBeAbsent = nulls == 0 || (nulls == NOT_COUNTED && contentSize(buffer) == 0);
      if (!mayBeAbsent) {
        require(node, buffer, bitmapSize(length));
      } else if (contentSize(buffer) < bitmapSize(length)) {
        leaveOut(buffer);
      }
      buffer++;
    }
    switch (node.layout) {
      case FIXED -> require(node, buffer, product(node, at, length, node.width));
      case BITS -> require(node, buffer, bitmapSize(length));
      case VIEW -> require(node, buffer, product(node, at, length, 16));
      case BINARY, LIST -> requireOffsets(node, buffer, at, length, 4);
      case LARGE_BINARY, LARGE_LIST -> requireOffsets(node, buffer, at, length, 8);
      case LIST_VIEW -> requirePair(node, buffer, product(node, at, length, 4));
      case LARGE_LIST_VIEW -> requirePair(node, buffer, product(node, at, length, 8));
      case SPARSE_UNION -> require(node, buffer, length);
      case DENSE_UNION -> {
        require(node, buffer, length);
        require(node, buffer + 1, product(node, at, length, 4));
      }
      case NULL, VALIDITY, RUN_ENDS -> {}
    }
  }

  private void requireRows(Node node, int at, long length) {
    if (node.parent < 0) {
      if (length != head.rowCount()) {
        throw fault(node, at, length + " rows in a batch of " + head.rowCount());
      }
      return;
    }
    long parentLength = nodes[2 * node.parent];
    if (node.rowsPerParentRow != 0
        && length < product(node, at, parentLength, node.rowsPerParentRow)) {
      throw fault(node, at, length + " rows under a parent of " + parentLength);
    }
    if (plan.node(node.parent).layout == Layout.RUN_ENDS) {
      requireRuns(node, at, length, parentLength);
    }
  }

  private void requireRuns(Node node, int at, long length, long parentLength) {
    boolean runEnds = node.index == node.parent + 1;
    if (runEnds) {
      if (head.bytes().getLong(at + 8) != 0) {
        throw fault(node, at, "run ends with nulls");
      } else if (length == 0 && parentLength > 0) {
        throw fault(node, at, "no run ends for " + parentLength + " rows");
      }
    } else if (length < nodes[2 * (node.parent + 1)]) {
      throw fault(node, at, "fewer values than run ends");
    }
  }

  private void requireOffsets(Node node, int buffer, int at, long length, int width) {
    if (length > 0) {
      require(node, buffer, product(node, at, length, width) + width);
    } else if (contentSize(buffer) < width) {
      leaveOut(buffer);
    }
  }

  private void requirePair(Node node, int buffer, long size) {
    require(node, buffer, size);
    require(node, buffer + 1, size);
  }

  private void require(Node node, int buffer, long size) {
    long there = contentSize(buffer);
    if (there < size) {
      throw fault(
          node,
          head.firstBuffer() + 16 * buffer,
          "a buffer of " + there + " bytes instead of " + size);
    }
  }

  private long contentSize(int buffer) {
    long size = bufferSize(buffer);
    return compression == null ? size : compression.contentSize(buffer, size);
  }

  /** Treats a buffer that is too short, and need not be there, as absent. */
  private void leaveOut(int buffer) {
    buffers[2 * buffer + 1] = 0;
  }

  /** Returns rows times width, 2^62 at most: more than any body has. */
  private long product(Node node, int at, long length, int width) {
    if (length < FEW) {
      return length * width;
    }
    if (width != 0 && length > (1L << 62) / width) {
      throw fault(node, at, length + " rows of " + width + " bytes or rows each");
    }
    return length * width;
  }

  private static long bitmapSize(long length) {
    return (length >>> 3) + ((length & 7) == 0 ? 0 : 1);
  }

  private Node ownerOf(int buffer) {
    int i = plan.nodeCount() - 1;
    while (i > 0 && (firstBuffers == null ? plan.node(i).firstBuffer : firstBuffers[i]) > buffer) {
      i--;
    }
    return plan.node(i);
  }

  private RuntimeException fault(Node node, int at, String detail) {
    return Faults.invalid(detail, head.inputOffset(at), node.path.toString());
  }

  private RuntimeException contradiction(String detail) {
    return Faults.invalid(detail, head.nodesOffset(), null);
  }
}
