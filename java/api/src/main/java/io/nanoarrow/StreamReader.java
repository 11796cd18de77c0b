package io.nanoarrow;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.stats.MemoryStats;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the streaming format. */
public final class StreamReader implements BatchReader {
  private final EngineStream stream;
  private final Lease lease = new Lease("StreamReader");
  private @Nullable Throwable failure;
  private boolean ended;

  StreamReader(EngineStream stream) {
    this.stream = stream;
    MemoryStats.countHandle(1);
  }

  @Override
  public Schema schema() {
    return stream.schema();
  }

  @Override
  public @Nullable RecordBatch next() throws IOException {
    lease.ensureOpen();
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
    lease.ensureOpen();
    CDataBridges.get().exportStream(stream, address);
    if (lease.close()) {
      MemoryStats.countHandle(-1);
    }
  }

  @Override
  public void close() throws IOException {
    if (lease.close()) {
      MemoryStats.countHandle(-1);
      stream.close();
    }
  }
}
