package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A stream's decoder in C with the memory that it reads: all of it, or what a feeder has got. */
final class StreamState extends NativeState {
  private static final int KIND_END = 2;
  private static final int KIND_DICTIONARY = 3;

  /** Less than this is read at once rather than in parts. */
  private static final long SMALLEST_SKIPPED_BYTES = 64 << 10;

  /** The range of addresses that a message takes which is read in parts. */
  private static final long LARGEST_PARTIAL_BYTES = 1L << 36;

  private final @Nullable Feeder feeder;
  private final @Nullable NativeRegion whole;
  private final long handle;
  private final SchemaLayout layout;
  private final TableBlocks tables;
  private final Arenas arenas = new Arenas();
  private final @Nullable Dictionaries dictionaries;
  private final BatchChecks checks;
  private long offset;

  /** Bytes of the input before the offset. */
  private long inputOffset;

  private ReadStats lastStats;

  StreamState(Input input, ReadOptions options) throws IOException {
    super("stream reader");
    lastStats = new ReadStats(0, 0, 0, 0, 0, false);
    whole = Inputs.asRegion(input, options);
    Feeder fed = null;
    long opened = 0;
    try {
      fed = whole == null ? new Feeder(Inputs.asSource(input)) : null;
      feeder = fed;
      Scratch scratch = Scratch.get();
      opened = Naj.naj_bind_stream_open(Limits.write(scratch, 4, options), scratch.error);
      handle = opened;
      if (handle == 0) {
        throw Status.failure(scratch, null);
      }
      readSchema(scratch);
      long schema = Naj.naj_bind_stream_get_schema(handle);
      DescriptorHeader header = SchemaReader.header(schema);
      layout = SchemaLayout.of(schema, header, options);
      tables = new TableBlocks(header);
      DictionaryLayouts named = layout.dictionaries();
      dictionaries = named == null ? null : new Dictionaries(named, schema);
      checks = new BatchChecks(layout, schema, options);
    } catch (Throwable t) {
      Naj.naj_bind_stream_close(opened);
      closeInput(whole, fed, t);
      throw t;
    }
  }

  SchemaLayout layout() {
    return layout;
  }

  private NativeRegion region() {
    return whole != null ? whole : feeder.region();
  }

  private long offset() {
    return whole != null ? offset : feeder.offset();
  }

  private long available() {
    return whole != null ? whole.sizeBytes() - offset : feeder.available();
  }

  private boolean isAtEnd() {
    return whole != null || feeder.isAtEnd();
  }

  private void advanceTo(long next) {
    inputOffset += next - offset();
    if (whole != null) {
      offset = next;
    } else {
      feeder.advanceTo(next);
    }
  }

  private void readSchema(Scratch scratch) throws IOException {
    while (true) {
      int status =
          Naj.naj_bind_stream_schema(
              handle, region().handle(), offset(), available(), scratch.arguments, scratch.error);
      if (status == Status.OK) {
        advanceTo(scratch.argument(0));
        return;
      }
      if (status != Status.NEED_INPUT) {
        throw Status.failure(scratch, null);
      }
      if (isAtEnd()) {
        throw new ArrowFormatException(
            ErrorKind.TRUNCATED, "the input ends inside the schema message", available(), null);
      }
      feeder.fill(scratch.argument(1));
    }
  }

  /** Decodes the next batch, or returns null at the end. Between {@code enterAlone} and exit. */
  @Nullable NativeBatch next() throws IOException {
    Arenas.Room arena = arenas.usual();
    try {
      Scratch scratch = Scratch.get();
      long tableBytes = tables.usualBytes();
      while (true) {
        Block table = tables.withRoom(tableBytes);
        int at = table.position;
        int status = decode(table, at, arena, scratch);
        switch (status) {
          case Status.OK -> {
            NativeRegion region = region();
            long messageOffset = inputOffset + NativeBatch.messageOffset(table, at) - offset();
            advanceTo(NativeBatch.nextOffset(table, at));
            long kind = NativeBatch.kind(table, at);
            if (kind == KIND_END) {
              return null;
            }
            if (kind != KIND_DICTIONARY) {
              return checks.check(batch(table, at, region, arena), messageOffset);
            }
            addDictionary(table, at, region, arena);
            arena.release();
            arena = Arenas.Room.NONE;
          }
          case Status.NEED_INPUT -> fill(table, at);
          case Status.NEED_TABLE -> tableBytes = grown(tableBytes, table, at);
          case Status.NEED_ARENA -> {
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

  private int decode(Block table, int at, Arenas.Room arena, Scratch scratch) {
    return Naj.naj_bind_stream_next(
        handle,
        region().handle(),
        offset(),
        available(),
        isAtEnd() ? 1 : 0,
        table.address() + at,
        table.remaining(),
        arena.address(),
        arena.sizeBytes(),
        scratch.error);
  }

  private void fill(Block table, int at) throws IOException {
    long needed = NativeBatch.neededBytes(table, at);
    advanceTo(NativeBatch.nextOffset(table, at));
    if (feeder == null) {
      throw new IllegalStateException("the decoder wants more than all bytes");
    }
    long missing = needed - feeder.available();
    if (!layout.isPartial()
        || missing < SMALLEST_SKIPPED_BYTES
        || needed > LARGEST_PARTIAL_BYTES
        || !fillParts(needed)) {
      feeder.fill(needed);
    }
  }

  /** Reads only what the selected columns need; returns false where that is not known yet. */
  private boolean fillParts(long needed) throws IOException {
    Scratch scratch = Scratch.get();
    PartRanges parts = PartRanges.get();
    long count =
        Naj.naj_bind_stream_ranges(
            handle,
            region().handle(),
            offset(),
            available(),
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

  private NativeBatch batch(Block table, int at, NativeRegion region, Arenas.Room arena) {
    DictionarySnapshot known = dictionaries == null ? null : dictionaries.snapshot();
    NativeBatch batch = NativeBatch.of(layout, table, at, region, arena, known);
    TableBlocks.advance(table, NativeBatch.neededBytes(table, at));
    return batch;
  }

  private void addDictionary(Block table, int at, NativeRegion region, Arenas.Room arena) {
    int index = NativeBatch.dictionaryIndex(table, at);
    boolean isDelta = NativeBatch.isDelta(table, at);
    SchemaLayout values = dictionaries.values(index);
    NativeBatch batch = NativeBatch.of(values, table, at, region, arena, null);
    TableBlocks.advance(table, NativeBatch.neededBytes(table, at));
    dictionaries.add(index, batch, isDelta);
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
    if (dictionaries != null) {
      dictionaries.close();
    }
    Naj.naj_bind_stream_close(handle);
    checks.close();
    tables.close();
    arenas.close();
    if (whole != null) {
      whole.release();
    }
    if (feeder != null) {
      feeder.close();
    }
  }

  private static void closeInput(
      @Nullable NativeRegion whole, @Nullable Feeder feeder, Throwable cause) {
    if (whole != null) {
      whole.release();
    }
    try {
      if (feeder != null) {
        feeder.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
