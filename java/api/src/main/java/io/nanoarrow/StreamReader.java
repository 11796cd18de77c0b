package io.nanoarrow;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the streaming format. One thread at a time; but any thread may {@link #close}, which ends a
 * read that waits for input when the input is the reader's to close (a path, or given with {@code
 * closeWithReader}): the read then throws IOException. So does one whose thread is interrupted
 * while it waits on a channel. Other inputs end a read when their owner closes them.
 */
public final class StreamReader implements BatchReader {
  private final EngineStream stream;
  private final Handle handle;
  private @Nullable Throwable failure;
  private boolean ended;

  /** Content that an iterator read ahead and nobody has taken. */
  private @Nullable BatchData ahead;

  StreamReader(EngineStream takeStream) {
    this.stream = takeStream;
    this.handle = new Handle("StreamReader", takeStream::close);
  }

  /**
   * Returns a reader of a stream that an engine or an import opened.
   *
   * @param takeStream closed with the reader
   */
  public static StreamReader of(EngineStream takeStream) {
    return new StreamReader(takeStream);
  }

  @Override
  public Schema schema() {
    return stream.schema();
  }

  @Override
  public @Nullable RecordBatch next() throws IOException {
    handle.ensureOpen();
    BatchData data = ahead;
    ahead = null;
    if (data == null) {
      data = read();
    }
    return data == null ? null : new RecordBatch(schema(), data);
  }

  private @Nullable BatchData read() throws IOException {
    Failures.rethrow(failure);
    if (ended) {
      return null;
    }
    try {
      BatchData data = stream.next();
      ended = data == null;
      return data;
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    }
  }

  @Override
  public Iterator<RecordBatch> iterator() {
    return new BatchIterator(this, this::peek);
  }

  private boolean peek() throws IOException {
    handle.ensureOpen();
    if (ahead == null) {
      ahead = read();
    }
    return ahead != null;
  }

  @Override
  public ReadStats stats() {
    return stream.stats();
  }

  @Override
  public void exportStream(long address) {
    handle.ensureOpen();
    if (failure != null) {
      throw new IllegalStateException("the reader failed before: " + failure.getMessage(), failure);
    }
    BatchData first = ahead;
    CDataBridges.get().exportStream(first == null ? stream : new Rest(first, stream), address);
    ahead = null;
    handle.close();
  }

  @Override
  public void close() throws IOException {
    if (handle.close()) {
      BatchData untaken = ahead;
      ahead = null;
      if (untaken != null) {
        untaken.release();
      }
      stream.close();
    }
  }

  /** A stream with the batch before it that had been read ahead. */
  private static final class Rest implements EngineStream {
    private final EngineStream stream;
    private @Nullable BatchData first;

    Rest(BatchData takeFirst, EngineStream takeStream) {
      first = takeFirst;
      stream = takeStream;
    }

    @Override
    public Schema schema() {
      return stream.schema();
    }

    @Override
    public @Nullable BatchData next() throws IOException {
      BatchData data = first;
      first = null;
      return data != null ? data : stream.next();
    }

    @Override
    public ReadStats stats() {
      return stream.stats();
    }

    @Override
    public void close() throws IOException {
      BatchData untaken = first;
      first = null;
      if (untaken != null) {
        untaken.release();
      }
      stream.close();
    }
  }
}
