package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.DecompressionBudget;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A stream's decoder in C with the memory that it reads. */
final class StreamState extends NativeState {
  private static final int KIND_END = 2;
  private static final int KIND_DICTIONARY = 3;

  /** Less than this is read at once rather than in parts. */
  private static final long SMALLEST_SKIPPED_BYTES = 64 << 10;

  /** The range of addresses that a message takes which is read in parts. */
  private static final long LARGEST_PARTIAL_BYTES = 1L << 36;

  private final StreamBytes bytes;
  private final ReadOptions options;
  private final long handle;
  private final Arenas arenas = new Arenas();
  private final DecompressionBudget budget;

  /** Null until the schema is known. */
  private volatile @Nullable Stage stage;

  /** Bytes of the input before the offset. */
  private long inputOffset;

  private volatile boolean hasEnded;
  private ReadStats lastStats;

  /** What decodes batches, once the schema is known. */
  private record Stage(
      SchemaLayout layout,
      TableBlocks tables,
      @Nullable Dictionaries dictionaries,
      BatchChecks checks) {
    static Stage of(long schema, ReadOptions options) {
      DescriptorHeader header = SchemaReader.header(schema);
      SchemaLayout layout = SchemaLayout.of(schema, header, options);
      DictionaryLayouts named = layout.dictionaries();
      return new Stage(
          layout,
          new TableBlocks(header),
          named == null ? null : new Dictionaries(named, schema),
          new BatchChecks(layout, schema, options));
    }

    void close() {
      if (dictionaries != null) {
        dictionaries.close();
      }
      checks.close();
      tables.close();
    }
  }

  /**
   * A stream of which nothing is read yet.
   *
   * @param takeBytes closed with the state, and also when making it fails
   */
  StreamState(StreamBytes takeBytes, ReadOptions options) throws IOException {
    super("stream reader");
    this.options = options;
    lastStats = new ReadStats(0, 0, 0, 0, 0, false);
    bytes = takeBytes;
    budget = new DecompressionBudget(options);
    try {
      Scratch scratch = Scratch.get();
      handle = Naj.naj_bind_stream_open(Limits.write(scratch, 4, options), scratch.error);
      if (handle == 0) {
        throw Status.failure(scratch, null);
      }
    } catch (Throwable t) {
      closeAfter(t, bytes::close);
      throw t;
    }
  }

  /** Opens an input and reads its schema. */
  static StreamState open(Input input, ReadOptions options) throws IOException {
    NativeRegion whole = Inputs.asRegion(input, options);
    StreamState state =
        new StreamState(
            whole != null ? new WholeBytes(whole) : new Feeder(Inputs.asSource(input)), options);
    try {
      state.readSchema();
      return state;
    } catch (Throwable t) {
      closeAfter(t, state::free);
      throw t;
    }
  }

  /** Returns the layout of what is read, or null while the schema is not known. */
  @Nullable SchemaLayout layout() {
    Stage known = stage;
    return known == null ? null : known.layout();
  }

  private void advanceTo(long next) {
    inputOffset += next - bytes.offset();
    bytes.advanceTo(next);
  }

  /** Reads the schema; false while its bytes have not come. */
  boolean readSchema() throws IOException {
    Scratch scratch = Scratch.get();
    while (true) {
      int status =
          Naj.naj_bind_stream_schema(
              handle,
              bytes.region().handle(),
              bytes.offset(),
              bytes.available(),
              scratch.arguments,
              scratch.error);
      if (status == Status.OK) {
        advanceTo(scratch.argument(0));
        stage = Stage.of(Naj.naj_bind_stream_get_schema(handle), options);
        return true;
      }
      if (status != Status.NEED_INPUT) {
        throw Status.failure(scratch, null);
      }
      if (bytes.isAtEnd()) {
        throw new ArrowFormatException(
            ErrorKind.TRUNCATED,
            "the input ends inside the schema message",
            bytes.available(),
            null);
      }
      if (!bytes.fill(scratch.argument(1))) {
        return false;
      }
    }
  }

  /** Tells whether the end of the stream was read. */
  boolean hasEnded() {
    return hasEnded;
  }

  /**
   * Decodes the next batch, once the schema is known; null at the end, or when the bytes for it
   * have not come. Between {@code enterAlone} and exit.
   */
  @Nullable NativeBatch next() throws IOException {
    Stage known = stage;
    Arenas.Room arena = arenas.usual();
    try {
      Scratch scratch = Scratch.get();
      long tableBytes = known.tables().usualBytes();
      while (true) {
        Block table = known.tables().withRoom(tableBytes);
        int at = table.position;
        int status = decode(table, at, arena, scratch);
        switch (status) {
          case Status.OK -> {
            budget.spend(NativeBatch.decompressedBytes(table, at));
            NativeRegion region = bytes.region();
            long messageOffset =
                inputOffset + NativeBatch.messageOffset(table, at) - bytes.offset();
            advanceTo(NativeBatch.nextOffset(table, at));
            long kind = NativeBatch.kind(table, at);
            if (kind == KIND_END) {
              hasEnded = true;
              return null;
            }
            if (kind != KIND_DICTIONARY) {
              return known.checks().check(batch(known, table, at, region, arena), messageOffset);
            }
            addDictionary(known, table, at, region, arena);
            arena.release();
            arena = Arenas.Room.NONE;
          }
          case Status.NEED_INPUT -> {
            long needed = NativeBatch.neededBytes(table, at);
            advanceTo(NativeBatch.nextOffset(table, at));
            if (!fill(known, needed)) {
              return null;
            }
          }
          case Status.NEED_TABLE -> tableBytes = grown(tableBytes, table, at);
          case Status.NEED_ARENA -> {
            budget.require(NativeBatch.decompressedBytes(table, at));
            arena.release();
            arena = Arenas.Room.NONE;
            arena = arenas.take(NativeBatch.neededBytes(table, at));
          }
          default -> throw Status.failure(scratch, null);
        }
      }
    } finally {
      arena.release();
    }
  }

  /** Gets the bytes of a message, or of it what is wanted; false when they have not come. */
  private boolean fill(Stage known, long needed) throws IOException {
    boolean isPartial =
        bytes instanceof Feeder
            && known.layout().isPartial()
            && needed - bytes.available() >= SMALLEST_SKIPPED_BYTES
            && needed <= LARGEST_PARTIAL_BYTES;
    return isPartial && fillParts((Feeder) bytes, needed) || bytes.fill(needed);
  }

  /** Reads only what the selected columns need; returns false where that is not known yet. */
  private boolean fillParts(Feeder feeder, long needed) throws IOException {
    Scratch scratch = Scratch.get();
    PartRanges parts = PartRanges.get();
    long count =
        Naj.naj_bind_stream_ranges(
            handle,
            feeder.region().handle(),
            feeder.offset(),
            feeder.available(),
            parts.address,
            PartRanges.CAPACITY,
            scratch.arguments,
            scratch.error);
    if (count < 0) {
      return false;
    }
    feeder.fillParts(needed, scratch.argument(0), parts, (int) count);
    return true;
  }

  private int decode(Block table, int at, Arenas.Room arena, Scratch scratch) {
    return Naj.naj_bind_stream_next(
        handle,
        bytes.region().handle(),
        bytes.offset(),
        bytes.available(),
        bytes.isAtEnd() ? 1 : 0,
        table.address() + at,
        table.remaining(),
        arena.address(),
        arena.sizeBytes(),
        scratch.error);
  }

  private static NativeBatch batch(
      Stage known, Block table, int at, NativeRegion region, Arenas.Room arena) {
    Dictionaries dictionaries = known.dictionaries();
    DictionarySnapshot values = dictionaries == null ? null : dictionaries.snapshot();
    NativeBatch batch = NativeBatch.of(known.layout(), table, at, region, arena, values);
    TableBlocks.advance(table, NativeBatch.neededBytes(table, at));
    return batch;
  }

  private static void addDictionary(
      Stage known, Block table, int at, NativeRegion region, Arenas.Room arena) {
    int index = NativeBatch.dictionaryIndex(table, at);
    boolean isDelta = NativeBatch.isDelta(table, at);
    SchemaLayout values = known.dictionaries().values(index);
    NativeBatch batch = NativeBatch.of(values, table, at, region, arena, null);
    TableBlocks.advance(table, NativeBatch.neededBytes(table, at));
    known.dictionaries().add(index, batch, isDelta);
  }

  /** Returns the size asked for; more than was there, so that asking ends. */
  static long grown(long tableBytes, Block table, int at) {
    long needed = NativeBatch.neededBytes(table, at);
    if (needed <= table.remaining() || needed > BlockPool.MAX_BLOCK_BYTES) {
      throw new ArrowFormatException(
          ErrorKind.LIMIT_EXCEEDED, "a batch whose table takes " + needed + " bytes");
    }
    return Math.max(needed, tableBytes);
  }

  /** Returns what has been read, also after closing. */
  ReadStats stats() {
    if (tryEnterAlone()) {
      try {
        lastStats = readStats();
      } finally {
        exit();
      }
    }
    return lastStats;
  }

  private ReadStats readStats() {
    Scratch scratch = Scratch.get();
    Naj.naj_bind_stream_stats(handle, scratch.arguments);
    return new ReadStats(
        scratch.argument(0),
        scratch.argument(1),
        scratch.argument(2),
        scratch.argument(3),
        scratch.argument(4),
        scratch.argument(5) != 0);
  }

  @Override
  void free() throws IOException {
    lastStats = readStats();
    Stage known = stage;
    if (known != null) {
      known.close();
    }
    Naj.naj_bind_stream_close(handle);
    arenas.close();
    bytes.close();
  }

  @Override
  void wake() throws IOException {
    bytes.wake();
  }

  private interface Closing {
    void run() throws IOException;
  }

  private static void closeAfter(Throwable cause, Closing closing) {
    try {
      closing.run();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
