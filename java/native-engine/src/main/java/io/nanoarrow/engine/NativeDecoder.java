package io.nanoarrow.engine;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineDecoder;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stream that is pushed: the decoder in C already stops where bytes are missing. */
final class NativeDecoder implements EngineDecoder {
  private final PushedBytes bytes;
  private final StreamState state;
  private final Cleaner.Cleanable cleanable;

  NativeDecoder(ReadOptions options) {
    bytes = new PushedBytes();
    try {
      state = new StreamState(bytes, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    cleanable = NativeRuntime.CLEANER.register(this, state);
  }

  @Override
  public void feed(ByteBuffer chunk) {
    state.enterAlone();
    try {
      bytes.feed(chunk);
    } finally {
      state.exit();
    }
  }

  @Override
  public void feedShared(ByteBuffer chunk) {
    state.enterAlone();
    try {
      bytes.feedShared(chunk);
    } finally {
      state.exit();
    }
  }

  @Override
  public void endInput() {
    bytes.end();
  }

  @Override
  public @Nullable Schema schema() {
    SchemaLayout known = state.layout();
    if (known != null) {
      return known.schema();
    }
    if (bytes.isWaiting()) {
      return null;
    }
    state.enterAlone();
    try {
      return state.readSchema() ? state.layout().schema() : null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      state.exit();
    }
  }

  @Override
  public @Nullable BatchData next() {
    if (schema() == null || bytes.isWaiting()) {
      return null;
    }
    state.enterAlone();
    try {
      return state.next();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      state.exit();
    }
  }

  @Override
  public boolean isEnded() {
    return state.hasEnded();
  }

  @Override
  public long pendingBytes() {
    return state.hasEnded() ? 0 : bytes.available();
  }

  @Override
  public ReadStats stats() {
    return state.stats();
  }

  @Override
  public void close() {
    cleanable.clean();
  }
}
