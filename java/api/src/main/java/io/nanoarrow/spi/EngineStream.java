package io.nanoarrow.spi;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An engine's open stream. Used by one thread at a time; the caller sees to it that nothing is
 * called after a failure or after {@link #close}. Batches outlive it.
 */
public interface EngineStream extends AutoCloseable {
  /** Returns the schema. */
  Schema schema();

  /** Returns the next batch, whose one use is the caller's, or null at the end. */
  @Nullable BatchData next() throws IOException;

  /** Returns what has been read so far. */
  ReadStats stats();

  @Override
  void close() throws IOException;
}
