package io.nanoarrow.engine;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/** An open stream: one call into C a batch. Closed by a cleaner when forgotten. */
final class NativeStream implements EngineStream {
  private final StreamState state;
  private final Cleaner.Cleanable cleanable;

  NativeStream(Input input, ReadOptions options) throws IOException {
    state = StreamState.open(input, options);
    cleanable = NativeRuntime.CLEANER.register(this, state);
  }

  @Override
  public Schema schema() {
    return state.layout().schema();
  }

  @Override
  public @Nullable BatchData next() throws IOException {
    StreamState open = state;
    open.enterAlone();
    try {
      return open.next();
    } finally {
      open.exit();
    }
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
