package io.nanoarrow.bench;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.Output;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamWriter;
import io.nanoarrow.Table;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import java.io.IOException;
import java.nio.file.Path;

/** Writes batches that are in memory as a stream with one of our engines. */
final class NanoarrowWrites implements AutoCloseable {
  private final Table table;

  /** Reads, mapped, what is to be written. */
  NanoarrowWrites(Path path, String engine) throws IOException {
    try (BatchReader reader =
        ArrowIpc.openStream(path, ReadOptions.builder().engine(engine).build())) {
      table = reader.readAll();
    }
  }

  /** Returns the bytes written. */
  long write(Output output, WriteOptions options) throws IOException {
    StreamWriter writer = ArrowIpc.newStream(output, table.schema(), options);
    try (writer) {
      for (RecordBatch batch : table.batches()) {
        writer.write(batch);
      }
    }
    return writer.stats().bytesWritten();
  }

  @Override
  public void close() {
    table.close();
  }
}
