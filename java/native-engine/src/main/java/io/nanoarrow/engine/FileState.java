package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Metadata;
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
  private final Metadata metadata;
  private final int batchCount;
  private final TableBlocks tables;
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
      layout = SchemaLayout.of(SchemaReader.read(schema), header);
      metadata = readMetadata();
      batchCount = readBatchCount();
      tables = new TableBlocks(header);
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
            whole.handle(), 0, whole.sizeBytes(), limits, scratch.arguments, scratch.error);
    if (handle == 0) {
      throw Status.failure(scratch, null);
    }
    return handle;
  }

  private static long openFooter(RandomAccess file, ReadOptions options) throws IOException {
    long fileBytes = file.sizeBytes();
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
    if (whole != null) {
      return decode(index, whole, 0);
    }
    Scratch scratch = readBlock(index);
    long start = scratch.argument(0);
    NativeRegion block = file.read(start, Math.addExact(scratch.argument(1), scratch.argument(2)));
    try {
      return decode(index, block, start);
    } finally {
      block.release();
    }
  }

  private NativeBatch decode(int index, NativeRegion region, long regionStart) throws IOException {
    long tableBytes = tables.usualBytes();
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
        int status =
            Naj.naj_bind_file_batch(
                handle,
                index,
                region.handle(),
                regionStart,
                table.address() + at,
                room,
                scratch.error);
        if (status == Status.OK) {
          batchesRead.increment();
          return NativeBatch.of(layout, table, at, region);
        }
        if (status != Status.NEED_TABLE) {
          throw Status.failure(scratch, null);
        }
        tableBytes = grown(room, NativeBatch.neededBytes(table, at));
      } finally {
        table.release();
      }
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
    if (whole != null) {
      return rowCount(index, whole, 0);
    }
    Scratch scratch = readBlock(index);
    long start = scratch.argument(0);
    NativeRegion message = file.read(start, scratch.argument(1));
    try {
      return rowCount(index, message, start);
    } finally {
      message.release();
    }
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

  /** Puts offset, metadata size and body size of a block into the arguments. */
  private Scratch readBlock(int index) throws IOException {
    Scratch scratch = Scratch.get();
    int status = Naj.naj_bind_file_block(handle, index, scratch.arguments, scratch.error);
    if (status != Status.OK) {
      throw Status.failure(scratch, null);
    }
    return scratch;
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
    return new ReadStats(batches, batches, 0, 0, 0, false);
  }

  @Override
  void free() throws IOException {
    Naj.naj_bind_file_close(handle);
    tables.close();
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
