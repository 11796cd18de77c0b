package io.nanoarrow.crosscheck.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.testing.ArrowTesting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The Arrow project's own integration files, JSON against what other implementations wrote. */
class CorpusTest {
  static final List<String> ENGINES = List.of("native", "pure");

  /** The folders whose files archery compares with quirks. */
  private static final Set<String> QUIRKY =
      Set.of("0.14.1", "0.17.1", "1.0.0-bigendian", "1.0.0-littleendian");

  private static final Quirks ALL_QUIRKS = new Quirks(true, true, true);

  static Quirks quirks(Path json) {
    return QUIRKY.contains(json.getParent().getFileName().toString()) ? ALL_QUIRKS : Quirks.NONE;
  }

  static Path beside(Path json, String suffix) {
    return json.resolveSibling(json.getFileName().toString().replace(".json.gz", suffix));
  }

  @TestFactory
  Stream<DynamicTest> everyFileAndStreamIsWhatItsJsonSays() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path json : ArrowTesting.files("integration JSON", "integration", ".json.gz")) {
      for (String suffix : List.of(".arrow_file", ".stream")) {
        for (String engine : ENGINES) {
          Path arrow = beside(json, suffix);
          tests.add(
              DynamicTest.dynamicTest(
                  json.getParent().getFileName() + "/" + arrow.getFileName() + " " + engine,
                  () ->
                      assertNull(
                          new IntegrationCheck(engine, quirks(json))
                              .firstDifference(json, arrow))));
        }
      }
    }
    return tests.stream();
  }

  /** Without quirks the old files fail where archery says that they do, and nowhere else. */
  @Test
  void quirksExcuseOldDecimalsAndDatesOnly() throws Exception {
    if (ArrowTesting.dir().isEmpty()) {
      ArrowTesting.leftOut("quirks");
      return;
    }
    List<String> failed = new ArrayList<>();
    for (Path json : ArrowTesting.files("quirks", "integration", ".json.gz")) {
      try {
        IntegrationCheck check = new IntegrationCheck("pure", Quirks.NONE);
        assertNull(check.firstDifference(json, beside(json, ".stream")));
      } catch (ArrowFormatException e) {
        String name = json.getFileName().toString().replace("generated_", "");
        failed.add(json.getParent().getFileName() + "/" + name.replace(".json.gz", ""));
      }
    }
    assertEquals(
        List.of(
            "0.14.1/datetime",
            "0.14.1/decimal",
            "1.0.0-bigendian/datetime",
            "1.0.0-bigendian/decimal",
            "1.0.0-bigendian/decimal256",
            "1.0.0-littleendian/datetime",
            "1.0.0-littleendian/decimal",
            "1.0.0-littleendian/decimal256"),
        failed);
  }

  @Test
  void onlyTheQuirkThatIsAskedForExcuses() throws Exception {
    for (Path json :
        ArrowTesting.files(
            "quirks", "integration/1.0.0-littleendian", "decimal.json.gz", "datetime.json.gz")) {
      Quirks others =
          json.toString().endsWith("decimal.json.gz")
              ? new Quirks(false, true, true)
              : new Quirks(true, false, true);
      var found =
          new IntegrationCheck("native", others).firstDifference(json, beside(json, ".stream"));
      assertEquals("content", found.part());
    }
  }
}
