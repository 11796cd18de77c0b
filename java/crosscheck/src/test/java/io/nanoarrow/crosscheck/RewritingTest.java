package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.stats.MemoryStats;
import io.nanoarrow.testing.ArrowTesting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sources written anew by each engine and read by all, and writers that get something wrong. */
class RewritingTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));

  private static final List<WriteOptions> WAYS =
      List.of(
          WriteOptions.DEFAULT,
          WriteOptions.builder().compression(Compression.LZ4).build(),
          WriteOptions.builder()
              .compression(Compression.ZSTD)
              .legacyFormat(true)
              .alignmentBytes(8)
              .build(),
          WriteOptions.builder().metadataVersion(MetadataVersion.V4).build());

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (String folder : List.of("testdata/differential", "examples/data")) {
      try (Stream<Path> paths = Files.walk(ROOT.resolve(folder))) {
        paths.filter(p -> p.toString().matches(".*\\.arrows?")).sorted().forEach(all::add);
      }
    }
    return all;
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  @ParameterizedTest
  @MethodSource("sources")
  void everyWriterIsReadByAll(Path path) throws IOException {
    Report report = new CrossCheck(CrossCheck.find(p -> {}), true, WAYS).run(Source.of(path));
    assertEquals(List.of(), report.differences());
    assertEquals(2 * WAYS.size(), report.rewrites().size());
    for (Rewrite rewrite : report.rewrites()) {
      boolean isRefused = rewrite.kind() == ErrorKind.UNSUPPORTED;
      assertTrue(isRefused || rewrite.status() == Rewrite.Status.SAME, report.toString());
    }
  }

  @Test
  void everyFileOfTheCorpus() throws IOException {
    CrossCheck check = new CrossCheck(CrossCheck.find(p -> {}), true, WAYS.subList(0, 2));
    for (Path path : ArrowTesting.files("rewriting the corpus", "integration", "")) {
      if (path.toString().endsWith(".arrow_file") || path.toString().endsWith(".stream")) {
        Report report = check.run(Source.of(path));
        assertEquals(List.of(), report.differences(), path.toString());
      }
    }
  }

  private static Participant writer(String id, Path source, Failing writing) {
    EngineParticipant pure = new PureParticipant();
    return new Participant() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public String unavailableReason() {
        return pure.unavailableReason();
      }

      @Override
      public boolean writes() {
        return true;
      }

      @Override
      public void rewrite(Source given, Path target, WriteOptions options) throws IOException {
        pure.rewrite(Source.of(source), target, options);
        writing.run();
      }

      @Override
      public Decoding open(Source given) throws IOException {
        return pure.open(given);
      }
    };
  }

  private interface Failing {
    void run() throws IOException;
  }

  private static Report rewrite(Path source, Participant... writers) throws IOException {
    return new CrossCheck(List.of(writers), true, WAYS.subList(0, 1)).run(Source.of(source));
  }

  @Test
  void aWriterThatWritesSomethingElse() throws IOException {
    Path simple = ROOT.resolve("testdata/differential/simple.arrows");
    Path other = ROOT.resolve("testdata/differential/numbers.arrows");
    Report report =
        rewrite(simple, writer("good", simple, () -> {}), writer("bad", other, () -> {}));
    assertEquals(Report.Verdict.DIFFERENT, report.verdict());
    assertEquals(Rewrite.Status.SAME, report.rewrites().get(0).status());
    assertEquals(Rewrite.Status.DIFFERENT, report.rewrites().get(1).status());
    String first = report.differences().get(0).toString();
    assertTrue(first.contains("written by bad: ") && first.contains("source "), first);
  }

  @Test
  void aWriterThatRefusesWhatAnotherWrites() throws IOException {
    Path simple = ROOT.resolve("testdata/differential/simple.arrows");
    Failing refusal =
        () -> {
          throw new ArrowFormatException(ErrorKind.UNSUPPORTED, "no");
        };
    Participant no = writer("no", simple, refusal);
    Report report = rewrite(simple, writer("yes", simple, () -> {}), no);
    assertEquals(
        "rewriting: yes read as it was, no refused: UNSUPPORTED: no",
        report.differences().get(0).toString());
    assertEquals(1, report.differenceCount());
    Participant neither = writer("neither", simple, refusal);
    assertEquals(Report.Verdict.IDENTICAL, rewrite(simple, no, neither).verdict());
  }

  @Test
  void aWriterThatCrashes() throws IOException {
    Path simple = ROOT.resolve("testdata/differential/simple.arrows");
    Failing crash =
        () -> {
          throw new IllegalStateException("oops");
        };
    Participant broken = writer("broken", simple, crash);
    Report report = rewrite(simple, broken, broken);
    assertEquals(Report.Verdict.DIFFERENT, report.verdict());
    assertEquals(Rewrite.Status.CRASHED, report.rewrites().get(0).status());
  }
}
