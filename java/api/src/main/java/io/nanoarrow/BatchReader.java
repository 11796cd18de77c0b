package io.nanoarrow;

import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Batches one after the other, from a stream or a file. Batches outlive their reader; each is
 * closed by whoever got it. One thread at a time uses a reader, except where {@link FileReader}
 * says more. After a failure every further read fails alike.
 */
public sealed interface BatchReader extends AutoCloseable, Iterable<RecordBatch>
    permits StreamReader, FileReader {

  /** Returns the schema of every batch. */
  Schema schema();

  /**
   * Returns the next batch, which the caller closes, or null at the end.
   *
   * @throws IOException when reading fails
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
   * @throws IllegalStateException when the reader is closed
   */
  @Nullable RecordBatch next() throws IOException;

  /** Returns what has been read so far; also after closing. */
  ReadStats stats();

  /**
   * Fills the ArrowArrayStream at {@code address} with the batches not read yet and closes this
   * reader's handle: the stream's consumer owns the input from now on.
   *
   * @throws UnsupportedOperationException without the artefact {@code nanoarrow}
   */
  void exportStream(long address);

  @Override
  void close() throws IOException;

  /** Gives each remaining batch to {@code action} and closes it afterwards. */
  default void forEachBatch(Consumer<? super RecordBatch> action) throws IOException {
    for (RecordBatch batch = next(); batch != null; batch = next()) {
      try (RecordBatch open = batch) {
        action.accept(open);
      }
    }
  }

  /** Returns all remaining batches; closing the table closes them. */
  default Table readAll() throws IOException {
    List<RecordBatch> batches = new ArrayList<>();
    try {
      for (RecordBatch batch = next(); batch != null; batch = next()) {
        batches.add(batch);
      }
      return new Table(schema(), batches);
    } catch (Throwable t) {
      batches.forEach(RecordBatch::close);
      throw t;
    }
  }

  /**
   * Iterates over the remaining batches; whoever takes a batch closes it. {@code hasNext} may read
   * ahead: what it read comes with the next {@link #next}, is exported with the rest, and is closed
   * with the reader. I/O trouble is an {@link java.io.UncheckedIOException}.
   */
  @Override
  Iterator<RecordBatch> iterator();
}
