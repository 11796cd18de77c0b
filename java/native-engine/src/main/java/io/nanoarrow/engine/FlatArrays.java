package io.nanoarrow.engine;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.MemoryRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Arrays in pre-order as C takes them: a {@code naj_array_node} each and the addresses of their
 * buffers. Bytes on the Java heap have no address: they are copied when the places of all are
 * known. Can be cleared and filled again.
 */
final class FlatArrays {
  static final int NODE_BYTES = 32;
  static final int BUFFER_BYTES = 16;

  private static final int ALIGNMENT = 64;

  private final Map<NativeMemory, Boolean> memories = new IdentityHashMap<>();
  private final List<ArrowBuffer> copied = new ArrayList<>();
  private long[] nodes = new long[64];
  private long[] buffers = new long[64];
  private @Nullable ArrowBuffer[] sources = new ArrowBuffer[32];
  private int nodeWords;
  private int bufferWords;
  private long copyBytes;
  private boolean needsOwner;

  void clear() {
    memories.clear();
    copied.clear();
    Arrays.fill(sources, 0, bufferWords / 2, null);
    nodeWords = 0;
    bufferWords = 0;
    copyBytes = 0;
    needsOwner = false;
  }

  void addNode(ColumnData data, int bufferCount) {
    if (nodeWords + 4 > nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * nodes.length);
    }
    nodes[nodeWords++] = data.length();
    nodes[nodeWords++] = data.nullCount();
    nodes[nodeWords++] = data.offset();
    nodes[nodeWords++] = bufferCount;
  }

  void addBuffer(ArrowBuffer buffer) {
    long size = buffer.sizeBytes();
    if (size == 0) {
      add(ArrowBuffer.EMPTY, 0, 0);
      return;
    }
    MemoryRegion region = buffer.region();
    if (region instanceof NativeRegion it) {
      if (it.contentFollowsHandle()) {
        memories.put(it.memory(), true);
      } else {
        needsOwner = true;
      }
      add(buffer, it.address() + buffer.regionOffset(), size);
    } else if (region instanceof ImportedRegion it) {
      memories.put(it.memory(), true);
      add(buffer, it.address() + buffer.regionOffset(), size);
    } else if (size <= Integer.MAX_VALUE && buffer.transientView(0, (int) size).isDirect()) {
      needsOwner = true;
      add(buffer, AddressPointer.addressOf(buffer.transientView(0, (int) size)), size);
    } else {
      addCopy(buffer);
    }
  }

  /** Adds a buffer of numbers in native byte order. */
  void addNumbers(long[] numbers) {
    if (numbers.length == 0) {
      add(ArrowBuffer.EMPTY, 0, 0);
      return;
    }
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.nativeOrder());
    bytes.asLongBuffer().put(numbers);
    addCopy(ArrowBuffer.wrap(bytes.array()));
  }

  /** Until the copy has an address, -1 - offset stands for it. */
  private void addCopy(ArrowBuffer buffer) {
    copied.add(buffer);
    add(buffer, -1 - copyBytes, buffer.sizeBytes());
    copyBytes = Math.addExact(copyBytes, aligned(buffer.sizeBytes()));
  }

  private void add(ArrowBuffer source, long address, long size) {
    if (bufferWords + 2 > buffers.length) {
      buffers = Arrays.copyOf(buffers, 2 * buffers.length);
      sources = Arrays.copyOf(sources, 2 * sources.length);
    }
    sources[bufferWords / 2] = source;
    buffers[bufferWords++] = address;
    buffers[bufferWords++] = size;
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** Returns the memories of ours whose handles keep content that was added. */
  Set<NativeMemory> memories() {
    return memories.keySet();
  }

  /** Tells whether some content is kept by a use of what the arrays came from only. */
  boolean needsOwner() {
    return needsOwner;
  }

  /** Returns how much room {@link #copyTo} needs; 0 when there is nothing to copy. */
  long copyBytes() {
    return copyBytes;
  }

  /** Copies what has no address into a region, where it has one. */
  void copyTo(NativeRegion region) {
    long at = 0;
    for (ArrowBuffer buffer : copied) {
      Copies.copy(buffer, region, at);
      at += aligned(buffer.sizeBytes());
    }
    for (int i = 0; i < bufferWords; i += 2) {
      if (buffers[i] < 0 && buffers[i + 1] > 0) {
        long offset = -1 - buffers[i];
        sources[i / 2] = new ArrowBuffer(region, offset, buffers[i + 1]);
        buffers[i] = region.address() + offset;
      }
    }
  }

  int nodeCount() {
    return nodeWords / 4;
  }

  int bufferCount() {
    return bufferWords / 2;
  }

  /** Returns the bytes of all nodes, which the buffers follow. */
  long nodeBytes() {
    return 8L * nodeWords;
  }

  /** Returns the bytes of all buffers' addresses and sizes. */
  long bufferBytes() {
    return 8L * bufferWords;
  }

  /** Puts nodes, then buffers, at the position of a buffer in native order. */
  void putTo(ByteBuffer out) {
    out.asLongBuffer().put(nodes, 0, nodeWords).put(buffers, 0, bufferWords);
    out.position(out.position() + 8 * (nodeWords + bufferWords));
  }

  /** Returns where buffer {@code index} lies in memory. */
  long address(int index) {
    return buffers[2 * index];
  }

  long sizeBytes(int index) {
    return buffers[2 * index + 1];
  }

  /** Returns buffer {@code index}; the copy of one that was copied. */
  ArrowBuffer source(int index) {
    return sources[index];
  }
}
