package io.nanoarrow;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the streaming format. One thread at a time. */
public final class StreamReader implements BatchReader {
  private final EngineStream stream;
  private final Handle handle;
  private @Nullable Throwable failure;
  private boolean ended;

  StreamReader(EngineStream takeStream) {
    this.stream = takeStream;
    this.handle = new Handle("StreamReader", takeStream::close);
  }

  /**
   * Returns a reader of a stream that an engine or an import opened.
   *
   * @param takeStream closed with the reader
   */
  public static StreamReader of(EngineStream takeStream) {
    return new StreamReader(takeStream);
  }

  @Override
  public Schema schema() {
    return stream.schema();
  }

  @Override
  public @Nullable RecordBatch next() throws IOException {
    handle.ensureOpen();
    Failures.rethrow(failure);
    if (ended) {
      return null;
    }
    try {
      BatchData data = stream.next();
      ended = data == null;
      return data == null ? null : new RecordBatch(schema(), data);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public ReadStats stats() {
    return stream.stats();
  }

  @Override
  public void exportStream(long address) {
    handle.ensureOpen();
    if (failure != null) {
      throw new IllegalStateException("the reader failed before: " + failure.getMessage(), failure);
    }
    CDataBridges.get().exportStream(stream, address);
    handle.close();
  }

  @Override
  public void close() throws IOException {
    if (handle.close()) {
      stream.close();
    }
  }
}
