package io.nanoarrow;

import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.write.DictionaryMessages;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;

/**
 * Turns batches into messages that the caller sends somewhere, as parts that are not copied. One
 * thread at a time, also for closing what it encoded. Each message is encoded as at a position that
 * is a multiple of the alignment; messages sent one after the other in the order schema,
 * dictionaries, batches, are a stream that lacks only its end marker.
 */
public final class BatchEncoder implements AutoCloseable {
  private final Schema schema;
  private final WriteOptions options;
  private final Handle handle;

  /** Encoders that no open message uses; a message that was forgotten is closed by any thread. */
  private final Deque<EngineEncoder> idle;

  BatchEncoder(Schema schema, WriteOptions options) {
    this.schema = schema;
    this.options = options;
    Deque<EngineEncoder> encoders = new ConcurrentLinkedDeque<>();
    encoders.add(newEncoder());
    this.idle = encoders;
    this.handle = new Handle("BatchEncoder", () -> closeAll(encoders));
  }

  /** Closes each encoder once, also when another thread does the same. */
  private static void closeAll(Deque<EngineEncoder> encoders) {
    for (EngineEncoder each = encoders.poll(); each != null; each = encoders.poll()) {
      each.close();
    }
  }

  private EngineEncoder newEncoder() {
    return Engines.choose(options.engine()).newEncoder(schema, options);
  }

  /** Returns the schema of the batches. */
  public Schema schema() {
    return schema;
  }

  /** Encodes the schema; the caller closes the message. */
  public EncodedBatch encodeSchema() {
    handle.ensureOpen();
    return encode(encoder -> encoder.schema(0), () -> {});
  }

  /** Encodes a batch with its own metadata, without its dictionaries; the caller closes it. */
  public EncodedBatch encode(RecordBatch batch) {
    return encode(batch, batch.metadata());
  }

  /**
   * Encodes a batch without its dictionaries. Its rows are kept until the message is closed, which
   * is the caller's to do.
   *
   * @throws IllegalArgumentException when the batch has another schema
   * @throws io.nanoarrow.error.ArrowFormatException when the format cannot hold it
   */
  public EncodedBatch encode(RecordBatch batch, Metadata metadata) {
    BatchRows rows = take(batch);
    return encode(encoder -> encoder.batch(0, rows, metadata), rows.data()::release);
  }

  /**
   * Encodes all dictionaries that a batch refers to, each whole, those within values first; the
   * caller closes the messages.
   */
  public List<EncodedBatch> encodeDictionaries(RecordBatch batch) {
    BatchRows rows = take(batch);
    List<EncodedBatch> messages = new ArrayList<>();
    try {
      DictionaryMessages.of(schema, rows.data())
          .forEach(
              (id, values) -> {
                rows.data().retain();
                messages.add(
                    encode(
                        encoder -> encoder.dictionary(0, id, false, values), rows.data()::release));
              });
      return List.copyOf(messages);
    } catch (RuntimeException | Error e) {
      messages.forEach(EncodedBatch::close);
      throw e;
    } finally {
      rows.data().release();
    }
  }

  private BatchRows take(RecordBatch batch) {
    handle.ensureOpen();
    Schemas.check(schema, batch.schema());
    return batch.takeRows();
  }

  /** Encodes with an encoder of the message's own, whose memory parts of it lie in. */
  private EncodedBatch encode(Function<EngineEncoder, EncodedMessage> action, Runnable release) {
    EngineEncoder encoder = null;
    try {
      encoder = idle.poll();
      encoder = encoder != null ? encoder : newEncoder();
      EncodedMessage message = action.apply(encoder);
      EngineEncoder used = encoder;
      return new EncodedBatch(
          message,
          () -> {
            release.run();
            giveBack(used);
          });
    } catch (RuntimeException | Error e) {
      release.run();
      if (encoder != null) {
        giveBack(encoder);
      }
      throw e;
    }
  }

  private void giveBack(EngineEncoder encoder) {
    idle.push(encoder);
    if (!handle.lease().isOpen()) {
      closeAll(idle);
    }
  }

  /** Closes the encoder; messages not closed yet stay good. Closing twice is harmless. */
  @Override
  public void close() {
    if (handle.close()) {
      closeAll(idle);
    }
  }
}
