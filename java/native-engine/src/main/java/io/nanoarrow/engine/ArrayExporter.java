package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.schema.ArrowType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One export of columns to an ArrowArray. Memory of ours is kept by its handle; heap memory is
 * copied; anything else (pooled blocks, memory of another engine) is kept by a use of the owner,
 * given back when the consumer releases the array.
 */
final class ArrayExporter {
  /** {@code NAJ_VALIDATE_ACCESS} and {@code NAJ_VALIDATE_FULL}. */
  static final int VALIDATE_ACCESS = 1;

  static final int VALIDATE_FULL = 2;
  private static final int VALIDATE_NOTHING = 0;

  /** {@code NAJ_VALIDATE_KNOWN_DICTIONARIES}. */
  private static final int KNOWN_DICTIONARIES = 4;

  private final BatchData owner;

  /** Unions come with their bitmaps, as {@code schema} says: for validation only. */
  private final boolean isV4;

  private final List<String> path = new ArrayList<>();
  private final FlatArrays flat = new FlatArrays();

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
    if (level != VALIDATE_NOTHING) {
      noteDictionaries(owner, columns.size(), level);
    }
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
    noteDictionaries(owner, columnCount, level);
  }

  /** Leaves out dictionaries that an earlier batch was validated with. */
  private int withoutKnown(int level) {
    DictionarySnapshot values = dictionariesOf(owner);
    boolean isKnown = values != null && values.validLevel() >= level;
    return isKnown ? level | KNOWN_DICTIONARIES : level;
  }

  /** Of a batch whose columns were all validated. */
  private static void noteDictionaries(BatchData owner, int columnCount, int level) {
    DictionarySnapshot values = dictionariesOf(owner);
    if (values != null && columnCount == ((NativeBatch) owner).layout().columnCount()) {
      values.markValid(level);
    }
  }

  private static @Nullable DictionarySnapshot dictionariesOf(BatchData owner) {
    return owner instanceof NativeBatch batch ? batch.dictionaries() : null;
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
    flat.addNode(data, data.buffers().size() + (hasValidity ? 1 : 0) + (isView ? 1 : 0));
    if (hasValidity) {
      flat.addBuffer(data.validity() == null ? ArrowBuffer.EMPTY : data.validity());
    }
    data.buffers().forEach(flat::addBuffer);
    if (isView) {
      flat.addNumbers(sizes(data.buffers()));
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

  /** The sizes of a view array's data buffers, which C consumers want as a buffer. */
  private static long[] sizes(List<ArrowBuffer> viewBuffers) {
    return viewBuffers.stream().skip(1).mapToLong(ArrowBuffer::sizeBytes).toArray();
  }

  private void finish(long schema, long rowCount, int level, long address) {
    List<NativeMemory> own = new ArrayList<>(2);
    try {
      if (flat.copyBytes() > 0) {
        own.add(copy());
      }
      if (flat.needsOwner() && address != 0) {
        own.add(keepOwner());
      }
      List<NativeMemory> memories = new ArrayList<>(flat.memories());
      memories.addAll(own);
      call(schema, rowCount, level, address, memories);
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
    NativeMemory copy = NativeMemory.allocateBody(flat.copyBytes());
    try {
      flat.copyTo(new NativeRegion(copy));
      return copy;
    } catch (Throwable t) {
      copy.close();
      throw t;
    }
  }

  /** Validates unless there is nothing to, and exports unless the address is 0. */
  private void call(
      long schema, long rowCount, int level, long address, List<NativeMemory> memories) {
    long handlesAt = flat.nodeBytes() + flat.bufferBytes();
    NativeMemory table = NativeMemory.allocate(handlesAt + 8L * memories.size());
    try {
      ByteBuffer out = table.root().duplicate().order(ByteOrder.nativeOrder());
      flat.putTo(out);
      memories.forEach(memory -> out.putLong(memory.handle()));
      Scratch scratch = Scratch.get();
      long buffersAt = table.address() + flat.nodeBytes();
      int status = Status.OK;
      if (level != VALIDATE_NOTHING) {
        status =
            Naj.naj_bind_validate(
                schema,
                rowCount,
                table.address(),
                flat.nodeCount(),
                buffersAt,
                flat.bufferCount(),
                withoutKnown(level),
                scratch.error);
      }
      if (status == Status.OK && address != 0) {
        status =
            Naj.naj_bind_array_export(
                schema,
                rowCount,
                table.address(),
                flat.nodeCount(),
                buffersAt,
                flat.bufferCount(),
                table.address() + handlesAt,
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
