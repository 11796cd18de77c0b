package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dictionary costs what it is, however many batches and deltas there are. */
class DictionaryCostTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
  private static final int BATCHES = 1000;
  private static final int ROWS = 100;

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aDeltaBeforeEveryBatchCostsWhatItBrings(String engine) throws IOException {
    Path path = LargeInput.writeDeltas(folder.resolve("deltas"), BATCHES, ROWS);
    for (ValidationLevel level : ValidationLevel.values()) {
      ReadOptions options = ReadOptions.builder().engine(engine).validation(level).build();
      List<RecordBatch> kept = new ArrayList<>();
      long before = MemoryStats.bodyBytesAllocated();
      try (StreamReader reader = ArrowIpc.openStream(path, options)) {
        for (int b = 0; b < BATCHES; b++) {
          RecordBatch batch = reader.next();
          assertEquals((long) b, batch.column(0).getObject(0));
          if (b % 100 == 0) {
            kept.add(batch);
          } else {
            batch.close();
          }
        }
        assertEquals(BATCHES - 1, reader.stats().dictionaryDeltas());
      }
      long made = MemoryStats.bodyBytesAllocated() - before;
      assertTrue(made < 8L * 8 * ROWS * BATCHES, () -> made + " bytes");
      for (int i = 0; i < kept.size(); i++) {
        try (RecordBatch batch = kept.get(i)) {
          var values = batch.column(0).asDictionary().values().asLong();
          assertEquals((long) ROWS * (100 * i + 1), values.length());
          assertEquals(100 * i, values.getLong(values.length() - 1));
        }
      }
    }
  }

  /** What changes under a reader, against the rules, shows whether it looks again. */
  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aDictionaryIsValidatedOnceForAllBatches(String engine) throws IOException {
    byte[] file =
        Files.readAllBytes(
            ROOT.resolve("testdata/../java/native-engine/src/test/resources/io/nanoarrow/engine")
                .resolve("data/shared.arrow"));
    ByteBuffer bytes = ByteBuffer.allocateDirect(file.length).put(file).flip();
    ReadOptions options =
        ReadOptions.builder().engine(engine).validation(ValidationLevel.FULL).build();
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("w0w1w2");
    try (BatchReader reader = ArrowIpc.open(bytes, options)) {
      reader.next().close();
      bytes.put(at, (byte) 0xFF);
      reader.next().close();
      reader.next().close();
    }
    try (BatchReader reader = ArrowIpc.open(bytes, options)) {
      ArrowFormatException thrown =
          assertThrows(ArrowFormatException.class, () -> reader.next().close());
      assertEquals("w", thrown.columnPath());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void validationLooksAtWhatIsProjected(String engine) throws IOException {
    ReadOptions options =
        ReadOptions.builder()
            .engine(engine)
            .validation(ValidationLevel.FULL)
            .columnIndices(1)
            .build();
    try (BatchReader reader = ArrowIpc.open(ROOT.resolve("examples/data/weather.arrow"), options)) {
      reader.readAll().close();
    }
  }
}
