package io.nanoarrow.http;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Body handlers of {@link java.net.http.HttpClient} for Arrow streams. They decode while bytes
 * arrive, ask for no more than is wanted, and fail the request with an IOException when the status
 * is not 2xx or the Content-Type says that the body is something else; without a Content-Type, or
 * as {@code application/octet-stream}, it is taken for a stream.
 */
public final class ArrowBodyHandlers {
  private ArrowBodyHandlers() {}

  /**
   * Gives the batches to one subscriber, who closes them. The response is there before its body;
   * the exchange stays open until the subscriber has seen the end or cancels.
   */
  public static BodyHandler<Flow.Publisher<RecordBatch>> ofPublisher(ReadOptions options) {
    return info ->
        checked(
            info,
            () -> {
              DecodingProcessor batches = new DecodingProcessor(options, true);
              return new Chunks<>(batches, CompletableFuture.completedFuture(batches));
            });
  }

  /**
   * Gives each batch to {@code action} and closes it afterwards, on the client's threads. The body
   * is the schema, there after the last batch; what {@code action} throws ends the exchange.
   */
  public static BodyHandler<Schema> forEachBatch(
      ReadOptions options, Consumer<? super RecordBatch> action) {
    return info ->
        checked(
            info,
            () ->
                collecting(
                    options,
                    batch -> {
                      try (batch) {
                        action.accept(batch);
                      }
                    },
                    schema -> schema,
                    () -> {}));
  }

  /** Collects all batches; the caller closes the table. */
  public static BodyHandler<Table> ofTable(ReadOptions options) {
    return info ->
        checked(
            info,
            () -> {
              List<RecordBatch> batches = new ArrayList<>();
              return collecting(
                  options,
                  batches::add,
                  schema -> new Table(schema, batches),
                  () -> batches.forEach(RecordBatch::close));
            });
  }

  private interface Making<T> {
    BodySubscriber<T> make();
  }

  private static <T> BodySubscriber<T> checked(ResponseInfo info, Making<T> body) {
    String refusal = refusal(info);
    if (refusal == null) {
      return body.make();
    }
    return BodySubscribers.mapping(
        BodySubscribers.discarding(),
        nothing -> {
          throw new UncheckedIOException(new IOException(refusal));
        });
  }

  private static @Nullable String refusal(ResponseInfo info) {
    if (info.statusCode() / 100 != 2) {
      return "status " + info.statusCode() + " in place of an Arrow stream";
    }
    Optional<String> header = info.headers().firstValue("Content-Type");
    if (header.isEmpty() || header.get().strip().startsWith("application/octet-stream")) {
      return null;
    }
    Optional<ArrowMediaType> type = ArrowMediaType.parse(header.get());
    if (type.isEmpty()) {
      return "the body is no Arrow stream, by its Content-Type";
    }
    return type.get().format() == ArrowMediaType.Format.STREAM
        ? null
        : "the body is an Arrow file, which needs random access";
  }

  private static <T> BodySubscriber<T> collecting(
      ReadOptions options,
      Consumer<RecordBatch> takeBatch,
      Function<Schema, T> result,
      Runnable giveUp) {
    DecodingProcessor batches = new DecodingProcessor(options, true);
    CompletableFuture<T> done = new CompletableFuture<>();
    batches.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }

          @Override
          public void onNext(RecordBatch batch) {
            takeBatch.accept(batch);
          }

          @Override
          public void onError(Throwable cause) {
            giveUp.run();
            done.completeExceptionally(cause);
          }

          @Override
          public void onComplete() {
            batches.schema().thenAccept(schema -> done.complete(result.apply(schema)));
          }
        });
    return new Chunks<>(batches, done);
  }

  /** Hands the client's chunks on: once passed to a subscriber, the client leaves them alone. */
  private record Chunks<T>(DecodingProcessor batches, CompletableFuture<T> body)
      implements BodySubscriber<T> {
    @Override
    public CompletionStage<T> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      batches.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> chunks) {
      batches.onNext(chunks);
    }

    @Override
    public void onError(Throwable cause) {
      batches.onError(cause);
    }

    @Override
    public void onComplete() {
      batches.onComplete();
    }
  }
}
