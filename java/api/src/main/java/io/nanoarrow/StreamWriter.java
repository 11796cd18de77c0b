package io.nanoarrow;

import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.WriteStats;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the streaming format. One thread at a time. */
public final class StreamWriter implements BatchWriter {
  private final WriterCore core;

  StreamWriter(WriterCore takeCore) {
    this.core = takeCore;
  }

  /**
   * Opens a stream to write more batches behind those that it has. They go to a copy, which takes
   * the name when the writer closes: until then, and when writing fails or the process is killed,
   * the name keeps what it had. Metadata version and framing stay those of the stream; a dictionary
   * that has changed is written anew, or as a delta if the options say so.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when it is damaged, which {@link
   *     ArrowIpc#repair} may help, or big-endian
   */
  public static StreamWriter append(Path path, WriteOptions options) throws IOException {
    return new StreamWriter(Append.open("StreamWriter", path, false, options));
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
