package io.nanoarrow;

import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.WriteStats;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes the file format. One thread at a time. A file is complete when {@link #close} has
 * returned.
 */
public final class FileWriter implements BatchWriter {
  private final WriterCore core;

  FileWriter(WriterCore takeCore) {
    this.core = takeCore;
  }

  /**
   * Opens a file to write more batches behind those that it has. They go to a copy, which takes the
   * name when the writer closes: until then, and when writing fails or the process is killed, the
   * name keeps what it had. Metadata version and framing stay those of the file; a dictionary that
   * only grew is written as a delta, one that is replaced refused.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when it is damaged, which {@link
   *     ArrowIpc#repair} may help, or big-endian
   */
  public static FileWriter append(Path path, WriteOptions options) throws IOException {
    return new FileWriter(Append.open("FileWriter", path, true, options));
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
