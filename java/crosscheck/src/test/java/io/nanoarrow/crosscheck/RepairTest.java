package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.Table;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.inspect.RepairReport;
import io.nanoarrow.inspect.WireBuffer;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireMessage.Kind;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A repaired file opens, holds what was whole, in its order, and not a row more. */
class RepairTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));

  @TempDir Path folder;
  private int outputs;

  @AfterEach
  void nothingIsLeftOpenOrBehind() throws IOException {
    assertEquals(0, MemoryStats.liveBytes());
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(f -> f.toString().endsWith(".tmp")));
    }
  }

  private static Path example(String name) {
    return ROOT.resolve("examples/data/" + name);
  }

  private static ReadOptions options(String engine) {
    return ReadOptions.builder().engine(engine).build();
  }

  private static List<String> batches(BatchReader reader) throws IOException {
    List<String> all = new ArrayList<>();
    for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
      try (RecordBatch open = batch) {
        all.add(text(open));
      }
    }
    return all;
  }

  private static String text(RecordBatch batch) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < batch.columnCount(); i++) {
      for (long row = 0; row < batch.rowCount(); row++) {
        text.append(batch.column(i).text(row)).append(',');
      }
    }
    return text.toString();
  }

  private static List<String> batches(Path path, String engine) throws IOException {
    ReadOptions full = options(engine).toBuilder().validation(ValidationLevel.FULL).build();
    try (BatchReader reader = ArrowIpc.open(path, full)) {
      return batches(reader);
    }
  }

  private Path input(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("damaged"), bytes);
  }

  private Path output() {
    return folder.resolve("repaired" + outputs++);
  }

  private Path repaired(byte[] bytes, String engine) throws IOException {
    Path out = output();
    ArrowIpc.repair(input(bytes), out, options(engine));
    return out;
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aCutAnywhereKeepsTheBatchesBeforeIt(String engine) throws IOException {
    for (String name : List.of("weather.arrow", "weather.arrows", "labels.arrows")) {
      byte[] whole = Files.readAllBytes(example(name));
      WireReport good = ArrowIpc.inspect(example(name), options(engine));
      List<String> expected = batches(example(name), engine);
      for (int size = (int) good.messages().get(0).end(); size < whole.length; size += 211) {
        int cut = size;
        long kept = good.messages(Kind.RECORD_BATCH).stream().filter(m -> m.end() <= cut).count();
        Path out = repaired(Arrays.copyOf(whole, size), engine);
        assertEquals(expected.subList(0, (int) kept), batches(out, engine), name + " " + size);
        assertEquals(List.of(), ArrowIpc.inspect(out, options(engine)).problems());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aFileWithoutItsFooterIsWholeAgain(String engine) throws IOException {
    for (String name : List.of("modern.arrow", "orders.arrow", "readings.lz4.arrow")) {
      byte[] bytes = Files.readAllBytes(example(name));
      WireReport good = ArrowIpc.inspect(example(name), options(engine));
      Arrays.fill(bytes, (int) good.footer().offset(), bytes.length, (byte) 0);
      Path out = output();
      RepairReport report = ArrowIpc.repair(input(bytes), out, options(engine));
      assertTrue(report.isFile());
      assertEquals(batches(example(name), engine), batches(out, engine));
      try (FileReader reader = ArrowIpc.openFile(out, options(engine))) {
        assertEquals(good.schema(), reader.schema());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void dictionariesWithDeltasAreKept(String engine) throws IOException {
    Path path = ROOT.resolve("testdata/differential/dictionaries.arrow");
    byte[] bytes = Files.readAllBytes(path);
    Path out = output();
    RepairReport report =
        ArrowIpc.repair(input(Arrays.copyOf(bytes, bytes.length - 10)), out, options(engine));
    assertTrue(report.dictionaryBatches() > 0);
    assertEquals(batches(path, engine), batches(out, engine));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aWholeFileStaysAsItIs(String engine) throws IOException {
    Path out = output();
    RepairReport report = ArrowIpc.repair(example("weather.arrow"), out, options(engine));
    assertEquals(List.of(), report.lost());
    assertEquals(0, report.lostBytes());
    assertEquals(3, report.batches());
    assertEquals(60, report.rows());
    assertEquals(batches(example("weather.arrow"), engine), batches(out, engine));
    long messages = ArrowIpc.inspect(out, options(engine)).endMarkerOffset();
    assertEquals(
        -1,
        Arrays.mismatch(
            Arrays.copyOf(Files.readAllBytes(out), (int) messages),
            Arrays.copyOf(Files.readAllBytes(example("weather.arrow")), (int) messages)));
  }

  /** Makes the second offset of the first column of text of the second batch negative. */
  private static byte[] withBadBatch(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(example(name));
    WireMessage second =
        ArrowIpc.inspect(example(name), ReadOptions.DEFAULT).messages(Kind.RECORD_BATCH).get(1);
    WireBuffer offsets =
        second.buffers().stream().filter(b -> b.kind().equals("offsets")).findFirst().orElseThrow();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt((int) offsets.offset() + 4, -7);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aBatchThatDoesNotPassIsLeftOut(String engine) throws IOException {
    for (String name : List.of("weather.arrow", "weather.arrows")) {
      List<String> expected = new ArrayList<>(batches(example(name), engine));
      expected.remove(1);
      Path out = output();
      RepairReport report = ArrowIpc.repair(input(withBadBatch(name)), out, options(engine));
      assertEquals(expected, batches(out, engine));
      assertEquals(40, report.rows());
      assertEquals(1000, report.lostBytes());
      assertEquals(1, report.lost().size());
      assertTrue(report.lost().get(0).text().startsWith("a record batch of 20 rows"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aHeaderThatIsLostCostsItsBatchOnlyWhereTheFooterLeadsOn(String engine) throws IOException {
    byte[] bytes = Files.readAllBytes(example("weather.arrow"));
    List<String> expected = new ArrayList<>(batches(example("weather.arrow"), engine));
    expected.remove(1);
    WireReport good = ArrowIpc.inspect(example("weather.arrow"), options(engine));
    ByteBuffer.wrap(bytes).putInt((int) good.messages(Kind.RECORD_BATCH).get(1).offset() + 4, -5);
    assertEquals(expected, batches(repaired(bytes, engine), engine));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void rowsThatAGoodFooterDoesNotListStayOut(String engine) throws IOException {
    byte[] bytes = Files.readAllBytes(example("weather.arrow"));
    WireReport good = ArrowIpc.inspect(example("weather.arrow"), options(engine));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long first = good.messages(Kind.RECORD_BATCH).get(0).offset();
    int vector = 0;
    for (int at = (int) good.footer().offset() + 4; vector == 0; at += 4) {
      vector = file.getLong(at) == first ? at - 4 : 0;
    }
    vector = file.getInt(vector) == 3 ? vector : vector - 4; // The count, or padding after it.
    assertEquals(3, file.getInt(vector));
    file.putInt(vector, 2);
    Path out = repaired(bytes, engine);
    assertEquals(batches(example("weather.arrow"), engine).subList(0, 2), batches(out, engine));
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    Path out = Files.writeString(output(), "mine");
    assertThrows(
        FileAlreadyExistsException.class,
        () -> ArrowIpc.repair(example("weather.arrow"), out, ReadOptions.DEFAULT));
    assertEquals("mine", Files.readString(out));
  }

  @Test
  void theNewFileHasThePermissionsOfNewFiles() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    Path out = output();
    ArrowIpc.repair(example("weather.arrow"), out, ReadOptions.DEFAULT);
    assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(out));
  }

  @Test
  void withoutASchemaThereIsNothingToRepair() throws IOException {
    for (byte[] bytes : List.of(new byte[0], new byte[100], "ARROW1\0\0".getBytes("US-ASCII"))) {
      Path out = output();
      assertThrows(
          ArrowFormatException.class,
          () -> ArrowIpc.repair(input(bytes), out, ReadOptions.DEFAULT));
      assertFalse(Files.exists(out));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void damageOfAnyKindGivesAGoodFileOrNone(String engine) throws IOException {
    List<byte[]> good = new ArrayList<>();
    for (String name : List.of("weather.arrow", "labels.arrows", "readings.lz4.arrow")) {
      good.add(Files.readAllBytes(example(name)));
    }
    Mutator mutator = new Mutator(good, 11);
    int repaired = 0;
    for (int i = 0; i < 300; i++) {
      Path out = output();
      try {
        RepairReport report = ArrowIpc.repair(input(mutator.next()), out, options(engine));
        assertEquals(report.batches(), batches(out, engine).size());
        repaired++;
      } catch (ArrowFormatException e) {
        assertFalse(Files.exists(out), e.toString());
      }
      Files.deleteIfExists(out);
    }
    assertTrue(repaired > 100, repaired + " repaired");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aGrowingFileIsReadAsFarAsItGoes(String engine) throws IOException {
    for (String name : List.of("weather.arrow", "labels.arrows")) {
      byte[] whole = Files.readAllBytes(example(name));
      WireReport good = ArrowIpc.inspect(example(name), options(engine));
      List<String> expected = batches(example(name), engine);
      for (int size = (int) good.messages().get(0).end(); size < whole.length; size += 97) {
        int cut = size;
        long there = good.messages(Kind.RECORD_BATCH).stream().filter(m -> m.end() <= cut).count();
        Path path = input(Arrays.copyOf(whole, size));
        try (StreamReader reader = ArrowIpc.openUnfinished(path, options(engine))) {
          assertEquals(expected.subList(0, (int) there), batches(reader), name + " " + size);
        }
      }
    }
  }

  @Test
  void whatIsNotThereYetIsAnError() throws IOException {
    assertThrows(
        ArrowFormatException.class,
        () -> ArrowIpc.openUnfinished(input(new byte[3]), ReadOptions.DEFAULT));
    try (StreamReader reader =
            ArrowIpc.openUnfinished(example("weather.arrow"), ReadOptions.DEFAULT);
        Table table = reader.readAll()) {
      assertEquals(60, table.rowCount());
    }
  }
}
