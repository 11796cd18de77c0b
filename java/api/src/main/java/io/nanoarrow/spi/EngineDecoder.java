package io.nanoarrow.spi;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.ReadStats;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An engine's decoder of one stream whose bytes are pushed into it in chunks of any size. One
 * thread at a time; the caller sees to it that nothing is called after a failure or after {@link
 * #close}. Batches outlive it.
 *
 * <p>What is pending is bounded: by one message, or by a fixed amount where messages are smaller.
 */
public interface EngineDecoder extends AutoCloseable {
  /**
   * Copies bytes from where {@code chunk} stands and moves its position past them: as many as there
   * is room for, at least one when {@link #next} gave null since the last call.
   */
  void feed(ByteBuffer chunk);

  /**
   * As {@link #feed}, with a chunk whose bytes never change again: the decoder may keep it instead
   * of a copy, and batches may lie in it.
   */
  void feedShared(ByteBuffer chunk);

  /** Says that no further bytes come. */
  void endInput();

  /**
   * Returns the schema, or null while its bytes have not come.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong, or ended
   */
  @Nullable Schema schema();

  /**
   * Returns the next batch, whose one use is the caller's, or null: its bytes have not come, or
   * {@linkplain #isEnded the stream has ended}.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong, or ended
   */
  @Nullable BatchData next();

  /** Tells whether the end of the stream was read: nothing follows. */
  boolean isEnded();

  /** Returns how many bytes are held that no batch has been made of. */
  long pendingBytes();

  /** Returns what has been read so far; also after closing. */
  ReadStats stats();

  @Override
  void close();
}
