package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.FileWriter;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamWriter;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireMessage.Kind;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.testing.TestArrays;
import io.nanoarrow.transform.Dictionaries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is appended has its own values, whatever dictionaries the end of the input has. */
class AppendDictionariesTest {
  private static final DictionaryEncoding ENCODING =
      new DictionaryEncoding(5, new ArrowType.Int(32, true), false);

  @TempDir Path folder;

  private static WriteOptions writing(String engine, boolean deltas) {
    return WriteOptions.builder().engine(engine).emitDictionaryDeltas(deltas).build();
  }

  private static RecordBatch encoded(String... values) {
    return TestArrays.batch(
        Dictionaries.encode(TestArrays.named("t", TestArrays.strings(values)), ENCODING));
  }

  private static void write(BatchWriter writer, String... values) throws IOException {
    try (RecordBatch batch = encoded(values)) {
      writer.write(batch);
    }
  }

  private Path written(String name, WriteOptions options, String[]... batches) throws IOException {
    Path path = folder.resolve(name);
    try (RecordBatch first = encoded(batches[0]);
        BatchWriter writer =
            name.endsWith(".arrow")
                ? ArrowIpc.newFile(path, first.schema(), options)
                : ArrowIpc.newStream(path, first.schema(), options)) {
      for (String[] values : batches) {
        write(writer, values);
      }
    }
    return path;
  }

  private static WireReport inspect(Path path) throws IOException {
    return ArrowIpc.inspect(path, ReadOptions.DEFAULT);
  }

  /** Takes the last batch out of a stream, as a repair does, and leaves its dictionary. */
  private static void dropLastBatch(Path path) throws IOException {
    List<WireMessage> batches = inspect(path).messages(Kind.RECORD_BATCH);
    WireMessage last = batches.get(batches.size() - 1);
    byte[] bytes = Files.readAllBytes(path);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(bytes, 0, (int) last.offset());
    kept.write(bytes, (int) last.end(), bytes.length - (int) last.end());
    Files.write(path, kept.toByteArray());
  }

  private static void assertRows(Path path, String... wanted) throws IOException {
    assertEquals(List.of(), inspect(path).problems());
    for (String engine : Samples.ENGINES) {
      List<String> rows = new ArrayList<>();
      try (BatchReader reader = ArrowIpc.open(path, ReadOptions.builder().engine(engine).build())) {
        reader.forEachBatch(
            batch -> {
              for (long row = 0; row < batch.rowCount(); row++) {
                rows.add(batch.column(0).text(row));
              }
            });
      }
      assertEquals(List.of(wanted), rows, engine);
    }
  }

  private static String[] values(String... values) {
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void behindAReplacementWithoutItsBatch(String engine) throws IOException {
    WriteOptions options = writing(engine, false);
    Path path = written("s.arrows", options, values("a", "b"), values("c", "d"));
    dropLastBatch(path);
    try (BatchWriter writer = StreamWriter.append(path, options)) {
      write(writer, "a", "b");
    }
    assertRows(path, "a", "b", "a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void behindADeltaWithoutItsBatch(String engine) throws IOException {
    WriteOptions options = writing(engine, true);
    Path path = written("s.arrows", options, values("a"), values("a", "b"));
    dropLastBatch(path);
    try (BatchWriter writer = StreamWriter.append(path, options)) {
      write(writer, "a", "c");
    }
    assertRows(path, "a", "a", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void toAFileOfDictionariesWithoutABatch(String engine) throws IOException {
    WriteOptions options = writing(engine, false);
    Path whole = written("whole.arrow", options, values("a", "b"), values("a", "b"));
    byte[] cut =
        Arrays.copyOf(
            Files.readAllBytes(whole),
            (int) inspect(whole).messages(Kind.RECORD_BATCH).get(0).offset());
    Path path = folder.resolve("repaired.arrow");
    ArrowIpc.repair(Files.write(folder.resolve("cut"), cut), path, ReadOptions.DEFAULT);
    assertEquals(1, inspect(path).footer().dictionaries().size());
    FileWriter.append(path, options).close();
    assertRows(path);
    for (int i = 0; i < 2; i++) {
      try (BatchWriter writer = FileWriter.append(path, options)) {
        write(writer, "c", "a");
      }
    }
    assertRows(path, "c", "a", "c", "a");
    assertEquals(1, inspect(path).footer().dictionaries().size());
  }
}
