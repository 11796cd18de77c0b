package io.nanoarrow;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineDecoder;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the streaming format out of chunks that are pushed into it, of any size, one byte
 * included. It starts no thread and waits for nothing; one thread at a time uses it. Decoding
 * happens in {@link #schema}, {@link #poll} and {@link #end}.
 *
 * <pre>{@code
 * while (channel.read(chunk.clear()) >= 0) {
 *   chunk.flip();
 *   while (chunk.hasRemaining()) {
 *     decoder.feed(chunk);
 *     for (RecordBatch batch = decoder.poll(); batch != null; batch = decoder.poll()) {
 *       …  // and close it
 *     }
 *   }
 * }
 * decoder.end();
 * }</pre>
 *
 * <p>What is held is bounded by one message, or about 1 MiB where messages are smaller: {@code
 * feed} takes what it has room for and leaves the rest in the chunk until batches are polled. After
 * a failure every further call fails alike.
 */
public final class StreamDecoder implements AutoCloseable {
  private final EngineDecoder decoder;
  private final Handle handle;
  private @Nullable Throwable failure;
  private boolean inputEnded;

  /** What {@link #end} decoded to see whether anything is missing. */
  private @Nullable BatchData ahead;

  StreamDecoder(EngineDecoder takeDecoder) {
    decoder = takeDecoder;
    handle = new Handle("StreamDecoder", takeDecoder::close);
  }

  /**
   * Copies bytes from where {@code chunk} stands and moves its position past them. The chunk is the
   * caller's again. When {@link #poll} gave null since the last call, at least one byte is taken;
   * what follows the end of the stream is taken and dropped.
   *
   * @return whether all was taken; if not, poll first
   * @throws IllegalStateException after {@link #end} or {@link #close}
   */
  public boolean feed(ByteBuffer chunk) {
    return feed(chunk, false);
  }

  /**
   * As {@link #feed}, with a chunk that never changes again: where it holds whole messages, their
   * batches lie in it and nothing is copied. The native engine shares direct buffers only.
   */
  public boolean feedShared(ByteBuffer chunk) {
    return feed(chunk, true);
  }

  private boolean feed(ByteBuffer chunk, boolean mayShare) {
    ensureUsable();
    if (inputEnded) {
      throw new IllegalStateException("bytes after the end of the input");
    }
    if (decoder.isEnded()) {
      chunk.position(chunk.limit());
    } else if (mayShare) {
      decoder.feedShared(chunk);
    } else {
      decoder.feed(chunk);
    }
    return !chunk.hasRemaining();
  }

  /**
   * Returns the schema, or null while its bytes have not come.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
   */
  public @Nullable Schema schema() {
    ensureUsable();
    return failing(decoder::schema);
  }

  /**
   * Returns the next batch, which the caller closes, or null when its bytes have not come or the
   * stream has ended.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
   */
  public @Nullable RecordBatch poll() {
    ensureUsable();
    BatchData data = ahead;
    ahead = null;
    if (data == null) {
      data = failing(this::decode);
    }
    return data == null ? null : new RecordBatch(decoder.schema(), data);
  }

  /**
   * Says that the input has ended. Batches whose bytes came whole can still be polled.
   *
   * @throws io.nanoarrow.error.ArrowFormatException of kind TRUNCATED when the bytes end inside the
   *     message that is next; when whole ones are before it, {@link #poll} throws it in its place
   */
  public void end() {
    ensureUsable();
    if (!inputEnded) {
      inputEnded = true;
      decoder.endInput();
      ahead = failing(this::decode);
    }
  }

  /** Tells whether the stream has ended and every batch was polled. */
  public boolean isFinished() {
    return ahead == null && decoder.isEnded();
  }

  /** Returns how many bytes are held of which no batch has been polled. */
  public long pendingBytes() {
    return decoder.pendingBytes();
  }

  /** Returns what has been decoded so far; also after closing. */
  public ReadStats stats() {
    return decoder.stats();
  }

  /** Gives up what is held; the batches polled stay. */
  @Override
  public void close() {
    if (handle.close()) {
      BatchData untaken = ahead;
      ahead = null;
      if (untaken != null) {
        untaken.release();
      }
      decoder.close();
    }
  }

  private @Nullable BatchData decode() {
    return decoder.schema() == null ? null : decoder.next();
  }

  private void ensureUsable() {
    handle.ensureOpen();
    try {
      Failures.rethrow(failure);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Decoding<T> {
    @Nullable T run();
  }

  private <T> @Nullable T failing(Decoding<T> decoding) {
    try {
      return decoding.run();
    } catch (RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }
}
