package io.nanoarrow.crosscheck.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** JSON of every type to Arrow data and back. */
class GoldenTest {
  @TempDir static Path folder;

  /** A test of one JSON text with one engine. */
  private interface Body {
    void run(Path json, String engine) throws IOException;
  }

  private static Stream<DynamicTest> each(Body body) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path json : Golden.files()) {
      for (String engine : CorpusTest.ENGINES) {
        tests.add(
            DynamicTest.dynamicTest(
                json.getFileName() + " " + engine, () -> body.run(json, engine)));
      }
    }
    return tests.stream();
  }

  static Path arrowOf(Path json, String engine) throws IOException {
    Path arrow = folder.resolve("golden.arrow");
    new IntegrationConversion(engine).jsonToFile(json, arrow);
    return arrow;
  }

  @TestFactory
  Stream<DynamicTest> theFileMadeOfJsonIsWhatTheJsonSays() {
    return each(
        (json, engine) -> {
          Path arrow = arrowOf(json, engine);
          for (String reader : CorpusTest.ENGINES) {
            assertNull(new IntegrationCheck(reader, Quirks.NONE).firstDifference(json, arrow));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> jsonComesBackAsItWas() {
    return each(
        (json, engine) -> {
          Path back = folder.resolve("back.json");
          new IntegrationConversion(engine).arrowToJson(arrowOf(json, engine), back);
          assertEquals(Golden.tree(json), Golden.tree(back));
        });
  }

  @TestFactory
  Stream<DynamicTest> theStreamMadeOfTheFileGivesTheSameJson() {
    return each(
        (json, engine) -> {
          Path stream = folder.resolve("golden.arrows");
          IntegrationConversion conversion = new IntegrationConversion(engine);
          try (OutputStream out = Files.newOutputStream(stream)) {
            conversion.fileToStream(arrowOf(json, engine), out);
          }
          Path back = folder.resolve("back.json");
          conversion.arrowToJson(stream, back);
          assertEquals(Golden.tree(json), Golden.tree(back));
        });
  }

  @Test
  void compressedJsonIsReadAndWritten() throws IOException {
    Path json = Golden.file("lists");
    Path packed = folder.resolve("lists.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(json, out);
    }
    Path arrow = arrowOf(packed, "pure");
    assertNull(new IntegrationCheck("pure", Quirks.NONE).firstDifference(json, arrow));
    new IntegrationConversion("pure").arrowToJson(arrow, packed);
    assertNull(new IntegrationCheck("pure", Quirks.NONE).firstDifference(packed, arrow));
  }

  @Test
  void theKeysOfTheTextMayStandInAnyOrder() throws IOException {
    String text = Files.readString(Golden.file("nested-dictionaries"));
    int dictionaries = text.indexOf("  \"dictionaries\"");
    int batches = text.indexOf("  \"batches\"");
    int end = text.lastIndexOf("}");
    Path turned = folder.resolve("turned.json");
    Files.writeString(
        turned,
        "{\n"
            + text.substring(batches, end)
            + ",\n"
            + text.substring(dictionaries, batches)
            + text.substring(2, dictionaries).replaceFirst(",\\s*$", "")
            + "}\n");
    Path arrow = arrowOf(Golden.file("nested-dictionaries"), "pure");
    assertNull(new IntegrationCheck("pure", Quirks.NONE).firstDifference(turned, arrow));
  }

  @Test
  void aSliceIsWrittenAsItsRowsOnly() throws IOException {
    for (Path json : Golden.files()) {
      try (IntegrationReader reader = IntegrationReader.open(json);
          var batch = reader.next()) {
        if (batch == null || batch.rowCount() < 4) {
          continue;
        }
        Path part = folder.resolve("part.json");
        try (var slice = batch.slice(1, 3);
            OutputStream out = Files.newOutputStream(part)) {
          IntegrationWriter.write(reader.schema(), List.of(slice), out);
        }
        try (IntegrationReader again = IntegrationReader.open(part);
            var slice = batch.slice(1, 3);
            var read = again.next()) {
          assertEquals(slice, read, json.toString());
        }
      }
    }
  }
}
