package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.schema.ArrowType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One export of columns to an ArrowArray. Memory of ours is kept by its handle; heap memory is
 * copied; anything else (pooled blocks, memory of another engine) is kept by a use of the owner,
 * given back when the consumer releases the array.
 */
final class ArrayExporter {
  private static final int NODE_BYTES = 32;
  private static final int BUFFER_BYTES = 16;
  private static final int ALIGNMENT = 64;

  /** {@code NAJ_VALIDATE_ACCESS} and {@code NAJ_VALIDATE_FULL}. */
  static final int VALIDATE_ACCESS = 1;

  static final int VALIDATE_FULL = 2;
  private static final int VALIDATE_NOTHING = 0;

  private final BatchData owner;

  /** Unions come with their bitmaps, as {@code schema} says: for validation only. */
  private final boolean isV4;

  private final List<String> path = new ArrayList<>();
  private final Map<NativeMemory, Boolean> memories = new IdentityHashMap<>();
  private final List<ArrowBuffer> copied = new ArrayList<>();
  private long[] nodes = new long[64];
  private long[] buffers = new long[64];
  private int nodeWords;
  private int bufferWords;
  private long copyBytes;
  private boolean needsOwner;

  private ArrayExporter(BatchData owner, boolean isV4) {
    this.owner = owner;
    this.isV4 = isV4;
  }

  /**
   * Fills the ArrowArray at {@code address}; {@code schema} is a {@code naj_schema}. Before the
   * first export of any rows of a batch, all of it is checked for what consumers trust.
   */
  static void export(
      long schema, BatchData owner, List<ColumnData> columns, long rowCount, long address) {
    int level = VALIDATE_NOTHING;
    if (!owner.isCheckedForExport()) {
      if (isWhole(owner, columns, rowCount)) {
        level = VALIDATE_ACCESS;
      } else {
        validate(schema, false, owner, columns.size(), VALIDATE_ACCESS);
      }
    }
    ArrayExporter exporter = new ArrayExporter(owner, false);
    columns.forEach(exporter::add);
    exporter.finish(schema, rowCount, level, address);
    owner.markCheckedForExport();
  }

  /**
   * Checks the first {@code columnCount} columns of a batch, which are those of {@code schema}.
   *
   * @param isV4 the schema is of metadata version V4
   * @throws io.nanoarrow.error.ArrowFormatException for the first defect
   */
  static void validate(long schema, boolean isV4, BatchData owner, int columnCount, int level) {
    ArrayExporter exporter = new ArrayExporter(owner, isV4);
    for (int i = 0; i < columnCount; i++) {
      exporter.add(owner.column(i));
    }
    exporter.finish(schema, owner.rowCount(), level, 0);
    owner.markCheckedForExport();
  }

  private static boolean isWhole(BatchData owner, List<ColumnData> columns, long rowCount) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i) != owner.column(i)) {
        return false;
      }
    }
    return rowCount == owner.rowCount();
  }

  private void add(ColumnData data) {
    boolean isDictionary = data.dictionary() != null;
    ArrowType type = isDictionary ? TypeLayout.laidOut(data.field()) : data.field().type();
    boolean hasValidity = TypeLayout.hasValidity(type, isV4);
    path.add(data.field().name());
    if (!hasValidity) {
      requireNoNulls(data);
    }
    boolean isView = TypeLayout.isView(type);
    addNode(data, data.buffers().size() + (hasValidity ? 1 : 0) + (isView ? 1 : 0));
    if (hasValidity) {
      addBuffer(data.validity() == null ? ArrowBuffer.EMPTY : data.validity());
    }
    data.buffers().forEach(this::addBuffer);
    if (isView) {
      addSizes(data.buffers());
    }
    if (isDictionary) {
      add(data.dictionary());
    } else {
      data.children().forEach(this::add);
    }
    path.remove(path.size() - 1);
  }

  /** The C Data Interface gives unions and runs no bitmap. */
  private void requireNoNulls(ColumnData data) {
    ArrowBuffer validity = data.validity();
    if (validity == null || data.nullCount() == 0) {
      return;
    }
    for (long row = 0; row < data.length(); row++) {
      if (!validity.getBit(data.offset() + row)) {
        throw new ArrowFormatException(
            ErrorKind.UNSUPPORTED,
            "nulls of a union itself (metadata V4) have no place in the C Data Interface",
            ArrowFormatException.UNKNOWN_OFFSET,
            String.join(".", path),
            row);
      }
    }
  }

  private void addNode(ColumnData data, int bufferCount) {
    if (nodeWords + 4 > nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * nodes.length);
    }
    nodes[nodeWords++] = data.length();
    nodes[nodeWords++] = data.nullCount();
    nodes[nodeWords++] = data.offset();
    nodes[nodeWords++] = bufferCount;
  }

  private void addAddress(long address, long size) {
    if (bufferWords + 2 > buffers.length) {
      buffers = Arrays.copyOf(buffers, 2 * buffers.length);
    }
    buffers[bufferWords++] = address;
    buffers[bufferWords++] = size;
  }

  private void addBuffer(ArrowBuffer buffer) {
    long size = buffer.sizeBytes();
    if (size == 0) {
      addAddress(0, 0);
      return;
    }
    MemoryRegion region = buffer.region();
    if (region instanceof NativeRegion it) {
      if (it.contentFollowsHandle()) {
        memories.put(it.memory(), true);
      } else {
        needsOwner = true;
      }
      addAddress(it.address() + buffer.regionOffset(), size);
    } else if (region instanceof ImportedRegion it) {
      memories.put(it.memory(), true);
      addAddress(it.address() + buffer.regionOffset(), size);
    } else if (size <= Integer.MAX_VALUE && buffer.transientView(0, (int) size).isDirect()) {
      needsOwner = true;
      addAddress(AddressPointer.addressOf(buffer.transientView(0, (int) size)), size);
    } else {
      copied.add(buffer);
      addPlaceInCopy(size);
    }
  }

  /** The sizes of a view array's data buffers, which C consumers want as a buffer. */
  private void addSizes(List<ArrowBuffer> viewBuffers) {
    long[] sizes = viewBuffers.stream().skip(1).mapToLong(ArrowBuffer::sizeBytes).toArray();
    if (sizes.length == 0) {
      addAddress(0, 0);
      return;
    }
    copied.add(ArrowBuffer.wrap(bytes(sizes)));
    addPlaceInCopy(8L * sizes.length);
  }

  private static byte[] bytes(long[] words) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * words.length).order(ByteOrder.nativeOrder());
    bytes.asLongBuffer().put(words);
    return bytes.array();
  }

  /** Until the copy has an address, -1 - offset stands for it. */
  private void addPlaceInCopy(long size) {
    addAddress(-1 - copyBytes, size);
    copyBytes = Math.addExact(copyBytes, (size + ALIGNMENT - 1) & -ALIGNMENT);
  }

  private void finish(long schema, long rowCount, int level, long address) {
    List<NativeMemory> own = new ArrayList<>(2);
    try {
      if (copyBytes > 0) {
        own.add(copy());
      }
      if (needsOwner && address != 0) {
        own.add(keepOwner());
      }
      own.forEach(memory -> memories.put(memory, true));
      call(schema, rowCount, level, address);
    } finally {
      own.forEach(NativeMemory::close);
    }
  }

  private NativeMemory keepOwner() {
    owner.retain();
    try {
      return NativeMemory.wrap(0, 0, owner::release);
    } catch (Throwable t) {
      owner.release();
      throw t;
    }
  }

  private NativeMemory copy() {
    NativeMemory copy = NativeMemory.allocateBody(copyBytes);
    NativeRegion region = new NativeRegion(copy);
    try {
      long at = 0;
      for (ArrowBuffer buffer : copied) {
        Copies.copy(buffer, region, at);
        at += (buffer.sizeBytes() + ALIGNMENT - 1) & -ALIGNMENT;
      }
    } catch (Throwable t) {
      copy.close();
      throw t;
    }
    for (int i = 0; i < bufferWords; i += 2) {
      if (buffers[i] < 0 && buffers[i + 1] > 0) {
        buffers[i] = copy.address() - 1 - buffers[i];
      }
    }
    return copy;
  }

  /** Validates unless there is nothing to, and exports unless the address is 0. */
  private void call(long schema, long rowCount, int level, long address) {
    long words = (long) nodeWords + bufferWords + memories.size();
    NativeMemory table = NativeMemory.allocate(8 * words);
    try {
      ByteBuffer out = table.root().duplicate().order(ByteOrder.nativeOrder());
      for (int i = 0; i < nodeWords; i++) {
        out.putLong(nodes[i]);
      }
      for (int i = 0; i < bufferWords; i++) {
        out.putLong(buffers[i]);
      }
      memories.keySet().forEach(memory -> out.putLong(memory.handle()));
      Scratch scratch = Scratch.get();
      long buffersAt = table.address() + 8L * nodeWords;
      long nodeCount = 8L * nodeWords / NODE_BYTES;
      long bufferCount = 8L * bufferWords / BUFFER_BYTES;
      int status = Status.OK;
      if (level != VALIDATE_NOTHING) {
        status =
            Naj.naj_bind_validate(
                schema,
                rowCount,
                table.address(),
                nodeCount,
                buffersAt,
                bufferCount,
                level,
                scratch.error);
      }
      if (status == Status.OK && address != 0) {
        status =
            Naj.naj_bind_array_export(
                schema,
                rowCount,
                table.address(),
                nodeCount,
                buffersAt,
                bufferCount,
                buffersAt + 8L * bufferWords,
                memories.size(),
                address,
                scratch.error);
      }
      if (status != Status.OK) {
        throw Status.failure(scratch);
      }
    } finally {
      table.close();
    }
  }
}
