package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.stats.MemoryStats;
import io.nanoarrow.testing.ArrowTesting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Both engines on damaged input: the same verdict, of the same kind, and the same values. Options
 * are system properties: {@code nanoarrow.differential.count} inputs, {@code .seed} of the damage,
 * {@code .data} a further folder of good input. Input that they disagree about is kept in {@code
 * target/differential}.
 */
class DifferentialTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
  private static final int LARGEST_GOOD_BYTES = 1 << 16;
  private static final int MOST_SHOWN = 40;

  private static List<Participant> engines() {
    List<Participant> engines = new ArrayList<>();
    for (Participant each : CrossCheck.find(problem -> {})) {
      if (each.id().equals("native") || each.id().equals("pure")) {
        assertEquals(null, each.unavailableReason());
        engines.add(each);
      }
    }
    assertEquals(2, engines.size());
    return engines;
  }

  private static List<byte[]> good() throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String name : List.of("differential", "crosscheck")) {
      folders.add(ROOT.resolve("testdata").resolve(name));
    }
    folders.add(ROOT.resolve("examples/data"));
    String more = System.getProperty("nanoarrow.differential.data", "");
    if (!more.isBlank()) {
      folders.add(ROOT.resolve(more));
    }
    List<byte[]> good = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted().filter(DifferentialTest::isInput).toList()) {
          good.add(Files.readAllBytes(path));
        }
      }
    }
    return good;
  }

  private static boolean isInput(Path path) {
    String name = path.toString();
    return Stream.of(".arrow", ".arrows", ".stream", ".arrow_file").anyMatch(name::endsWith)
        && path.toFile().length() <= LARGEST_GOOD_BYTES;
  }

  @Test
  void enginesAgreeOnDamagedInput() throws IOException {
    int count = Integer.getInteger("nanoarrow.differential.count", 3000);
    long seed = Long.getLong("nanoarrow.differential.seed", 1);
    CrossCheck check = new CrossCheck(engines(), false);
    List<byte[]> good = good();
    Mutator mutator = new Mutator(good, seed);
    Map<Report.Verdict, Integer> verdicts = new EnumMap<>(Report.Verdict.class);
    List<String> disagreements = new ArrayList<>();
    int writtenDown = 0;
    int otherKinds = 0;
    for (int i = 0; i < count; i++) {
      byte[] bytes = mutator.next();
      Report report = check.run(Source.of("seed " + seed + " input " + i, bytes));
      verdicts.merge(report.verdict(), 1, Integer::sum);
      if (report.verdict() == Report.Verdict.DIFFERENT && isWrittenDown(report)) {
        writtenDown++;
      } else if (report.verdict() == Report.Verdict.DIFFERENT && isRefusedByAll(report)) {
        otherKinds++;
      } else if (report.verdict() == Report.Verdict.DIFFERENT) {
        disagreements.add(describe(report));
        keep(seed + "-" + i, bytes);
      }
      assertEquals(0, MemoryStats.liveBytes(), report.toString());
    }
    System.out.println(
        "differential: "
            + count
            + " inputs from "
            + good.size()
            + ", seed "
            + seed
            + ", "
            + disagreements.size()
            + " disagreements, "
            + writtenDown
            + " that docs/decisions/0014 lists, "
            + otherKinds
            + " refused by both with another kind, "
            + verdicts);
    assertTrue(disagreements.isEmpty(), () -> shown(disagreements));
    boolean both =
        verdicts.containsKey(Report.Verdict.IDENTICAL)
            && verdicts.containsKey(Report.Verdict.REFUSED);
    assertTrue(both || count < 100, verdicts.toString());
  }

  @Test
  void enginesAgreeOnTheFuzzedCorpus() throws IOException {
    CrossCheck check = new CrossCheck(engines(), false);
    List<String> disagreements = new ArrayList<>();
    int count = 0;
    for (Path path : ArrowTesting.files("equal verdicts on fuzzed files", "", "")) {
      if (path.getParent().getFileName().toString().startsWith("fuzz-")) {
        Report report = check.run(Source.of(path));
        count++;
        if (report.verdict() == Report.Verdict.DIFFERENT) {
          disagreements.add(describe(report));
        }
      }
    }
    assertTrue(count > 0 || ArrowTesting.dir().isEmpty());
    assertTrue(disagreements.isEmpty(), () -> shown(disagreements));
  }

  /** What docs/decisions/0014 lists as not equal; each case is counted and printed. */
  private static final List<String> WRITTEN_DOWN =
      List.of(
          "a Huffman stream of another length",
          "bit stream without its end mark",
          "an LZ4 match outside the data",
          "ZSTD: Data corruption detected");

  private static boolean isWrittenDown(Report report) {
    String text = report.differences().toString();
    return WRITTEN_DOWN.stream().anyMatch(text::contains);
  }

  /**
   * Input with several faults: which of them an engine meets first decides the kind, see
   * docs/decisions/0014.
   */
  private static boolean isRefusedByAll(Report report) {
    return report.outcomes().stream().allMatch(o -> o.status() == Outcome.Status.REFUSED);
  }

  private static String describe(Report report) {
    StringBuilder text = new StringBuilder(report.source());
    for (Difference difference : report.differences()) {
      text.append("\n  ").append(difference);
    }
    return text.toString();
  }

  private static String shown(List<String> disagreements) {
    int shown = Math.min(MOST_SHOWN, disagreements.size());
    return disagreements.size() + ":\n" + String.join("\n", disagreements.subList(0, shown));
  }

  private static void keep(String name, byte[] bytes) throws IOException {
    Path folder = Path.of("target", "differential");
    Files.createDirectories(folder);
    Files.write(folder.resolve(name), bytes);
  }
}
