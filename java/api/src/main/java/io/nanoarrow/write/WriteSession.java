package io.nanoarrow.write;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.stats.WriteStats;
import java.io.IOException;
import java.util.LinkedList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stream or file being written, from its schema to its end. After the first failure, whatever
 * it was, nothing more is written: the output lacks its end and a temporary file is deleted. One
 * thread at a time.
 */
public final class WriteSession {
  private final EngineEncoder encoder;
  private final Sink sink;
  private final MessageStage messages;

  /** In the order in which rows pass them; the last writes. */
  private final List<Stage> stages;

  private @Nullable Throwable failure;
  private boolean isEnded;

  private WriteSession(
      EngineEncoder encoder, Sink sink, MessageStage messages, List<Stage> stages) {
    this.encoder = encoder;
    this.sink = sink;
    this.messages = messages;
    this.stages = stages;
  }

  /**
   * Begins an output by writing its schema.
   *
   * @param takeEncoder closed with the session; also when this throws
   * @param takeSink completed or abandoned with the session; also when this throws
   * @throws IllegalArgumentException when the schema cannot be written
   * @throws io.nanoarrow.error.ArrowFormatException when the format cannot hold it
   * @throws IOException when writing fails
   */
  public static WriteSession begin(
      Schema schema,
      EngineEncoder takeEncoder,
      Sink takeSink,
      Framing framing,
      WriteOptions options)
      throws IOException {
    return start(schema, takeEncoder, takeSink, framing, options, MessageStage::begin);
  }

  /**
   * Goes on with an output that the sink has up to the end of its last message.
   *
   * @param takeEncoder closed with the session; also when this throws
   * @param takeSink completed or abandoned with the session; also when this throws
   * @param framing knows the messages that are there
   * @param end where they end, a multiple of 8
   * @param borrowLast the last batch of them, null when there is none
   */
  public static WriteSession resume(
      Schema schema,
      EngineEncoder takeEncoder,
      Sink takeSink,
      Framing framing,
      WriteOptions options,
      long end,
      @Nullable BatchData borrowLast)
      throws IOException {
    return start(
        schema,
        takeEncoder,
        takeSink,
        framing,
        options,
        messages -> messages.resume(end, borrowLast));
  }

  private interface Beginning {
    void run(MessageStage messages) throws IOException;
  }

  private static WriteSession start(
      Schema schema,
      EngineEncoder takeEncoder,
      Sink takeSink,
      Framing framing,
      WriteOptions options,
      Beginning beginning)
      throws IOException {
    try {
      DictionaryFields fields = new DictionaryFields(schema);
      DictionaryRelation.Finder relations = new DictionaryRelation.Finder();
      DictionaryTracker tracker =
          new DictionaryTracker(
              fields, relations, framing.isFile(), options.emitDictionaryDeltas());
      MessageStage messages = new MessageStage(takeEncoder, takeSink, framing, tracker, options);
      beginning.run(messages);
      LinkedList<Stage> stages = new LinkedList<>(List.of(messages));
      if (options.batchRows() > 0) {
        stages.push(
            new RechunkStage(options.batchRows(), schema, fields, relations, stages.peek()));
      }
      if (options.unifyDictionaries() && !fields.isEmpty()) {
        stages.push(new UnifyStage(schema, fields, relations, stages.peek()));
      }
      return new WriteSession(takeEncoder, takeSink, messages, List.copyOf(stages));
    } catch (IOException | RuntimeException | Error e) {
      giveUp(takeEncoder, takeSink, e);
      throw e;
    }
  }

  /**
   * Writes rows.
   *
   * @param borrowRows of the session's schema, by the caller's check
   * @throws IllegalStateException after a failure, with the cause, and after the end
   */
  public void write(BatchRows borrowRows, Metadata metadata) throws IOException {
    ensureUsable();
    try {
      stages.get(0).accept(borrowRows, metadata);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      throw e;
    }
  }

  /**
   * Looks at the dictionaries of rows that will be written, when dictionaries are unified: those
   * collected before the first write are written whole, not value by value as they come.
   *
   * @param borrowRows of the session's schema, by the caller's check
   */
  public void collectDictionaries(BatchRows borrowRows) {
    ensureUsable();
    if (stages.get(0) instanceof UnifyStage unify) {
      try {
        unify.collect(borrowRows);
      } catch (RuntimeException | Error e) {
        fail(e);
        throw e;
      }
    }
  }

  /** Checks that more can be written. */
  public void ensureUsable() {
    if (failure != null) {
      throw new IllegalStateException("the writer failed before: " + failure, failure);
    } else if (isEnded) {
      throw new IllegalStateException("the writer is closed");
    }
  }

  /** Gives up because of something that happened to the caller; the first cause is kept. */
  public void fail(Throwable cause) {
    if (!isEnded) {
      isEnded = true;
      failure = cause;
      stages.forEach(Stage::close);
      giveUp(encoder, sink, cause);
    }
  }

  /** Completes the output; harmless after a failure and after the end. */
  public void close() throws IOException {
    if (isEnded) {
      return;
    }
    try {
      for (Stage stage : stages) {
        stage.finish();
      }
      sink.complete();
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      throw e;
    }
    isEnded = true;
    stages.forEach(Stage::close);
    encoder.close();
  }

  /** Ends the output without completing it; harmless after a failure and after the end. */
  public void abort() throws IOException {
    if (isEnded) {
      return;
    }
    isEnded = true;
    stages.forEach(Stage::close);
    encoder.close();
    sink.abandon();
  }

  private static void giveUp(EngineEncoder encoder, Sink sink, Throwable cause) {
    try {
      encoder.close();
    } catch (RuntimeException | Error e) {
      suppress(cause, e);
    }
    try {
      sink.abandon();
    } catch (IOException | RuntimeException | Error e) {
      suppress(cause, e);
    }
  }

  private static void suppress(Throwable cause, Throwable other) {
    if (other != cause) {
      cause.addSuppressed(other);
    }
  }

  /** Returns what has been written so far; also after the end. */
  public WriteStats stats() {
    return messages.stats();
  }
}
