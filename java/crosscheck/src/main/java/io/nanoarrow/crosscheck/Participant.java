package io.nanoarrow.crosscheck;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that takes part in a cross-check, found by {@link java.util.ServiceLoader}. Its
 * constructor must be cheap and must not fail. Used by one thread at a time.
 */
public interface Participant {
  /** What a decoder may leave out of its answers; such things are then not compared for it. */
  enum Omission {
    /** Key-values of batches. */
    BATCH_METADATA,
    /** Key-values of a file's footer. */
    FOOTER_METADATA,
    /** The ids of dictionaries. */
    DICTIONARY_IDS
  }

  /** One batch of a decoding. */
  interface Batch extends AutoCloseable {
    /** Returns the number of rows. */
    long rowCount();

    /** Returns the key-values of the batch's message. */
    Metadata metadata();

    /** Returns the arrays of the columns, alive until this batch is closed. */
    List<ColumnData> columns();

    @Override
    void close();
  }

  /** A source that is being decoded. */
  interface Decoding extends AutoCloseable {
    /** Returns the schema. */
    Schema schema();

    /** Returns the key-values of a file's footer; none for a stream. */
    Metadata footerMetadata();

    /**
     * Returns the next batch, which the caller closes before it asks for another, or null at the
     * end.
     *
     * @throws IOException when reading fails
     * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
     */
    @Nullable Batch next() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** Returns the name that users choose it by, e.g. "native". */
  String id();

  /** Returns why it cannot work here, or null when it can. */
  @Nullable String unavailableReason();

  /** Returns what it does not report. */
  default Set<Omission> omissions() {
    return Set.of();
  }

  /**
   * Returns the faults it is known for, or null for a decoder that answers for everything it does.
   * One with known faults runs after the others, and only on input that {@link KnownFaults#unsafe}
   * lets through.
   */
  default @Nullable KnownFaults knownFaults() {
    return null;
  }

  /** Tells whether it can {@link #rewrite}. */
  default boolean writes() {
    return false;
  }

  /**
   * Writes all that it reads of a source to a path: a stream as a stream, a file as a file.
   *
   * @param options without an engine
   * @throws IOException when reading or writing fails
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong, or cannot be written
   * @throws UnsupportedOperationException unless it {@link #writes}
   */
  default void rewrite(Source source, Path target, WriteOptions options) throws IOException {
    throw new UnsupportedOperationException(id() + " does not write");
  }

  /**
   * Starts to decode.
   *
   * @throws IOException when reading fails
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
   */
  Decoding open(Source source) throws IOException;
}
