package io.nanoarrow.crosscheck.json;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.nanoarrow.testing.ArrowTesting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The Arrow project's own integration files after each conversion that archery makes. */
class CorpusConversionTest {
  private static final List<String> ENGINES = List.of("pure");

  @TempDir static Path folder;

  /** One way to write what a file or stream of the corpus holds. */
  private interface Conversion {
    void convert(String engine, Path json, Path out) throws IOException;
  }

  private static Stream<DynamicTest> eachFile(String name, Conversion conversion) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path json : ArrowTesting.files("integration JSON", "integration", ".json.gz")) {
      for (String engine : ENGINES) {
        String file = json.getParent().getFileName() + "/" + json.getFileName();
        tests.add(
            DynamicTest.dynamicTest(
                name + " " + file + " " + engine,
                () -> {
                  Path out = folder.resolve("out");
                  conversion.convert(engine, json, out);
                  for (String reader : ENGINES) {
                    assertNull(
                        new IntegrationCheck(reader, CorpusTest.quirks(json))
                            .firstDifference(json, out),
                        "read by " + reader);
                  }
                }));
      }
    }
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> jsonBecomesAFile() {
    return eachFile(
        "JSON", (engine, json, out) -> new IntegrationConversion(engine).jsonToFile(json, out));
  }

  @TestFactory
  Stream<DynamicTest> streamsBecomeFiles() {
    return eachFile(
        "stream",
        (engine, json, out) -> {
          try (InputStream in = Files.newInputStream(CorpusTest.beside(json, ".stream"))) {
            new IntegrationConversion(engine).streamToFile(in, out);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> filesBecomeStreams() {
    return eachFile(
        "file",
        (engine, json, out) -> {
          try (OutputStream to = Files.newOutputStream(out)) {
            new IntegrationConversion(engine)
                .fileToStream(CorpusTest.beside(json, ".arrow_file"), to);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> filesBecomeJsonThatSaysTheSame() {
    return eachFile(
        "to JSON",
        (engine, json, out) -> {
          Path text = folder.resolve("text.json");
          IntegrationConversion conversion = new IntegrationConversion(engine);
          conversion.arrowToJson(CorpusTest.beside(json, ".arrow_file"), text);
          conversion.jsonToFile(text, out);
        });
  }
}
