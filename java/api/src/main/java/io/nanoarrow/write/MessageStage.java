package io.nanoarrow.write;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.FooterBlock;
import io.nanoarrow.stats.WriteStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes batches and the dictionaries that they need, and writes them with their framing. */
final class MessageStage implements Stage {
  private final EngineEncoder encoder;
  private final Sink sink;
  private final Framing framing;
  private final DictionaryTracker dictionaries;
  private final boolean allow64Bit;

  private long position;
  private long messages;
  private long batches;
  private final long[] dictionaryCounts = new long[DictionaryTracker.Kind.values().length];

  /**
   * A stage at the start of the output.
   *
   * @param borrowEncoder closed by the caller, after this
   * @param borrowSink completed or abandoned by the caller
   * @param takeDictionaries closed with the stage
   */
  MessageStage(
      EngineEncoder borrowEncoder,
      Sink borrowSink,
      Framing framing,
      DictionaryTracker takeDictionaries,
      WriteOptions options) {
    this.encoder = borrowEncoder;
    this.sink = borrowSink;
    this.framing = framing;
    this.dictionaries = takeDictionaries;
    this.allow64Bit = options.allow64Bit();
  }

  /** Writes what comes before the first batch. */
  void begin() throws IOException {
    write(framing.head());
    write(encoder.schema(position));
  }

  /**
   * Goes on behind messages that are there already.
   *
   * @param end where they end, a multiple of 8
   * @param borrowLast the last batch of them, which tells the dictionaries; null when there is none
   */
  void resume(long end, @Nullable BatchData borrowLast) {
    position = end;
    if (borrowLast != null) {
      dictionaries.plan(borrowLast);
      dictionaries.remember(borrowLast);
    }
  }

  @Override
  public void accept(BatchRows rows, Metadata metadata) throws IOException {
    if (rows.rowCount() > Integer.MAX_VALUE && !allow64Bit) {
      throw new IllegalArgumentException(
          "a batch of "
              + rows.rowCount()
              + " rows: more than 2^31-1 are written only with allow64Bit");
    }
    for (DictionaryTracker.Step step : dictionaries.plan(rows.data())) {
      boolean isDelta = step.kind() == DictionaryTracker.Kind.DELTA;
      framing.addDictionary(write(encoder.dictionary(position, step.id(), isDelta, step.values())));
      dictionaryCounts[step.kind().ordinal()]++;
    }
    dictionaries.remember(rows.data());
    framing.addBatch(writeBatch(rows, metadata));
    batches++;
  }

  /** Straight to where the sink keeps it, when that is memory with enough room. */
  private FooterBlock writeBatch(BatchRows rows, Metadata metadata) throws IOException {
    ByteBuffer room = sink.room();
    EncodedMessage message =
        room == null ? null : encoder.batchInto(position, rows, metadata, room);
    if (message == null) {
      return write(encoder.batch(position, rows, metadata));
    }
    long start = position;
    sink.filled(message.sizeBytes());
    position += message.sizeBytes();
    messages++;
    return new FooterBlock(start, message.metadataSizeBytes(), message.bodySizeBytes());
  }

  @Override
  public void finish() throws IOException {
    write(framing.tail(encoder));
  }

  private FooterBlock write(EncodedMessage message) throws IOException {
    long start = position;
    write(message.buffers());
    if (position - start != message.sizeBytes()) {
      throw new IllegalStateException(
          "the encoder announced %d bytes and gave %d"
              .formatted(message.sizeBytes(), position - start));
    }
    messages++;
    return new FooterBlock(start, message.metadataSizeBytes(), message.bodySizeBytes());
  }

  private void write(List<ByteBuffer> parts) throws IOException {
    long size = 0;
    for (ByteBuffer part : parts) {
      size += part.remaining();
    }
    sink.write(parts);
    position += size;
  }

  WriteStats stats() {
    long first = dictionaryCounts[DictionaryTracker.Kind.FIRST.ordinal()];
    long deltas = dictionaryCounts[DictionaryTracker.Kind.DELTA.ordinal()];
    long replaced = dictionaryCounts[DictionaryTracker.Kind.REPLACEMENT.ordinal()];
    return new WriteStats(messages, batches, first + deltas + replaced, deltas, replaced, position);
  }

  @Override
  public void close() {
    dictionaries.close();
  }
}
