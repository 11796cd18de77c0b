package io.nanoarrow;

import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.WriteStats;
import java.io.IOException;

/**
 * Writes batches of one schema, as a stream or a file. One thread at a time. Batches stay their
 * owner's and may be closed after the call.
 *
 * <p>The schema is written when the writer is made; {@link #close} writes the end. Without a batch
 * in between that is a valid output without rows.
 *
 * <p>Whenever a method throws, whatever the reason, the output stays incomplete: later writes throw
 * IllegalStateException with the first cause, {@code close} writes no end, and of a path nothing is
 * left but what it held before. So a writer in a try-with-resources statement never completes what
 * one of its own methods failed at; what fails elsewhere is told by {@link #abort}, which {@link
 * #writeAll} does for its reader.
 */
public sealed interface BatchWriter extends AutoCloseable permits StreamWriter, FileWriter {
  /** Returns the schema that is written. */
  Schema schema();

  /**
   * Writes a batch with its own metadata.
   *
   * @throws IllegalArgumentException when its schema differs in names, types, nullability or
   *     encodings, naming the first difference; when it has more than 2^31-1 rows and {@code
   *     allow64Bit} is not set; when columns that share a dictionary id have different values
   * @throws io.nanoarrow.error.ArrowFormatException of kind UNSUPPORTED when the format cannot hold
   *     it, as a dictionary that is replaced in a file; of kind INVALID_DATA when offsets, views or
   *     run ends point outside their buffers
   * @throws IOException when writing fails, as the output threw it
   * @throws IllegalStateException when the batch or the writer is closed or the writer failed
   */
  void write(RecordBatch batch) throws IOException;

  /** Writes a batch with other metadata than its own. */
  void write(RecordBatch batch, Metadata metadata) throws IOException;

  /**
   * Writes the batches of a table. Where dictionaries are unified, those of all batches are merged
   * before the first is written.
   */
  void write(Table table) throws IOException;

  /** Writes the remaining batches of a reader, which stays open; closes each batch. */
  void writeAll(BatchReader reader) throws IOException;

  /** Returns what has been written so far; also after closing. */
  WriteStats stats();

  /**
   * Closes without completing: no end is written, a path keeps what it held before. Harmless after
   * {@link #close}.
   */
  void abort() throws IOException;

  /** Writes what was held back and the end; closing twice is harmless. */
  @Override
  void close() throws IOException;
}
