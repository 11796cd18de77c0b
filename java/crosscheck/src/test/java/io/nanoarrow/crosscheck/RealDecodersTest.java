package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The three decoders of this project on the example data. */
class RealDecodersTest {
  private static final Path DATA =
      Path.of(System.getProperty("project.root", "../..")).resolve("examples/data");

  /** What nanoarrow is known for in these files; it reads the others. */
  private static final Map<String, String> KNOWN =
      Map.of("modern.arrow", "known fault: views are not read (ArrowIpcDecoderSetType)");

  static List<Path> examples() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String line : Files.readAllLines(DATA.resolveSibling("data.tsv"))) {
      String name = line.substring(0, line.indexOf('\t'));
      if (!name.equals("name")) {
        paths.add(DATA.resolve(name));
      }
    }
    return paths;
  }

  private static CrossCheck threeDecoders() {
    return new CrossCheck(CrossCheck.find(problem -> {}), true);
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void readEveryExampleAlike(Path path) throws IOException {
    Report report = threeDecoders().run(Source.of(path));
    assertEquals(List.of(), report.differences());
    assertEquals(Report.Verdict.IDENTICAL, report.verdict(), report.toString());
    assertEquals(
        List.of("native", "pure", "nanoarrow"),
        report.outcomes().stream().map(Outcome::participant).toList());
    Outcome first = report.outcomes().get(0);
    String expected = KNOWN.getOrDefault(path.getFileName().toString(), first.describe());
    assertEquals(expected, report.outcomes().get(2).describe());
  }

  @Test
  void agreeOnBytesInMemoryAndOnWhatIsCut() throws IOException {
    byte[] bytes = Files.readAllBytes(DATA.resolve("weather.arrows"));
    Report same = threeDecoders().run(Source.of("same", bytes));
    assertEquals(Report.Verdict.IDENTICAL, same.verdict(), same.toString());
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 100);
    Report refused = threeDecoders().run(Source.of("cut", cut));
    assertEquals(Report.Verdict.REFUSED, refused.verdict(), refused.toString());
    assertEquals(Outcome.Status.NOT_RUN, refused.outcomes().get(2).status());
  }
}
