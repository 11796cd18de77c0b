package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every program of examples/ compiles and does what it says, as a user runs it. */
class ExampleProgramsTest {
  private static final Path EXAMPLES = Run.ROOT.resolve("examples");
  private static final Set<String> TESTED =
      Set.of(
          "ExtensionTypes.java",
          "BuildRows.java",
          "HandOver.java",
          "InspectSchema.java",
          "RandomAccess.java",
          "StreamClient.java",
          "StreamServer.java",
          "SumColumn.java",
          "Tensors.java");

  private static Process start(String program, String... args) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-XX:TieredStopAtLevel=1");
    if (Runtime.version().feature() >= 24) {
      // Else the JVM prints a warning of its own among the program's lines.
      line.add("--enable-native-access=ALL-UNNAMED");
    }
    line.add("-cp");
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.add(EXAMPLES.resolve(program).toString());
    line.addAll(List.of(args));
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  private static String run(String program, String... args)
      throws IOException, InterruptedException {
    Process process = start(program, args);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), out);
    return out;
  }

  @Test
  void sumColumn() throws Exception {
    assertEquals(
        "51 values, sum 369.7\n", run("SumColumn.java", Run.data("weather.arrows"), "celsius"));
  }

  @Test
  void buildRows(@TempDir Path folder) throws Exception {
    assertEquals(
        "48 rows in 3 batches\n2026-01-02T16:00:00Z\nNice\n"
            + "readings: list, 8 rows [[40.0, 40.5], [41.0, 41.5], [42.0, 42.5], [43.0, 43.5],"
            + " [44.0, 44.5], [45.0, 45.5], [46.0, 46.5], [47.0, 47.5]]\n",
        run("BuildRows.java", folder.resolve("rows.arrow").toString()));
  }

  @Test
  void inspectSchema() throws Exception {
    assertEquals(
        "made up\ntime: SECOND, zone UTC\ncelsius: degree Celsius\n",
        run("InspectSchema.java", Run.data("weather.arrow")));
  }

  @Test
  void randomAccess() throws Exception {
    assertEquals(
        "3 batches, 60 rows\nlast row: 5\n26 nulls\n",
        run("RandomAccess.java", Run.data("weather.arrow")));
  }

  @Test
  void handOver() throws Exception {
    assertEquals(
        "5 children, 20 rows\nmoved: true\n"
            + "station: int32, 20 rows [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, …]\n",
        run("HandOver.java", Run.data("weather.arrows")));
  }

  @Test
  void streamServerAndClient() throws Exception {
    Process server = start("StreamServer.java", Run.data("weather.arrow"));
    try (BufferedReader said = server.inputReader(StandardCharsets.UTF_8)) {
      String url = said.readLine();
      String type = "application/vnd.apache.arrow.stream; codecs=zstd\n";
      assertEquals(type + "60 rows in 3 batches\n", run("StreamClient.java", url));
      assertEquals("sent 3 batches as " + type.strip(), said.readLine());
      assertEquals(
          type + "hung up after 140 rows\n", run("StreamClient.java", url + "?forever", "7"));
      assertEquals("the client went away", said.readLine());
      server.getOutputStream().close();
      assertTrue(server.waitFor(60, TimeUnit.SECONDS));
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void tensors(@TempDir Path folder) throws Exception {
    assertEquals(
        "size as told: true\n"
            + "6.0 double [3, 2] [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]\n"
            + "Tensor double [2, 2] [2.0, 3.0, 5.0, 6.0]\n"
            + "20 0 SparseTensor CSR [row:3, column:4] int8 [2] [10, 20]\n",
        run("Tensors.java", folder.toString()));
  }

  @Test
  void extensionTypes() throws Exception {
    assertEquals(
        "arrow.uuid: 00000000-0000-0001-0000-000000000002\n"
            + "arrow.timestamp_with_offset: 2024-02-29T12:00+05:45\n"
            + "arrow.fixed_shape_tensor: int32 [2, 2] [1, 2, 3, 4]\n",
        run("ExtensionTypes.java"));
  }

  @Test
  void noProgramIsLeftOut() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      Set<String> programs = new TreeSet<>();
      files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".java"))
          .forEach(programs::add);
      assertEquals(new TreeSet<>(TESTED), programs);
    }
  }
}
