package io.nanoarrow;

import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.stats.WriteStats;
import io.nanoarrow.write.Framing;
import io.nanoarrow.write.Sink;
import io.nanoarrow.write.WriteSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What both writers do: checks what they are given and hands the rows to the session. */
final class WriterCore {
  private final Schema schema;
  private final WriteSession session;
  private final Handle handle;

  /** The last schema of a batch that was found equal, so that it is compared once. */
  private Schema accepted;

  private WriterCore(String noun, Schema schema, WriteSession takeSession) {
    this.schema = schema;
    this.accepted = schema;
    this.session = takeSession;
    this.handle = new Handle(noun, takeSession::abort);
  }

  /** Opens the output and writes the schema; nothing is left behind when that fails. */
  static WriterCore open(
      String noun, Output output, Schema schema, WriteOptions options, Framing framing)
      throws IOException {
    EngineEncoder encoder = Engines.choose(options.engine()).newEncoder(schema, options);
    Sink sink;
    try {
      sink = Outputs.open(output, options);
    } catch (IOException | RuntimeException | Error e) {
      encoder.close();
      throw e;
    }
    return new WriterCore(
        noun, schema, WriteSession.begin(schema, encoder, sink, framing, options));
  }

  /** Takes over a session that has begun. */
  static WriterCore of(String noun, Schema schema, WriteSession takeSession) {
    return new WriterCore(noun, schema, takeSession);
  }

  Schema schema() {
    return schema;
  }

  /** Writes a batch; null metadata stands for its own. */
  void write(RecordBatch batch, @Nullable Metadata metadata) throws IOException {
    handle.ensureOpen();
    session.ensureUsable();
    BatchRows rows = take(batch);
    try {
      session.write(rows, metadata == null ? metadata(rows) : metadata);
    } finally {
      rows.data().release();
    }
  }

  private Metadata metadata(BatchRows rows) {
    try {
      return rows.data().metadata();
    } catch (RuntimeException e) {
      session.fail(e);
      throw e;
    }
  }

  private BatchRows take(RecordBatch batch) {
    try {
      checkSchema(batch.schema());
      return batch.takeRows();
    } catch (RuntimeException e) {
      session.fail(e);
      throw e;
    }
  }

  private void checkSchema(Schema other) {
    if (other != accepted) {
      Schemas.check(schema, other);
      accepted = other;
    }
  }

  void write(Table table) throws IOException {
    handle.ensureOpen();
    session.ensureUsable();
    for (RecordBatch batch : table.batches()) {
      BatchRows rows = take(batch);
      try {
        session.collectDictionaries(rows);
      } finally {
        rows.data().release();
      }
    }
    for (RecordBatch batch : table.batches()) {
      write(batch, null);
    }
  }

  void writeAll(BatchReader reader) throws IOException {
    handle.ensureOpen();
    session.ensureUsable();
    try {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        try (RecordBatch open = batch) {
          write(open, null);
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      session.fail(e);
      throw e;
    }
  }

  WriteStats stats() {
    return session.stats();
  }

  void abort() throws IOException {
    if (handle.close()) {
      session.abort();
    }
  }

  void close() throws IOException {
    if (handle.close()) {
      session.close();
    }
  }
}
