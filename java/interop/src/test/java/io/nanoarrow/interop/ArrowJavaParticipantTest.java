package io.nanoarrow.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.crosscheck.CrossCheck;
import io.nanoarrow.crosscheck.Outcome;
import io.nanoarrow.crosscheck.Participant;
import io.nanoarrow.crosscheck.Report;
import io.nanoarrow.crosscheck.Source;
import io.nanoarrow.testing.ArrowTesting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** arrow-java in the cross-check. */
class ArrowJavaParticipantTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));

  private static final String METADATA =
      "metadata loses its order and repeated keys (kept in a HashMap)";

  private static CrossCheck check() {
    List<Participant> chosen =
        CrossCheck.find(problem -> {}).stream()
            .filter(p -> List.of("native", "pure", "arrow-java").contains(p.id()))
            .toList();
    assertEquals(3, chosen.size());
    chosen.forEach(p -> assertNull(p.unavailableReason()));
    return new CrossCheck(chosen, true);
  }

  private static Outcome arrowJava(Report report) {
    return report.outcomes().stream()
        .filter(outcome -> outcome.participant().equals("arrow-java"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void readsWhatOthersReadAndSaysTheSame() throws IOException {
    for (String name : List.of("weather.arrow", "orders.arrows", "labels.arrows")) {
      Report report = check().run(Source.of(ROOT.resolve("examples/data").resolve(name)));
      assertEquals(List.of(), report.differences(), name);
      Outcome outcome = arrowJava(report);
      boolean metadataOnly = outcome.detail().startsWith(METADATA);
      assertTrue(outcome.status() == Outcome.Status.READ || metadataOnly, outcome.detail());
    }
  }

  @Test
  void itsLostDeltasAreFound() throws IOException {
    Path data =
        ROOT.resolve("java/native-engine/src/test/resources/io/nanoarrow/engine/data/deltas.arrow");
    Report report = check().run(Source.of(data));
    assertEquals(List.of(), report.differences());
    assertEquals(Outcome.Status.KNOWN_FAULT, arrowJava(report).status());
    assertTrue(arrowJava(report).detail().contains("deltas"), arrowJava(report).detail());
  }

  @Test
  void differsFromNoEngineOnTheCorpusExceptByKnownFaults() throws IOException {
    int bigEndianFaults = 0;
    for (Path file :
        ArrowTesting.files("arrow-java's cross-check", "integration", ".arrow_file", ".stream")) {
      Report report = check().run(Source.of(file));
      assertEquals(List.of(), report.differences(), file.toString());
      assertNotEquals(Outcome.Status.CRASHED, arrowJava(report).status());
      bigEndianFaults += arrowJava(report).detail().contains("big-endian") ? 1 : 0;
    }
    assertTrue(ArrowTesting.dir().isEmpty() || bigEndianFaults > 30, bigEndianFaults + " faults");
  }
}
