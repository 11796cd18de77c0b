import io.nanoarrow.RecordBatch;
import io.nanoarrow.http.ArrowBodyHandlers;
import io.nanoarrow.http.ArrowMediaType;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * Counts the rows of a stream while it arrives, and hangs up after some batches if asked to:
 * StreamClient URL [BATCHES].
 */
public class StreamClient {
  public static void main(String[] args) throws IOException, InterruptedException {
    long most = args.length > 1 ? Long.parseLong(args[1]) : Long.MAX_VALUE;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(args[0]))
            .header("Accept", ArrowMediaType.stream("zstd", "lz4").toString())
            .build();
    HttpResponse<Flow.Publisher<RecordBatch>> response =
        HttpClient.newHttpClient()
            .send(request, ArrowBodyHandlers.ofPublisher(ReadOptions.hardened()));
    System.out.println(response.headers().firstValue("Content-Type").orElse("no type"));
    Counting counting = new Counting(most);
    response.body().subscribe(counting);
    System.out.println(counting.result.join());
  }

  /** Asks for one batch after the other; what it does not ask for, the server need not send. */
  private static class Counting implements Flow.Subscriber<RecordBatch> {
    final CompletableFuture<String> result = new CompletableFuture<>();
    private final long most;
    private long batches;
    private long rows;
    private Flow.Subscription subscription;

    Counting(long most) {
      this.most = most;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      subscription.request(1);
    }

    @Override
    public void onNext(RecordBatch batch) {
      try (batch) {
        batches++;
        rows += batch.rowCount();
      }
      if (batches == most) {
        subscription.cancel();
        result.complete("hung up after " + rows + " rows");
      } else {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable cause) {
      result.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
      result.complete(rows + " rows in " + batches + " batches");
    }
  }
}
