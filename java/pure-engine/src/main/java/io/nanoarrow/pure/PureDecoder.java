package io.nanoarrow.pure;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.source.NeedInput;
import io.nanoarrow.pure.source.PushedSource;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineDecoder;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is pushed: the stream reader over a source that it leaves where bytes are missing.
 */
final class PureDecoder implements EngineDecoder {
  private final ReadOptions options;
  private final PushedSource source = new PushedSource();
  private @Nullable PureStream stream;
  private boolean isEnded;

  PureDecoder(ReadOptions options) {
    this.options = options;
  }

  @Override
  public void feed(ByteBuffer chunk) {
    source.feed(chunk, false);
  }

  @Override
  public void feedShared(ByteBuffer chunk) {
    source.feed(chunk, true);
  }

  @Override
  public void endInput() {
    source.endInput();
  }

  @Override
  public @Nullable Schema schema() {
    if (stream == null && !source.isWaiting()) {
      try {
        stream = new PureStream(source, options);
      } catch (NeedInput e) {
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return stream == null ? null : stream.schema();
  }

  @Override
  public @Nullable BatchData next() {
    if (schema() == null || isEnded || source.isWaiting()) {
      return null;
    }
    try {
      BatchData batch = stream.next();
      isEnded = batch == null;
      return batch;
    } catch (NeedInput e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean isEnded() {
    return isEnded;
  }

  @Override
  public long pendingBytes() {
    return isEnded ? 0 : source.pendingBytes();
  }

  @Override
  public ReadStats stats() {
    return stream == null ? new ReadStats(0, 0, 0, 0, 0, false) : stream.stats();
  }

  @Override
  public void close() {
    try {
      if (stream != null) {
        stream.close();
      } else {
        source.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
