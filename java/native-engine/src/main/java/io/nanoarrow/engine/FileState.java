package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.DecompressionBudget;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A file's footer in C, with the whole file as memory or with the channel to read blocks from. */
final class FileState extends NativeState {
  private static final long FIRST_TAIL_BYTES = 64 << 10;

  private final @Nullable NativeRegion whole;
  private final @Nullable RandomAccess file;
  private final long handle;
  private final SchemaLayout layout;
  private final FileBlocks blocks;
  private final Metadata metadata;
  private final int batchCount;
  private final TableBlocks tables;
  private final Arenas arenas = new Arenas();
  private final @Nullable FileDictionaries dictionaries;
  private final BatchChecks checks;
  private final DecompressionBudget budget;
  private final LongAdder batchesRead = new LongAdder();

  FileState(Input input, ReadOptions options) throws IOException {
    super("file reader");
    NativeRegion region = Inputs.asRegion(input, options);
    RandomAccess opened = null;
    long footer = 0;
    try {
      opened = region == null ? Inputs.asFile(input) : null;
      footer = region != null ? openFooter(region, options) : openFooter(opened, options);
      whole = region;
      file = opened;
      handle = footer;
      long schema = Naj.naj_bind_file_get_schema(handle);
      DescriptorHeader header = SchemaReader.header(schema);
      layout = SchemaLayout.of(schema, header, options);
      blocks = new FileBlocks(region, opened, handle, layout.isPartial());
      metadata = readMetadata();
      batchCount = readBatchCount();
      tables = new TableBlocks(header);
      DictionaryLayouts named = layout.dictionaries();
      if (named == null && Naj.naj_bind_file_dictionary_count(handle) > 0) {
        named = DictionaryLayouts.NONE; // their messages are checked all the same
      }
      dictionaries =
          named == null ? null : new FileDictionaries(named, schema, handle, this, blocks);
      checks = new BatchChecks(layout, schema, options);
      budget = new DecompressionBudget(options);
    } catch (Throwable t) {
      Naj.naj_bind_file_close(footer);
      closeInput(region, opened, t);
      throw t;
    }
  }

  private static long openFooter(NativeRegion whole, ReadOptions options) throws IOException {
    Scratch scratch = Scratch.get();
    long limits = Limits.write(scratch, 4, options);
    long handle =
        Naj.naj_bind_file_open(
            whole.handle(),
            0,
            end(whole.sizeBytes(), options),
            limits,
            scratch.arguments,
            scratch.error);
    if (handle == 0) {
      throw Status.failure(scratch, null);
    }
    return handle;
  }

  private static long openFooter(RandomAccess file, ReadOptions options) throws IOException {
    long fileBytes = end(file.sizeBytes(), options);
    long tailBytes = Math.min(fileBytes, FIRST_TAIL_BYTES);
    while (true) {
      NativeRegion tail = file.read(fileBytes - tailBytes, tailBytes);
      try {
        Scratch scratch = Scratch.get();
        long limits = Limits.write(scratch, 4, options);
        long handle =
            Naj.naj_bind_file_open(
                tail.handle(),
                fileBytes - tailBytes,
                fileBytes,
                limits,
                scratch.arguments,
                scratch.error);
        if (handle != 0) {
          return handle;
        }
        long needed = scratch.argument(0);
        if (scratch.errorStatus() != Status.NEED_INPUT || needed <= tailBytes) {
          throw Status.failure(scratch, null);
        }
        tailBytes = Math.min(needed, fileBytes);
      } finally {
        tail.release();
      }
    }
  }

  /** Returns where in an input of {@code sizeBytes} the file ends. */
  private static long end(long sizeBytes, ReadOptions options) {
    long end = options.footerOffset();
    if (end > sizeBytes) {
      throw new IllegalArgumentException(
          "a footer that ends at " + end + " in an input of " + sizeBytes + " bytes");
    }
    return end < 0 ? sizeBytes : end;
  }

  SchemaLayout layout() {
    return layout;
  }

  Metadata metadata() {
    return metadata;
  }

  int batchCount() {
    return batchCount;
  }

  /** Decodes a batch. Between enter and exit. */
  NativeBatch batch(int index) throws IOException {
    DictionarySnapshot known = dictionaries == null ? null : dictionaries.snapshot();
    NativeBatch batch =
        blocks.withBatch(
            index,
            (region, start) ->
                decode(
                    (table, room, arena, error) ->
                        Naj.naj_bind_file_batch(
                            handle,
                            index,
                            region.handle(),
                            start,
                            table,
                            room,
                            arena.address(),
                            arena.sizeBytes(),
                            error),
                    (table, at, arena) -> NativeBatch.of(layout, table, at, region, arena, known)));
    batchesRead.increment();
    return checks.check(batch, checks.isFull() ? blocks.batchOffset(index) : -1);
  }

  /** A call into C that fills a table. */
  interface Decoding {
    int decode(long table, long tableBytes, Arenas.Room arena, long error);
  }

  /** What becomes of a table that has been filled. */
  interface Filled<T> {
    T make(Block table, int at, Arenas.Room arena);
  }

  /** Calls {@code decoding} with more and more room until it succeeds. Any thread. */
  <T> T decode(Decoding decoding, Filled<T> filled) throws IOException {
    Arenas.Room arena = arenas.usual();
    long tableBytes = tables.usualBytes();
    try {
      while (true) {
        Block table;
        int at;
        long room = tableBytes;
        synchronized (tables) {
          table = tables.withRoom(room);
          table.retain();
          at = table.position;
          TableBlocks.advance(table, room);
        }
        try {
          Scratch scratch = Scratch.get();
          int status = decoding.decode(table.address() + at, room, arena, scratch.error);
          switch (status) {
            case Status.OK -> {
              budget.spend(NativeBatch.decompressedBytes(table, at));
              return filled.make(table, at, arena);
            }
            case Status.NEED_TABLE -> tableBytes = grown(room, NativeBatch.neededBytes(table, at));
            case Status.NEED_ARENA -> {
              budget.require(NativeBatch.decompressedBytes(table, at));
              arena.release();
              arena = Arenas.Room.NONE;
              arena = arenas.take(NativeBatch.neededBytes(table, at));
            }
            default -> throw Status.failure(scratch, null);
          }
        } finally {
          table.release();
        }
      }
    } finally {
      arena.release();
    }
  }

  private static long grown(long room, long needed) {
    if (needed <= room || needed > BlockPool.MAX_BLOCK_BYTES) {
      throw new ArrowFormatException(
          ErrorKind.LIMIT_EXCEEDED, "a batch whose table takes " + needed + " bytes");
    }
    return needed;
  }

  /** Returns the rows of a batch from its metadata. Between enter and exit. */
  long batchRowCount(int index) throws IOException {
    return blocks.withBatchMetadata(index, (region, start) -> rowCount(index, region, start));
  }

  private long rowCount(int index, NativeRegion region, long regionStart) throws IOException {
    Scratch scratch = Scratch.get();
    long rows =
        Naj.naj_bind_file_batch_rows(handle, index, region.handle(), regionStart, scratch.error);
    if (rows < 0) {
      throw Status.failure(scratch, null);
    }
    return rows;
  }

  private Metadata readMetadata() {
    Scratch scratch = Scratch.get();
    Naj.naj_bind_file_metadata(handle, scratch.arguments);
    int size = Math.toIntExact(scratch.argument(1));
    if (size == 0 || scratch.argument(0) == 0) {
      return Metadata.EMPTY;
    }
    ByteBuffer pairs = AddressPointer.buffer(scratch.argument(0), size);
    return KeyValues.read(pairs);
  }

  private int readBatchCount() {
    long count = Naj.naj_bind_file_batch_count(handle);
    if (count > Integer.MAX_VALUE) {
      throw new ArrowFormatException(ErrorKind.LIMIT_EXCEEDED, count + " record batches");
    }
    return (int) count;
  }

  ReadStats stats() {
    long batches = batchesRead.sum();
    long values = dictionaries == null ? 0 : dictionaries.readCount();
    long deltas = dictionaries == null ? 0 : dictionaries.deltaCount();
    return new ReadStats(batches + values, batches, values, deltas, 0, false);
  }

  @Override
  void free() throws IOException {
    if (dictionaries != null) {
      dictionaries.close();
    }
    Naj.naj_bind_file_close(handle);
    checks.close();
    tables.close();
    arenas.close();
    if (whole != null) {
      whole.release();
    }
    if (file != null) {
      file.close();
    }
  }

  private static void closeInput(
      @Nullable NativeRegion whole, @Nullable RandomAccess file, Throwable cause) {
    if (whole != null) {
      whole.release();
    }
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
