package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.http.ArrowBodyHandlers;
import io.nanoarrow.http.ArrowMediaType;
import io.nanoarrow.http.DecodingProcessor;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams over a real connection, and the processor's contract without one. */
class HttpTest {
  private static final Path DATA =
      Path.of(System.getProperty("project.root", "../..")).resolve("examples/data");
  private static final int WAIT_SECONDS = 30;

  private HttpServer server;
  private byte[] weather;
  private final CountDownLatch clientWentAway = new CountDownLatch(1);

  @BeforeEach
  void start() throws IOException {
    weather = Files.readAllBytes(DATA.resolve("weather.arrows"));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/weather", exchange -> answer(exchange, ArrowMediaType.STREAM, weather));
    server.createContext(
        "/cut", exchange -> answer(exchange, ArrowMediaType.STREAM, Arrays.copyOf(weather, 3000)));
    server.createContext("/text", exchange -> answer(exchange, "text/plain", weather));
    server.createContext("/file", exchange -> answer(exchange, ArrowMediaType.FILE, weather));
    server.createContext("/endless", this::answerForever);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    assertEquals(0, MemoryStats.liveBytes());
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body);
    }
  }

  /** Sends the schema, then the batches over and over until writing fails. */
  private void answerForever(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, 0);
      int schemaBytes = 8 + ByteBuffer.wrap(weather).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
      exchange.getResponseBody().write(weather, 0, schemaBytes);
      while (true) {
        exchange.getResponseBody().write(weather, schemaBytes, weather.length - schemaBytes - 8);
      }
    } catch (IOException e) {
      clientWentAway.countDown();
    }
  }

  private <T> HttpResponse<T> get(String path, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + server.getAddress().getPort() + path);
    return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), handler);
  }

  private static ReadOptions options(String engine) {
    return ReadOptions.builder().engine(engine).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aTableIsTheBodyOfAResponse(String engine) throws Exception {
    try (Table table = get("/weather", ArrowBodyHandlers.ofTable(options(engine))).body()) {
      assertEquals(60, table.rowCount());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void eachBatchIsGivenAndClosed(String engine) throws Exception {
    List<RecordBatch> seen = new ArrayList<>();
    Schema schema =
        get("/weather", ArrowBodyHandlers.forEachBatch(options(engine), seen::add)).body();
    assertEquals(3, seen.size());
    assertEquals(schema, seen.get(0).schema());
    assertThrows(IllegalStateException.class, () -> seen.get(0).column(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aSubscriberThatCancelsEndsTheExchange(String engine) throws Exception {
    Flow.Publisher<RecordBatch> batches =
        get("/endless", ArrowBodyHandlers.ofPublisher(options(engine))).body();
    Taking taking = new Taking(5);
    batches.subscribe(taking);
    assertTrue(taking.done.await(WAIT_SECONDS, TimeUnit.SECONDS));
    assertTrue(clientWentAway.await(WAIT_SECONDS, TimeUnit.SECONDS), "the server goes on sending");
    assertEquals(5, taking.count.get());
  }

  @Test
  void anEndInTheMiddleIsTruncated() {
    IOException e =
        assertThrows(
            IOException.class, () -> get("/cut", ArrowBodyHandlers.ofTable(ReadOptions.DEFAULT)));
    Throwable cause = e;
    while (cause != null && !(cause instanceof ArrowFormatException)) {
      cause = cause.getCause();
    }
    assertEquals(ErrorKind.TRUNCATED, assertInstanceOf(ArrowFormatException.class, cause).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/text", "/file", "/missing"})
  void aBodyThatIsNoStreamFailsTheRequest(String path) {
    assertThrows(
        IOException.class, () -> get(path, ArrowBodyHandlers.ofTable(ReadOptions.DEFAULT)));
  }

  /** Takes some batches one by one, then cancels. */
  private static final class Taking implements Flow.Subscriber<RecordBatch> {
    final AtomicLong count = new AtomicLong();
    final CountDownLatch done = new CountDownLatch(1);
    private final long wanted;
    private Flow.Subscription subscription;

    Taking(long wanted) {
      this.wanted = wanted;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(1);
    }

    @Override
    public void onNext(RecordBatch batch) {
      batch.close();
      if (count.incrementAndGet() == wanted) {
        subscription.cancel();
        done.countDown();
      } else {
        subscription.request(1);
      }
    }

    @Override
    public void onError(Throwable cause) {
      done.countDown();
    }

    @Override
    public void onComplete() {
      done.countDown();
    }
  }

  /** A subscriber that only notes what it is told. */
  private static class Noting implements Flow.Subscriber<RecordBatch> {
    final List<String> notes = new ArrayList<>();
    Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(RecordBatch batch) {
      notes.add(batch.rowCount() + " rows");
      batch.close();
    }

    @Override
    public void onError(Throwable cause) {
      notes.add(cause.getClass().getSimpleName());
    }

    @Override
    public void onComplete() {
      notes.add("complete");
    }
  }

  /** A publisher of chunks that counts what is asked of it. */
  private static final class Asked implements Flow.Subscription {
    long requested;
    final AtomicBoolean cancelled = new AtomicBoolean();

    @Override
    public void request(long count) {
      requested += count;
    }

    @Override
    public void cancel() {
      cancelled.set(true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void noChunkIsAskedForThatNobodyWants(String engine) {
    DecodingProcessor processor = new DecodingProcessor(options(engine));
    Asked asked = new Asked();
    Noting noting = new Noting();
    processor.onSubscribe(asked);
    processor.subscribe(noting);
    assertEquals(0, asked.requested);
    noting.subscription.request(1);
    assertEquals(1, asked.requested);
    processor.onNext(ByteBuffer.wrap(weather));
    assertEquals(List.of("20 rows"), noting.notes);
    noting.subscription.request(1);
    assertEquals(1, asked.requested, "the chunk held the second batch too");
    processor.onComplete();
    noting.subscription.request(2);
    assertEquals(List.of("20 rows", "20 rows", "20 rows", "complete"), noting.notes);
    assertTrue(processor.schema().toCompletableFuture().isDone());
  }

  @Test
  void whatIsBrokenIsAnErrorAndCancelsTheChunks() {
    DecodingProcessor processor = new DecodingProcessor(ReadOptions.DEFAULT);
    Asked asked = new Asked();
    Noting noting = new Noting();
    processor.subscribe(noting);
    processor.onSubscribe(asked);
    noting.subscription.request(1);
    processor.onNext(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -2, -1, -1, -1}));
    processor.onNext(ByteBuffer.wrap(weather));
    assertEquals(List.of("ArrowFormatException"), noting.notes);
    assertTrue(asked.cancelled.get());
    assertTrue(processor.schema().toCompletableFuture().isCompletedExceptionally());
  }

  @Test
  void aRequestOfNothingIsAnError() {
    DecodingProcessor processor = new DecodingProcessor(ReadOptions.DEFAULT);
    Asked asked = new Asked();
    Noting noting = new Noting();
    processor.onSubscribe(asked);
    processor.subscribe(noting);
    noting.subscription.request(0);
    assertEquals(List.of("IllegalArgumentException"), noting.notes);
    assertTrue(asked.cancelled.get());
  }

  @Test
  void aSecondSubscriberIsRefused() {
    DecodingProcessor processor = new DecodingProcessor(ReadOptions.DEFAULT);
    processor.subscribe(new Noting());
    Noting second = new Noting();
    processor.subscribe(second);
    assertEquals(List.of("IllegalStateException"), second.notes);
  }

  @Test
  void whatASubscriberThrowsEndsTheStream() {
    DecodingProcessor processor = new DecodingProcessor(ReadOptions.DEFAULT);
    Asked asked = new Asked();
    Noting noting =
        new Noting() {
          @Override
          public void onNext(RecordBatch batch) {
            batch.close();
            throw new UnsupportedOperationException("planted");
          }
        };
    processor.onSubscribe(asked);
    processor.subscribe(noting);
    noting.subscription.request(1);
    processor.onNext(ByteBuffer.wrap(weather));
    assertEquals(List.of("UnsupportedOperationException"), noting.notes);
    assertTrue(asked.cancelled.get());
  }
}
