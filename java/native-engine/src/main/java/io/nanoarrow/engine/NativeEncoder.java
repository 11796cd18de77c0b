package io.nanoarrow.engine;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.FooterBlock;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Encodes in C, with one call a message. The whole of a batch that the native engine decoded goes
 * by its table; anything else is flattened first. Closed by a cleaner when forgotten.
 */
final class NativeEncoder implements EngineEncoder {
  private static final EncodeRoom.Source NO_ROWS = (address, size) -> null;

  private final EncoderState state;
  private final Cleaner.Cleanable cleanable;
  private final EncodeRoom room;
  private final EncodeArguments arguments;
  private final RowsFlattener rows;
  private final TableFit tables;
  private final boolean isCompressed;
  private final int columnCount;

  /** A call into C with the room that it has now; returns its status. */
  private interface Call {
    int run(long staging, long stagingBytes, long parts, long partsBytes, int isWhole, long error);
  }

  /** A batch made ready for its call. */
  private record Ready(Call call, EncodeRoom.Source source) {}

  NativeEncoder(Schema schema, WriteOptions options) {
    boolean isV4 = EncoderState.isV4(options);
    state = new EncoderState(schema, options);
    cleanable = NativeRuntime.CLEANER.register(this, state);
    room = state.room();
    arguments = new EncodeArguments(room);
    rows = new RowsFlattener(isV4);
    tables = new TableFit(schema, isV4);
    isCompressed = options.compression() != null;
    columnCount = schema.fields().size();
  }

  @Override
  public EncodedMessage schema(long position) {
    return alone(
        () -> {
          run(
              (staging, stagingBytes, parts, partsBytes, isWhole, error) ->
                  Naj.naj_bind_encode_schema(
                      state.handle(), position, staging, stagingBytes, parts, partsBytes, error));
          return message(NO_ROWS);
        });
  }

  @Override
  public EncodedMessage dictionary(long position, long id, boolean isDelta, ColumnData values) {
    return alone(
        () -> {
          int index = state.dictionaryIndex(id);
          rows.clear();
          rows.addValues(values);
          arguments.setRows(rows.flat(), values.length(), Metadata.EMPTY);
          run(
              (staging, stagingBytes, parts, partsBytes, isWhole, error) ->
                  Naj.naj_bind_encode_dictionary(
                      state.handle(),
                      position,
                      index,
                      isDelta ? 1 : 0,
                      arguments.rows(),
                      staging,
                      stagingBytes,
                      parts,
                      partsBytes,
                      error));
          return message(new InOrder(rows.flat()));
        });
  }

  @Override
  public EncodedMessage batch(long position, BatchRows batch, Metadata metadata) {
    return with(
        batch,
        () -> {
          Ready ready = prepare(position, batch, metadata);
          run(ready.call());
          return message(ready.source());
        });
  }

  @Override
  public @Nullable EncodedMessage batchInto(
      long position, BatchRows batch, Metadata metadata, ByteBuffer target) {
    if (!target.isDirect() || target.isReadOnly()) {
      return null;
    }
    return with(
        batch, () -> runInto(prepare(position, batch, metadata).call(), target) ? sizes() : null);
  }

  @Override
  public long batchSizeBytes(BatchRows batch, Metadata metadata) {
    if (isCompressed) {
      return batch(0, batch, metadata).sizeBytes();
    }
    return with(batch, () -> size(prepare(0, batch, metadata).call()));
  }

  private Ready prepare(long position, BatchRows batch, Metadata metadata) {
    if (batch.data() instanceof NativeBatch table && batch.isWhole() && tables.fits(table)) {
      arguments.setMetadata(metadata);
      return new Ready(tableCall(position, table.tableAddress()), table::find);
    }
    rows.clear();
    for (int i = 0; i < columnCount; i++) {
      rows.add(batch.column(i));
    }
    arguments.setRows(rows.flat(), batch.rowCount(), metadata);
    return new Ready(rowsCall(position), new InOrder(rows.flat()));
  }

  private Call tableCall(long position, long table) {
    return (staging, stagingBytes, parts, partsBytes, isWhole, error) ->
        Naj.naj_bind_encode_table(
            state.handle(),
            position,
            table,
            arguments.metadata(),
            arguments.metadataBytes(),
            staging,
            stagingBytes,
            parts,
            partsBytes,
            isWhole,
            error);
  }

  private Call rowsCall(long position) {
    return (staging, stagingBytes, parts, partsBytes, isWhole, error) ->
        Naj.naj_bind_encode_batch(
            state.handle(),
            position,
            arguments.rows(),
            arguments.metadata(),
            arguments.metadataBytes(),
            staging,
            stagingBytes,
            parts,
            partsBytes,
            isWhole,
            error);
  }

  @Override
  public ByteBuffer footer(
      List<FooterBlock> dictionaries, List<FooterBlock> batches, Metadata metadata) {
    return alone(
        () -> {
          arguments.setFooter(dictionaries, batches, metadata);
          run(
              (staging, stagingBytes, parts, partsBytes, isWhole, error) ->
                  Naj.naj_bind_encode_footer(
                      state.handle(),
                      arguments.dictionaries(),
                      dictionaries.size(),
                      arguments.batches(),
                      batches.size(),
                      arguments.metadata(),
                      arguments.metadataBytes(),
                      staging,
                      stagingBytes,
                      parts,
                      partsBytes,
                      error));
          return room.parts(state.handle(), NO_ROWS).get(0);
        });
  }

  @Override
  public void close() {
    cleanable.clean();
  }

  private <T extends @Nullable Object> T with(BatchRows batch, Supplier<T> work) {
    BatchData data = batch.data();
    data.retain();
    try {
      return alone(work);
    } finally {
      data.release();
    }
  }

  private <T extends @Nullable Object> T alone(Supplier<T> work) {
    state.enterAlone();
    try {
      return work.get();
    } finally {
      state.exit();
    }
  }

  private void run(Call call) {
    Scratch scratch = Scratch.get();
    while (true) {
      int status =
          call.run(
              room.stagingAddress(),
              room.stagingBytes(),
              room.partsAddress(),
              room.partsBytes(),
              0,
              scratch.error);
      if (status == Status.OK) {
        return;
      }
      if (status != Status.NEED_ARENA && status != Status.NEED_TABLE) {
        throw Status.failure(scratch);
      }
      room.grow();
    }
  }

  /** Tells whether the message is in the target, as one piece. */
  private boolean runInto(Call call, ByteBuffer target) {
    Scratch scratch = Scratch.get();
    int status =
        call.run(
            AddressPointer.addressOf(target) + target.position(),
            target.remaining(),
            room.partsAddress(),
            room.partsBytes(),
            1,
            scratch.error);
    Reference.reachabilityFence(target);
    if (status == Status.NEED_ARENA) {
      return false;
    }
    if (status != Status.OK) {
      throw Status.failure(scratch);
    }
    target.position(Math.toIntExact(target.position() + room.metadataBytes() + room.bodyBytes()));
    return true;
  }

  private EncodedMessage sizes() {
    return new EncodedMessage(room.metadataBytes(), room.bodyBytes(), List.of());
  }

  /** Without room for anything but an answer, a call tells what it would write. */
  private long size(Call call) {
    Scratch scratch = Scratch.get();
    int status = call.run(0, 0, room.partsAddress(), room.partsBytes(), 0, scratch.error);
    if (status != Status.NEED_ARENA) {
      throw Status.failure(scratch);
    }
    return room.metadataBytes() + room.bodyBytes();
  }

  private EncodedMessage message(EncodeRoom.Source source) {
    return new EncodedMessage(
        room.metadataBytes(), room.bodyBytes(), room.parts(state.handle(), source));
  }

  /** Parts lie in the buffers of rows in the order of these. */
  private static final class InOrder implements EncodeRoom.Source {
    private final FlatArrays flat;
    private int next;

    InOrder(FlatArrays flat) {
      this.flat = flat;
    }

    @Override
    public @Nullable ArrowBuffer at(long address, long sizeBytes) {
      for (int i = next; i < flat.bufferCount(); i++) {
        long offset = address - flat.address(i);
        if (offset >= 0 && sizeBytes <= flat.sizeBytes(i) - offset) {
          next = i;
          return flat.source(i).slice(offset, sizeBytes);
        }
      }
      return null;
    }
  }
}
