package io.nanoarrow;

import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.WriteStats;
import java.io.IOException;

/**
 * Writes the file format. One thread at a time. A file is complete when {@link #close} has
 * returned.
 */
public final class FileWriter implements BatchWriter {
  private final WriterCore core;

  FileWriter(WriterCore takeCore) {
    this.core = takeCore;
  }

  @Override
  public Schema schema() {
    return core.schema();
  }

  @Override
  public void write(RecordBatch batch) throws IOException {
    core.write(batch, null);
  }

  @Override
  public void write(RecordBatch batch, Metadata metadata) throws IOException {
    core.write(batch, metadata);
  }

  @Override
  public void write(Table table) throws IOException {
    core.write(table);
  }

  @Override
  public void writeAll(BatchReader reader) throws IOException {
    core.writeAll(reader);
  }

  @Override
  public WriteStats stats() {
    return core.stats();
  }

  @Override
  public void abort() throws IOException {
    core.abort();
  }

  @Override
  public void close() throws IOException {
    core.close();
  }
}
