package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.FileReader;
import io.nanoarrow.MemoryOutput;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.inspect.RepairReport;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireMessage.Kind;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.testing.TestArrays;
import io.nanoarrow.transform.Dictionaries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a repaired file have the values they had, or are lost. */
class RepairDictionariesTest {
  private static final DictionaryEncoding ENCODING =
      new DictionaryEncoding(5, new ArrowType.Int(32, true), false);

  /** Each batch needs the dictionary or delta before it. */
  private static final List<String[]> BATCHES =
      List.of(new String[] {"a"}, new String[] {"a", "b"}, new String[] {"a", "b", "c"});

  @TempDir Path folder;
  private byte[] bytes;
  private ByteBuffer file;
  private WireReport good;
  private List<WireMessage> dictionaries;

  @BeforeEach
  void write() throws IOException {
    WriteOptions options = WriteOptions.builder().emitDictionaryDeltas(true).build();
    MemoryOutput out = new MemoryOutput();
    try (RecordBatch first = encoded(BATCHES.get(0));
        BatchWriter writer = Samples.writer(true, out, first.schema(), options)) {
      for (String[] values : BATCHES) {
        try (RecordBatch batch = encoded(values)) {
          writer.write(batch);
        }
      }
    }
    bytes = out.toByteArray();
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    good = ArrowIpc.inspect(input(), ReadOptions.DEFAULT);
    dictionaries = good.messages(Kind.DICTIONARY_BATCH);
    assertEquals(3, dictionaries.size());
  }

  private static RecordBatch encoded(String... values) {
    return TestArrays.batch(
        Dictionaries.encode(TestArrays.named("t", TestArrays.strings(values)), ENCODING));
  }

  private Path input() throws IOException {
    return Files.write(folder.resolve("damaged"), bytes);
  }

  /** Puts another offset in place of a message's in the footer. */
  private void moveBlock(WireMessage message, long offset) {
    int at = (int) good.footer().offset() + 4;
    while (file.getLong(at) != message.offset()) {
      at += 4;
    }
    file.putLong(at, offset);
  }

  private void damageHeader(WireMessage message) {
    file.putInt((int) message.offset() + 4, -5);
  }

  private RepairReport assertRepaired(String engine, int batches) throws IOException {
    ReadOptions options = ReadOptions.builder().engine(engine).build();
    Path out = folder.resolve("repaired");
    RepairReport report = ArrowIpc.repair(input(), out, options);
    try (FileReader reader = ArrowIpc.openFile(out, options)) {
      assertEquals(batches, reader.batchCount());
      for (int i = 0; i < batches; i++) {
        try (RecordBatch batch = reader.batch(i)) {
          List<String> rows = new ArrayList<>();
          for (long row = 0; row < batch.rowCount(); row++) {
            rows.add(batch.column(0).text(row));
          }
          assertEquals(List.of(BATCHES.get(i)), rows);
        }
      }
    }
    return report;
  }

  private static void assertLosesADelta(RepairReport report) {
    assertTrue(
        report.lost().stream().anyMatch(p -> p.text().startsWith("a delta behind a dictionary")),
        report.lost().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void deltasKeepTheirOrderWhereTheFooterLosesOne(String engine) throws IOException {
    moveBlock(dictionaries.get(1), 1 << 20);
    assertEquals(3, assertRepaired(engine, 3).dictionaryBatches());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aDeltaThatTheFooterTakesForAnotherMessageIsKept(String engine) throws IOException {
    moveBlock(dictionaries.get(1), dictionaries.get(0).offset());
    assertEquals(3, assertRepaired(engine, 3).dictionaryBatches());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aDeltaBehindALostOneIsLost(String engine) throws IOException {
    damageHeader(dictionaries.get(1));
    RepairReport report = assertRepaired(engine, 1);
    assertEquals(1, report.dictionaryBatches());
    assertLosesADelta(report);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void withoutTheFirstDictionaryNothingIsLeft(String engine) throws IOException {
    damageHeader(dictionaries.get(0));
    RepairReport report = assertRepaired(engine, 0);
    assertEquals(0, report.dictionaryBatches());
    assertLosesADelta(report);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void deltasBehindALostBatchAreKept(String engine) throws IOException {
    damageHeader(good.messages(Kind.RECORD_BATCH).get(2));
    assertEquals(3, assertRepaired(engine, 2).dictionaryBatches());
  }
}
