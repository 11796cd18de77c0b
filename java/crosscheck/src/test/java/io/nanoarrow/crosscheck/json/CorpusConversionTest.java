package io.nanoarrow.crosscheck.json;

import static org.junit.jupiter.api.Assertions.assertNull;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
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
  @TempDir static Path folder;

  /** One way to write what a file or stream of the corpus holds. */
  private interface Conversion {
    void convert(String engine, Path json, Path out) throws IOException;
  }

  private static Stream<DynamicTest> eachFile(String name, Conversion conversion) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path json : ArrowTesting.files("integration JSON", "integration", ".json.gz")) {
      for (String engine : CorpusTest.ENGINES) {
        String file = json.getParent().getFileName() + "/" + json.getFileName();
        tests.add(
            DynamicTest.dynamicTest(
                name + " " + file + " " + engine,
                () -> {
                  Path out = folder.resolve("out");
                  conversion.convert(engine, json, out);
                  for (String reader : CorpusTest.ENGINES) {
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
  Stream<DynamicTest> compressedAgainWithLz4() {
    return eachFile("lz4", (engine, json, out) -> recode(engine, json, out, Compression.LZ4));
  }

  @TestFactory
  Stream<DynamicTest> compressedAgainWithZstd() {
    return eachFile("zstd", (engine, json, out) -> recode(engine, json, out, Compression.ZSTD));
  }

  private static void recode(String engine, Path json, Path out, Compression compression)
      throws IOException {
    WriteOptions writing = WriteOptions.builder().engine(engine).compression(compression).build();
    ReadOptions reading = ReadOptions.builder().engine(engine).build();
    try (BatchReader in = ArrowIpc.open(CorpusTest.beside(json, ".arrow_file"), reading);
        BatchWriter to = ArrowIpc.newFile(out, in.schema(), writing)) {
      to.writeAll(in);
    }
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
