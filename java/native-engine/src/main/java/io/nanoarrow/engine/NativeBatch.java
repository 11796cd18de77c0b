package io.nanoarrow.engine;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Metadata;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoded record batch: a table in a block, and the memory that its buffers lie in. Holds one use
 * of each. Columns are made when asked for.
 */
final class NativeBatch extends BatchData {
  private static final int TABLE_KIND = 0;
  private static final int TABLE_NEEDED_BYTES = 16;
  private static final int TABLE_NEXT_OFFSET = 24;
  private static final int TABLE_ROW_COUNT = 32;
  private static final int TABLE_NODE_COUNT = 40;
  private static final int TABLE_BUFFER_COUNT = 48;
  private static final int TABLE_MESSAGE_OFFSET = 64;
  private static final int TABLE_METADATA_ADDRESS = 96;
  private static final int TABLE_METADATA_BYTES = 104;
  private static final int TABLE_ARENA_USED = 112;
  private static final int TABLE_DICTIONARY_INDEX = 128;
  private static final int TABLE_DECOMPRESSED_BYTES = 136;
  private static final int TABLE_FLAGS = 8;
  private static final int FLAG_DELTA = 4;

  private final SchemaLayout layout;
  private final NativeRegion table;
  private final ByteBuffer bytes;
  private final int at;
  private final NativeRegion region;
  private final @Nullable NativeRegion arena;
  private final @Nullable DictionarySnapshot dictionaries;

  private ColumnData @Nullable [] columns;
  private int @Nullable [] variadicBefore;
  private volatile int validLevel;
  private @Nullable Metadata metadata;

  private NativeBatch(
      SchemaLayout layout,
      NativeRegion table,
      ByteBuffer bytes,
      int at,
      NativeRegion region,
      @Nullable NativeRegion arena,
      @Nullable DictionarySnapshot dictionaries) {
    super(bytes.getLong(at + TABLE_ROW_COUNT));
    this.layout = layout;
    this.table = table;
    this.bytes = bytes;
    this.at = at;
    this.region = region;
    this.arena = arena;
    this.dictionaries = dictionaries;
    table.retain();
    region.retain();
    if (arena != null) {
      arena.retain();
    }
    if (dictionaries != null) {
      dictionaries.retain();
    }
  }

  /** Returns the {@code naj_table_kind} of a table. */
  static long kind(Block table, int at) {
    return table.bytes().getLong(at + TABLE_KIND);
  }

  /** Returns the bytes that an unfinished call asks for, or that the table takes. */
  static long neededBytes(Block table, int at) {
    return table.bytes().getLong(at + TABLE_NEEDED_BYTES);
  }

  /** Returns what the message's compressed buffers become, also when the arena did not suffice. */
  static long decompressedBytes(Block table, int at) {
    return table.bytes().getLong(at + TABLE_DECOMPRESSED_BYTES);
  }

  /** Returns where the next message begins. */
  static long nextOffset(Block table, int at) {
    return table.bytes().getLong(at + TABLE_NEXT_OFFSET);
  }

  /** Returns where in the memory that was decoded the batch's message begins. */
  static long messageOffset(Block table, int at) {
    return table.bytes().getLong(at + TABLE_MESSAGE_OFFSET);
  }

  /** Tells which of the schema's dictionaries a table holds the values of. */
  static int dictionaryIndex(Block table, int at) {
    return (int) table.bytes().getLong(at + TABLE_DICTIONARY_INDEX);
  }

  /** Tells whether a dictionary's values are to be appended to those known. */
  static boolean isDelta(Block table, int at) {
    return (table.bytes().getLong(at + TABLE_FLAGS) & FLAG_DELTA) != 0;
  }

  /**
   * A batch over the table at {@code at} of a block, with a use of its own of everything given.
   *
   * @param arena where buffers that are not in the region lie
   * @param dictionaries what the batch's indices refer to, or null when it has none
   */
  static NativeBatch of(
      SchemaLayout layout,
      Block table,
      int at,
      NativeRegion region,
      Arenas.Room arena,
      @Nullable DictionarySnapshot dictionaries) {
    boolean isArenaUsed = table.bytes().getLong(at + TABLE_ARENA_USED) != 0;
    NativeBatch batch =
        new NativeBatch(
            layout,
            table,
            table.bytes(),
            at,
            region,
            isArenaUsed ? arena.region() : null,
            dictionaries);
    if (dictionaries != null && !dictionaries.isComplete()) {
      batch.requireDictionaries();
    }
    return batch;
  }

  /** A batch over a region that begins with its table; takes the region's use. */
  static NativeBatch ofWhole(SchemaLayout layout, NativeRegion takeRegion) {
    int tableBytes = (int) Math.min(takeRegion.sizeBytes(), Integer.MAX_VALUE);
    NativeBatch batch =
        new NativeBatch(
            layout,
            takeRegion,
            takeRegion.memory().buffer(0, tableBytes),
            0,
            takeRegion,
            null,
            null);
    takeRegion.release();
    return batch;
  }

  /** A batch over a region that holds its table and another that holds its buffers. */
  static NativeBatch ofParts(SchemaLayout layout, NativeRegion table, NativeRegion buffers) {
    ByteBuffer bytes = table.memory().buffer(0, (int) table.sizeBytes());
    return new NativeBatch(layout, table, bytes, 0, buffers, null, null);
  }

  /** Returns the level of {@link ArrayExporter} up to which all rows were found valid, or 0. */
  int validLevel() {
    return validLevel;
  }

  void markValid(int level) {
    validLevel = Math.max(validLevel, level);
  }

  /** Returns what the batch's indices refer to, or null when it has none. */
  @Nullable DictionarySnapshot dictionaries() {
    return dictionaries;
  }

  /** Returns the address of the table. */
  long tableAddress() {
    return table.address() + at;
  }

  private void requireDictionaries() {
    try {
      for (int i = 0; i < layout.columnCount(); i++) {
        requireDictionaries(layout.batch().column(i));
      }
    } catch (Throwable t) {
      release();
      throw t;
    }
  }

  private void requireDictionaries(BatchLayout.Node node) {
    if (node.field().dictionary() != null) {
      int nodeAt = at + TableBlocks.HEADER_BYTES + 16 * node.firstNode();
      long length = bytes.getLong(nodeAt);
      dictionaries.require(node.field(), length == 0 || bytes.getLong(nodeAt + 8) == length);
    }
    node.children().forEach(this::requireDictionaries);
  }

  @Override
  public Metadata metadata() {
    Metadata known = metadata;
    if (known == null) {
      known = readMetadata();
      metadata = known;
    }
    return known;
  }

  @Override
  public ColumnData column(int index) {
    ColumnData[] made = columns;
    if (made == null) {
      made = new ColumnData[layout.columnCount()];
      columns = made;
    }
    ColumnData column = made[index];
    if (column == null) {
      column = column(index, dictionaries);
      made[index] = column;
    }
    return column;
  }

  /** Makes a column whose indices refer to the dictionaries given. */
  ColumnData column(int index, @Nullable DictionarySnapshot snapshot) {
    return read(layout.batch().column(index), snapshot);
  }

  @Override
  protected void free() {
    table.release();
    region.release();
    if (arena != null) {
      arena.release();
    }
    if (dictionaries != null) {
      dictionaries.release();
    }
  }

  private Metadata readMetadata() {
    int size = (int) bytes.getLong(at + TABLE_METADATA_BYTES);
    if (size == 0) {
      return Metadata.EMPTY;
    }
    byte[] encoded = new byte[size];
    bytes.get((int) (bytes.getLong(at + TABLE_METADATA_ADDRESS) - table.address()), encoded);
    return KeyValues.read(encoded);
  }

  private ColumnData read(BatchLayout.Node node, @Nullable DictionarySnapshot snapshot) {
    int nodeAt = at + TableBlocks.HEADER_BYTES + 16 * node.firstNode();
    int next = node.firstBuffer() + variadicBefore(node.viewsBefore());
    ArrowBuffer validity = null;
    if (node.hasValidity()) {
      ArrowBuffer bitmap = buffer(next++);
      boolean isWithoutNulls = bytes.getLong(nodeAt + 8) == 0 || bitmap.sizeBytes() == 0;
      validity = node.ignoresValidity() || isWithoutNulls ? null : bitmap;
    }
    int count = node.bufferCount();
    if (node.isView()) {
      count += variadicBefore(node.viewsBefore() + 1) - variadicBefore(node.viewsBefore());
    }
    ArrowBuffer[] buffers = new ArrowBuffer[count];
    for (int i = 0; i < count; i++) {
      buffers[i] = buffer(next++);
    }
    return new ColumnData(
        node.field(),
        bytes.getLong(nodeAt),
        0,
        bytes.getLong(nodeAt + 8),
        validity,
        List.of(buffers),
        children(node, snapshot),
        node.field().dictionary() == null ? null : snapshot.column(node.field()));
  }

  private List<ColumnData> children(BatchLayout.Node node, @Nullable DictionarySnapshot snapshot) {
    if (node.children().isEmpty()) {
      return List.of();
    }
    List<ColumnData> children = new ArrayList<>(node.children().size());
    for (BatchLayout.Node child : node.children()) {
      children.add(read(child, snapshot));
    }
    return children;
  }

  private ArrowBuffer buffer(int index) {
    long nodes = bytes.getLong(at + TABLE_NODE_COUNT);
    int bufferAt = (int) (at + TableBlocks.HEADER_BYTES + 16 * nodes) + 16 * index;
    long address = bytes.getLong(bufferAt);
    long size = bytes.getLong(bufferAt + 8);
    if (size == 0) {
      return ArrowBuffer.EMPTY;
    }
    ArrowBuffer found = find(address, size);
    return found != null ? found : new ArrowBuffer(region, address - region.address(), size);
  }

  /** Returns the schema's layout, the same object for all batches of a reader. */
  SchemaLayout layout() {
    return layout;
  }

  /** Returns bytes of the batch's memory by their address, or null when they are not in it. */
  @Nullable ArrowBuffer find(long address, long size) {
    if (arena != null && isWithin(arena, address)) {
      return new ArrowBuffer(arena, address - arena.address(), size);
    }
    return isWithin(region, address)
        ? new ArrowBuffer(region, address - region.address(), size)
        : null;
  }

  private static boolean isWithin(NativeRegion region, long address) {
    return Long.compareUnsigned(address - region.address(), region.sizeBytes()) < 0;
  }

  /** Returns how many variadic buffers the first {@code views} view fields have. */
  private int variadicBefore(int views) {
    if (views == 0) {
      return 0;
    }
    int[] sums = variadicBefore;
    if (sums == null) {
      sums = sumVariadic();
      variadicBefore = sums;
    }
    return sums[views];
  }

  private int[] sumVariadic() {
    long nodes = bytes.getLong(at + TABLE_NODE_COUNT);
    long buffers = bytes.getLong(at + TABLE_BUFFER_COUNT);
    int countsAt = (int) (at + TableBlocks.HEADER_BYTES + 16 * (nodes + buffers));
    int[] sums = new int[layout.batch().viewCount() + 1];
    for (int i = 1; i < sums.length; i++) {
      sums[i] = sums[i - 1] + (int) bytes.getLong(countsAt + 8 * (i - 1));
    }
    return sums;
  }
}
