package io.nanoarrow.http;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamDecoder;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns the chunks of one stream into its batches. It asks for a chunk only while its one
 * subscriber wants a batch that the chunks so far do not hold, so that a slow subscriber slows the
 * sender down. The subscriber closes each batch. Cancelling it cancels the chunks.
 *
 * <p>It has no thread of its own: batches come on the threads that deliver chunks or request
 * batches, one at a time.
 */
public final class DecodingProcessor implements Flow.Processor<ByteBuffer, RecordBatch> {
  private final ReadOptions options;
  private final boolean chunksNeverChange;
  private final CompletableFuture<Schema> schema = new CompletableFuture<>();

  private final Queue<ByteBuffer> chunks = new ConcurrentLinkedQueue<>();
  private final AtomicLong demand = new AtomicLong();

  /** Calls of {@link #drain} that are not answered yet; one thread at a time answers them. */
  private final AtomicInteger calls = new AtomicInteger();

  private volatile Flow.@Nullable Subscription upstream;
  private volatile Flow.@Nullable Subscriber<? super RecordBatch> downstream;
  private volatile @Nullable Throwable failure;
  private volatile boolean hasEnded;
  private volatile boolean isCancelled;
  private volatile @Nullable Throwable misuse;
  private volatile boolean isAwaitingChunk;

  // Touched by the thread that answers calls alone.
  private @Nullable StreamDecoder decoder;
  private @Nullable RecordBatch ahead;
  private boolean isEndKnown;
  private boolean isOver;

  /** A processor that copies what it gets. */
  public DecodingProcessor(ReadOptions options) {
    this(options, false);
  }

  /**
   * A processor of chunks.
   *
   * @param chunksNeverChange whether the publisher leaves chunks alone once it has passed them on,
   *     so that batches may lie in them
   */
  public DecodingProcessor(ReadOptions options, boolean chunksNeverChange) {
    this.options = options;
    this.chunksNeverChange = chunksNeverChange;
  }

  /** Returns the schema as soon as its bytes have come, or what made that impossible. */
  public CompletionStage<Schema> schema() {
    return schema.minimalCompletionStage();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super RecordBatch> subscriber) {
    synchronized (this) {
      if (downstream == null) {
        downstream = subscriber;
      }
    }
    if (downstream != subscriber) {
      subscriber.onSubscribe(new Nothing());
      subscriber.onError(new IllegalStateException("the batches have a subscriber already"));
      return;
    }
    subscriber.onSubscribe(new Batches());
    drain();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    if (upstream != null) {
      subscription.cancel();
      return;
    }
    upstream = subscription;
    drain();
  }

  @Override
  public void onNext(ByteBuffer chunk) {
    onNext(List.of(chunk));
  }

  /** Takes several chunks as one answer to a request. */
  void onNext(List<ByteBuffer> several) {
    chunks.addAll(several);
    isAwaitingChunk = false;
    drain();
  }

  @Override
  public void onError(Throwable cause) {
    failure = cause;
    hasEnded = true;
    drain();
  }

  @Override
  public void onComplete() {
    hasEnded = true;
    drain();
  }

  private void drain() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int answered = 1;
    do {
      Flow.Subscriber<? super RecordBatch> to = downstream;
      if (to != null && !isOver) {
        try {
          deliver(to);
        } catch (Throwable t) {
          finish(t, to);
        }
      } else if (isOver) {
        chunks.clear();
      }
      answered = calls.addAndGet(-answered);
    } while (answered != 0);
  }

  private void deliver(Flow.Subscriber<? super RecordBatch> to) {
    while (true) {
      if (isCancelled) {
        finish(misuse, misuse == null ? null : to);
        return;
      }
      RecordBatch batch = ahead != null ? ahead : poll();
      ahead = batch;
      if (batch != null) {
        if (demand.get() == 0) {
          return;
        }
        demand.getAndUpdate(n -> n == Long.MAX_VALUE ? n : n - 1);
        ahead = null;
        to.onNext(batch);
      } else if (!chunks.isEmpty()) {
        feed();
      } else if (!hasEnded) {
        request();
        return;
      } else if (!chunks.isEmpty()) {
        continue; // It came just before the end.
      } else if (failure != null || isEndKnown) {
        finish(failure, to);
        return;
      } else {
        decoder().end();
        isEndKnown = true;
      }
    }
  }

  private @Nullable RecordBatch poll() {
    StreamDecoder open = decoder;
    if (open == null) {
      return null;
    }
    Schema known = schema.isDone() ? null : open.schema();
    if (known != null) {
      schema.complete(known);
    }
    return open.poll();
  }

  private void feed() {
    ByteBuffer chunk = chunks.peek();
    boolean isTaken = chunksNeverChange ? decoder().feedShared(chunk) : decoder().feed(chunk);
    if (isTaken) {
      chunks.remove();
    }
  }

  private void request() {
    Flow.Subscription from = upstream;
    if (from != null && demand.get() > 0 && !isAwaitingChunk) {
      isAwaitingChunk = true;
      from.request(1);
    }
  }

  /** Returns the decoder, made with the first chunk: without one nothing needs closing. */
  private StreamDecoder decoder() {
    StreamDecoder open = decoder;
    if (open == null) {
      open = ArrowIpc.newStreamDecoder(options);
      decoder = open;
    }
    return open;
  }

  /** Gives everything back and tells the subscriber, if it is to be told. */
  private void finish(@Nullable Throwable cause, Flow.@Nullable Subscriber<?> to) {
    isOver = true;
    chunks.clear();
    if (ahead != null) {
      ahead.close();
      ahead = null;
    }
    if (decoder != null) {
      decoder.close();
    }
    Flow.Subscription from = upstream;
    if (from != null && !hasEnded) {
      from.cancel();
    }
    schema.completeExceptionally(
        cause != null ? cause : new IllegalStateException("the batches were cancelled"));
    if (to != null && cause != null) {
      to.onError(cause);
    } else if (to != null) {
      to.onComplete();
    }
  }

  /** What the subscriber controls. */
  private final class Batches implements Flow.Subscription {
    @Override
    public void request(long count) {
      if (count <= 0) {
        misuse = new IllegalArgumentException("a request of " + count + " batches");
        isCancelled = true;
      } else {
        demand.getAndUpdate(n -> n + count < 0 ? Long.MAX_VALUE : n + count);
      }
      drain();
    }

    @Override
    public void cancel() {
      isCancelled = true;
      drain();
    }
  }

  private static final class Nothing implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }
}
