package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault in the list is a fault that nanoarrow has, shown by a file that has it. */
class NanoarrowFaultsTest {
  private static final Path DATA =
      Path.of(System.getProperty("project.root", "../..")).resolve("testdata/crosscheck");

  private static Source source(String name) throws IOException {
    return Source.of(DATA.resolve(name));
  }

  @ParameterizedTest
  @CsvSource({
    "views.arrows, known fault: views are not read",
    "list-views.arrows, known fault: list views are not read",
    "runs.arrows, known fault: run-end encoding is not read",
    "width-0.arrows, known fault: fixed-size binary of width 0 is not read",
    "delta.arrows, known fault: dictionary deltas are not read",
    "compressed-dictionary.arrows, known fault: compressed dictionaries are read as if",
    "union-dictionary.arrows, known fault: dictionaries with unions are taken for metadata V1",
    "nul-in-metadata.arrows, known fault: metadata is cut at a NUL",
    "deep.arrows, not run: unsafe: nested 48 deep or more",
    "no-index-type.arrows, not run: unsafe: dictionary without index type",
    "gaps.arrow, not run: the messages of this file do not follow each other",
    "replacement.arrows, read 2 batches",
  })
  void isNamedAndDoesNotCount(String name, String expected) throws IOException {
    List<Participant> all = CrossCheck.find(problem -> {});
    Report report = new CrossCheck(all, true).run(source(name));
    assertEquals(List.of(), report.differences());
    assertEquals(Report.Verdict.IDENTICAL, report.verdict(), report.toString());
    String said = report.outcomes().get(2).describe();
    assertTrue(said.startsWith(expected), said);
  }

  @Test
  void metadataWithoutAValueIsRefusedByBothEngines() throws IOException {
    Report report =
        new CrossCheck(CrossCheck.find(problem -> {}), true)
            .run(source("no-metadata-value.arrows"));
    assertEquals(Report.Verdict.REFUSED, report.verdict(), report.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-index-type.arrows", "no-metadata-value.arrows"})
  void whatCrashesIsKeptAwayWhateverTheSchemaSays(String name) throws IOException {
    String reason = new NanoarrowFaults().unsafe(source(name), Schema.of());
    assertTrue(reason.startsWith("unsafe: "), reason);
    assertNull(new NanoarrowFaults().unsafe(source("views.arrows"), Schema.of()));
  }
}
