package io.nanoarrow.spi;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;

/** An engine's open file; everything but {@link #close} from any thread. Batches outlive it. */
public interface EngineFile extends AutoCloseable {
  /** Returns the schema of the footer. */
  Schema schema();

  /** Returns the number of record batches. */
  int batchCount();

  /** Returns batch {@code index}, in range by the caller's check; its one use is the caller's. */
  BatchData batch(int index) throws IOException;

  /** Returns the rows of batch {@code index} without looking at its body. */
  long batchRowCount(int index) throws IOException;

  /** Returns the footer's key-values. */
  Metadata metadata();

  /** Returns what has been read so far. */
  ReadStats stats();

  @Override
  void close() throws IOException;
}
