package io.nanoarrow.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of one stream or file go. One thread at a time. Ends with one call of {@link
 * #complete} or {@link #abandon}; after a failed {@code complete} comes {@code abandon}.
 */
public interface Sink {
  /**
   * Writes all bytes of the parts, from position to limit of each; the positions may move.
   *
   * @throws IOException when not all could be written; the sink is of no further use
   */
  void write(List<ByteBuffer> parts) throws IOException;

  /**
   * Returns the memory that the next bytes written would go to, or null when there is none or not a
   * direct buffer. Whoever puts bytes there, and moves its position, tells {@link #filled}.
   */
  default @Nullable ByteBuffer room() {
    return null;
  }

  /** Counts bytes as written that were put into the {@link #room}. */
  default void filled(long bytes) {}

  /** Hands over what was written as complete. */
  void complete() throws IOException;

  /** Gives up; what was written is removed where that is possible. */
  void abandon() throws IOException;
}
