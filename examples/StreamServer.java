import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.nanoarrow.ArrowIpc;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamWriter;
import io.nanoarrow.Table;
import io.nanoarrow.http.ArrowMediaType;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.WriteOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * Serves a stream or file as an Arrow stream, compressed if the client accepts that, until standard
 * input ends: StreamServer FILE [PORT]. With the query "forever" the batches come over and over
 * until the client goes away.
 */
public class StreamServer {
  public static void main(String[] args) throws IOException {
    int port = args.length > 1 ? Integer.parseInt(args[1]) : 0;
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    try (Table table = ArrowIpc.open(Path.of(args[0])).readAll()) {
      server.createContext("/", exchange -> answer(exchange, table));
      server.setExecutor(Executors.newCachedThreadPool());
      server.start();
      System.out.println("http://localhost:" + server.getAddress().getPort() + "/");
      System.in.readAllBytes();
      server.stop(0);
    }
    System.exit(0);
  }

  private static void answer(HttpExchange exchange, Table table) {
    String accept = exchange.getRequestHeaders().getOrDefault("Accept", List.of("")).get(0);
    String codec =
        ArrowMediaType.parseAccept(accept).stream()
            .flatMap(type -> type.firstCodecOf(List.of("lz4", "zstd")).stream())
            .findFirst()
            .orElse("none");
    boolean isForever = "forever".equals(exchange.getRequestURI().getQuery());
    ArrowMediaType type =
        codec.equals("none") ? ArrowMediaType.stream() : ArrowMediaType.stream(codec);
    long batches = 0;
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type.toString());
      exchange.sendResponseHeaders(200, 0);
      WriteOptions options =
          WriteOptions.builder().compression(Compression.parse(codec)).build();
      try (StreamWriter writer =
          ArrowIpc.newStream(exchange.getResponseBody(), table.schema(), options)) {
        do {
          for (RecordBatch batch : table.batches()) {
            writer.write(batch);
            batches++;
          }
        } while (isForever);
      }
      System.out.println("sent " + batches + " batches as " + type);
    } catch (IOException e) {
      System.out.println("the client went away");
    }
  }
}
