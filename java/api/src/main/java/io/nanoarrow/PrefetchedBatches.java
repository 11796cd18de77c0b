package io.nanoarrow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a file in their order, of which some are read ahead on an executor of the
 * caller's. One thread at a time.
 */
public final class PrefetchedBatches implements AutoCloseable {
  private final FileReader reader;
  private final Executor executor;
  private final Deque<CompletableFuture<RecordBatch>> ahead = new ArrayDeque<>();
  private final int most;
  private int nextIndex;
  private boolean isClosed;

  PrefetchedBatches(FileReader reader, Executor executor, int most) {
    if (most < 1) {
      throw new IllegalArgumentException(most + " batches ahead");
    }
    this.reader = reader;
    this.executor = executor;
    this.most = most;
    try {
      readAhead();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private void readAhead() {
    while (ahead.size() < most && nextIndex < reader.batchCount()) {
      int index = nextIndex;
      ahead.add(CompletableFuture.supplyAsync(() -> read(index), executor));
      nextIndex++;
    }
  }

  private RecordBatch read(int index) {
    try {
      return reader.batch(index);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the next batch, which the caller closes, or null after the last; waits until it has
   * been read. A batch that cannot be read is passed over; when the executor takes no task, the
   * next call returns the batch that this one would have.
   *
   * @throws java.util.concurrent.RejectedExecutionException when the executor takes no task
   * @throws IOException when reading it failed
   * @throws io.nanoarrow.error.ArrowFormatException when its bytes are wrong
   * @throws IllegalStateException after {@link #close}
   */
  public @Nullable RecordBatch next() throws IOException {
    if (isClosed) {
      throw new IllegalStateException("the batches are closed");
    }
    if (ahead.isEmpty()) {
      readAhead();
    }
    CompletableFuture<RecordBatch> next = ahead.poll();
    if (next == null) {
      return null;
    }
    RecordBatch batch;
    try {
      batch = join(next);
    } catch (IOException | RuntimeException | Error e) {
      readAheadBehind(e);
      throw e;
    }
    try {
      readAhead();
    } catch (RuntimeException | Error e) {
      ahead.addFirst(CompletableFuture.completedFuture(batch));
      throw e;
    }
    return batch;
  }

  private void readAheadBehind(Throwable failure) {
    try {
      readAhead();
    } catch (RuntimeException | Error e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  private static RecordBatch join(CompletableFuture<RecordBatch> future) throws IOException {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException io) {
        throw io.getCause();
      } else if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      } else if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * Closes the batches that were read and not taken, as soon as they are; the reader stays open.
   */
  @Override
  public void close() {
    isClosed = true;
    for (CompletableFuture<RecordBatch> future : ahead) {
      future.thenAccept(RecordBatch::close);
    }
    ahead.clear();
  }
}
