package io.nanoarrow.write;

import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.stats.WriteStats;
import java.io.IOException;
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
  private final Stage first;
  private @Nullable Throwable failure;
  private boolean isEnded;

  private WriteSession(EngineEncoder encoder, Sink sink, MessageStage messages, Stage first) {
    this.encoder = encoder;
    this.sink = sink;
    this.messages = messages;
    this.first = first;
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
    try {
      DictionaryFields fields = new DictionaryFields(schema);
      DictionaryRelation.Finder relations = new DictionaryRelation.Finder();
      DictionaryTracker tracker =
          new DictionaryTracker(
              fields, relations, framing.isFile(), options.emitDictionaryDeltas());
      MessageStage messages = new MessageStage(takeEncoder, takeSink, framing, tracker, options);
      messages.begin();
      return new WriteSession(takeEncoder, takeSink, messages, messages);
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
      first.accept(borrowRows, metadata);
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      throw e;
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
      first.close();
      messages.close();
      giveUp(encoder, sink, cause);
    }
  }

  /** Completes the output; harmless after a failure and after the end. */
  public void close() throws IOException {
    if (isEnded) {
      return;
    }
    try {
      first.finish();
      sink.complete();
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      throw e;
    }
    isEnded = true;
    first.close();
    messages.close();
    encoder.close();
  }

  /** Ends the output without completing it; harmless after a failure and after the end. */
  public void abort() throws IOException {
    if (isEnded) {
      return;
    }
    isEnded = true;
    first.close();
    messages.close();
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
