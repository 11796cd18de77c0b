package io.nanoarrow.pure.truncate;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;

/**
 * Where truncated rows go: nodes and buffers in the order of a RecordBatch message. A buffer is
 * {@link #begin}, then bytes in their order, then {@link #end}.
 */
public interface BodySink {
  /** The most bytes that {@link #room} gives at once. */
  int MAX_ROOM = 1 << 18;

  /** Adds a field node. */
  void node(long length, long nullCount);

  /** Adds the number of data buffers of an array of views. */
  void variadic(long count);

  /** Begins a buffer. */
  void begin();

  /** Adds bytes that are to be left where they are, or copied if that is cheaper. */
  void bytes(ArrowBuffer source, long at, long size);

  /**
   * Adds bytes that the caller makes.
   *
   * @param size up to {@link #MAX_ROOM}
   * @return a little-endian buffer to write to from its position on, all of {@code size}; its
   *     content is undefined, and it is gone with the next call
   */
  ByteBuffer room(int size);

  /** Ends a buffer. */
  void end();

  /** Adds a buffer without bytes. */
  default void empty() {
    begin();
    end();
  }

  /** Adds a buffer that is part of another. */
  default void keep(ArrowBuffer source, long at, long size) {
    begin();
    bytes(source, at, size);
    end();
  }
}
