package io.nanoarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Every program of examples/ compiles and does what it says, as a user runs it. */
class ExampleProgramsTest {
  private static final Path EXAMPLES = Run.ROOT.resolve("examples");
  private static final Set<String> TESTED =
      Set.of("HandOver.java", "InspectSchema.java", "RandomAccess.java", "SumColumn.java");

  private static String run(String program, String... args)
      throws IOException, InterruptedException {
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
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
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
