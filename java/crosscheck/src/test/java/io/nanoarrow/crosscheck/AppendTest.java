package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.FileReader;
import io.nanoarrow.FileWriter;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamWriter;
import io.nanoarrow.Table;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.inspect.WireBuffer;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is appended stands behind what was there; until the writer closes nothing has changed. */
class AppendTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftOpenOrBehind() throws IOException {
    assertEquals(0, MemoryStats.liveBytes());
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(f -> f.toString().endsWith(".tmp")));
    }
  }

  private static WriteOptions writing(String engine) {
    return WriteOptions.builder().engine(engine).build();
  }

  private static WriteOptions compressing(String engine) {
    return writing(engine).toBuilder().compression(Compression.ZSTD).build();
  }

  private Path copy(String name) throws IOException {
    Path copy = folder.resolve(Path.of(name).getFileName());
    Files.deleteIfExists(copy);
    return Files.copy(ROOT.resolve(name), copy);
  }

  private static List<String> rows(Path path, String engine) throws IOException {
    List<String> rows = new ArrayList<>();
    try (BatchReader reader = ArrowIpc.open(path, ReadOptions.builder().engine(engine).build())) {
      reader.forEachBatch(
          batch -> {
            for (long row = 0; row < batch.rowCount(); row++) {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < batch.columnCount(); i++) {
                text.append(batch.column(i).text(row)).append(',');
              }
              rows.add(text.toString());
            }
          });
    }
    return rows;
  }

  private static BatchWriter append(Path path, WriteOptions options) throws IOException {
    return path.toString().endsWith(".arrow")
        ? FileWriter.append(path, options)
        : StreamWriter.append(path, options);
  }

  private static void appendAll(Path from, Path to, WriteOptions options) throws IOException {
    ReadOptions reading = ReadOptions.builder().engine(options.engine()).build();
    try (BatchReader reader = ArrowIpc.open(from, reading);
        BatchWriter writer = append(to, options)) {
      writer.writeAll(reader);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void everythingTwiceIsBothInOrder(String engine) throws IOException {
    for (String name :
        List.of(
            "examples/data/weather.arrow",
            "examples/data/weather.arrows",
            "examples/data/orders.arrow",
            "examples/data/modern.arrow",
            "examples/data/labels.arrows",
            "examples/data/readings.lz4.arrow",
            "testdata/differential/dictionaries.arrow",
            "testdata/differential/numbers.v4.arrows")) {
      Path path = copy(name);
      List<String> wanted = new ArrayList<>(rows(path, engine));
      wanted.addAll(rows(path, engine));
      appendAll(ROOT.resolve(name), path, writing(engine));
      assertEquals(wanted, rows(path, engine), name);
      assertEquals(List.of(), ArrowIpc.inspect(path, ReadOptions.DEFAULT).problems(), name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void dictionariesThatDidNotChangeAreNotWrittenAgain(String engine) throws IOException {
    Path path = copy("testdata/differential/dictionaries.arrow");
    int before = ArrowIpc.inspect(path, ReadOptions.DEFAULT).footer().dictionaries().size();
    appendAll(ROOT.resolve("testdata/differential/dictionaries.arrow"), path, writing(engine));
    assertEquals(
        before, ArrowIpc.inspect(path, ReadOptions.DEFAULT).footer().dictionaries().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void whatWasThereKeepsItsBytesAndTheFooterItsKeyValues(String engine) throws IOException {
    Path path = copy("examples/data/weather.arrow");
    byte[] before = Files.readAllBytes(path);
    int end = (int) ArrowIpc.inspect(path, ReadOptions.DEFAULT).endMarkerOffset();
    appendAll(ROOT.resolve("examples/data/weather.arrow"), path, compressing(engine));
    assertArrayEquals(Arrays.copyOf(before, end), Arrays.copyOf(Files.readAllBytes(path), end));
    try (FileReader old = ArrowIpc.openFile(ROOT.resolve("examples/data/weather.arrow"));
        FileReader reader = ArrowIpc.openFile(path)) {
      assertEquals(old.metadata(), reader.metadata());
      assertEquals(6, reader.batchCount());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void untilTheWriterClosesNothingHasChanged(String engine) throws IOException {
    for (String name : List.of("examples/data/weather.arrow", "examples/data/weather.arrows")) {
      Path path = copy(name);
      byte[] before = Files.readAllBytes(path);
      BatchWriter writer = append(path, writing(engine));
      try (BatchReader reader = ArrowIpc.open(ROOT.resolve(name));
          Table table = reader.readAll()) {
        for (RecordBatch batch : table.batches()) {
          writer.write(batch);
          assertArrayEquals(before, Files.readAllBytes(path));
        }
      }
      writer.abort();
      assertArrayEquals(before, Files.readAllBytes(path));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void nothingAppendedIsTheSame(String engine) throws IOException {
    for (String name : List.of("examples/data/weather.arrow", "examples/data/labels.arrows")) {
      Path path = copy(name);
      append(path, writing(engine)).close();
      assertEquals(rows(ROOT.resolve(name), engine), rows(path, engine));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void batchesOfAnotherSchemaAreMisuse(String engine) throws IOException {
    Path path = copy("examples/data/weather.arrow");
    byte[] before = Files.readAllBytes(path);
    assertThrows(
        IllegalArgumentException.class,
        () -> appendAll(ROOT.resolve("examples/data/orders.arrow"), path, writing(engine)));
    assertArrayEquals(before, Files.readAllBytes(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void whatIsDamagedOrOfTheOtherFormatIsRefused(String engine) throws IOException {
    Path cut = folder.resolve("cut.arrow");
    byte[] whole = Files.readAllBytes(ROOT.resolve("examples/data/weather.arrow"));
    Files.write(cut, Arrays.copyOf(whole, whole.length - 3));
    assertThrows(ArrowFormatException.class, () -> FileWriter.append(cut, writing(engine)));
    assertEquals(whole.length - 3, Files.size(cut));
    Path file = copy("examples/data/weather.arrow");
    assertThrows(ArrowFormatException.class, () -> StreamWriter.append(file, writing(engine)));
    Path stream = copy("examples/data/weather.arrows");
    assertThrows(ArrowFormatException.class, () -> FileWriter.append(stream, writing(engine)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aFileInSharedMemoryIsAppendedTo(String engine) throws IOException {
    Path name = ROOT.resolve("examples/data/weather.arrow");
    Path path = Files.createTempFile(Path.of("/dev/shm"), "append", ".arrow");
    try {
      Files.copy(name, path, StandardCopyOption.REPLACE_EXISTING);
      List<String> wanted = new ArrayList<>(rows(path, engine));
      wanted.addAll(wanted);
      appendAll(name, path, writing(engine));
      assertEquals(wanted, rows(path, engine));
    } finally {
      Files.delete(path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void whatIsNotReplacedAsAWholeIsRefusedAndStays(String engine) throws IOException {
    Path file = copy("examples/data/weather.arrow");
    byte[] before = Files.readAllBytes(file);
    Path throughProc = Path.of("/proc/self/root" + file.toAbsolutePath());
    for (Path path : List.of(throughProc, Path.of("/dev/null"), folder)) {
      IOException e =
          assertThrows(IOException.class, () -> FileWriter.append(path, writing(engine)));
      assertTrue(e.getMessage().contains("not replaced as a whole"), e.getMessage());
    }
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  /** The batch before the fault is held when the fault is met. */
  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aBatchThatCannotBeReadIsRefusedAndNothingStaysOpen(String engine) throws IOException {
    Path path = copy("examples/data/readings.zstd.arrows");
    appendAll(ROOT.resolve("examples/data/readings.zstd.arrows"), path, compressing(engine));
    WireMessage second =
        ArrowIpc.inspect(path, ReadOptions.DEFAULT).messages(WireMessage.Kind.RECORD_BATCH).get(1);
    byte[] bytes = Files.readAllBytes(path);
    for (WireBuffer buffer : second.buffers()) {
      int start = (int) Math.min(buffer.offset() + Long.BYTES, second.end());
      Arrays.fill(bytes, start, (int) Math.min(start + Long.BYTES, second.end()), (byte) -1);
    }
    Files.write(path, bytes);
    assertThrows(ArrowFormatException.class, () -> StreamWriter.append(path, writing(engine)));
    assertArrayEquals(bytes, Files.readAllBytes(path));
  }
}
