package io.nanoarrow.engine;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.lang.ref.Cleaner;

/** An open file. Closed by a cleaner when forgotten. */
final class NativeFile implements EngineFile {
  private final FileState state;
  private final Cleaner.Cleanable cleanable;

  NativeFile(Input input, ReadOptions options) throws IOException {
    state = new FileState(input, options);
    cleanable = NativeRuntime.CLEANER.register(this, state);
  }

  @Override
  public Schema schema() {
    return state.layout().schema();
  }

  @Override
  public int batchCount() {
    return state.batchCount();
  }

  @Override
  public BatchData batch(int index) throws IOException {
    FileState open = state;
    open.enter();
    try {
      return open.batch(index);
    } finally {
      open.exit();
    }
  }

  @Override
  public long batchRowCount(int index) throws IOException {
    FileState open = state;
    open.enter();
    try {
      return open.batchRowCount(index);
    } finally {
      open.exit();
    }
  }

  @Override
  public Metadata metadata() {
    return state.metadata();
  }

  @Override
  public ReadStats stats() {
    return state.stats();
  }

  @Override
  public void close() throws IOException {
    cleanable.clean();
    state.throwCloseFailure();
  }
}
