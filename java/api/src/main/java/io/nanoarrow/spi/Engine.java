package io.nanoarrow.spi;

import io.nanoarrow.options.ReadOptions;
import java.io.IOException;

/**
 * A decoder of Arrow IPC, found by {@link java.util.ServiceLoader}. Its constructor must be cheap
 * and must not fail; what can fail belongs into {@link #ensureAvailable}. Any thread.
 */
public interface Engine {
  /** Returns "native" or "pure"; what {@link ReadOptions#engine} names. */
  String id();

  /**
   * Loads what the engine needs.
   *
   * @throws IllegalStateException when it cannot work here, with the cause; the same each time
   */
  void ensureAvailable();

  /**
   * Opens a stream and reads its schema.
   *
   * @throws IOException when reading fails
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
   */
  EngineStream openStream(Input input, ReadOptions options) throws IOException;

  /**
   * Opens a file and reads its footer.
   *
   * @throws IOException when reading fails
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
   * @throws IllegalArgumentException when the input has no random access
   */
  EngineFile openFile(Input input, ReadOptions options) throws IOException;
}
