package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.BatchWriter;
import io.nanoarrow.MemoryOutput;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.WriteStats;
import io.nanoarrow.testing.TestArrays;
import io.nanoarrow.transform.Dictionaries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches whose dictionaries differ, written with one dictionary. */
class UnifyTest {
  private static final WriteOptions UNIFY =
      WriteOptions.builder().unifyDictionaries(true).emitDictionaryDeltas(true).build();

  private static ColumnData texts(String... values) {
    return TestArrays.named("t", TestArrays.strings(values));
  }

  private static RecordBatch encoded(int indexBits, boolean ordered, String... values) {
    DictionaryEncoding encoding =
        new DictionaryEncoding(5, new ArrowType.Int(indexBits, true), ordered);
    return TestArrays.batch(Dictionaries.encode(texts(values), encoding));
  }

  private static WriteStats write(
      boolean toFile, MemoryOutput out, WriteOptions options, List<RecordBatch> batches)
      throws IOException {
    BatchWriter writer = Samples.writer(toFile, out, batches.get(0).schema(), options);
    try (writer;
        Table table = new Table(batches.get(0).schema(), batches)) {
      for (RecordBatch batch : table.batches()) {
        writer.write(batch);
      }
    }
    return writer.stats();
  }

  private static List<String> rows(Table table) {
    List<String> rows = new ArrayList<>();
    for (RecordBatch batch : table.batches()) {
      for (long row = 0; row < batch.rowCount(); row++) {
        rows.add(batch.column(0).text(row));
      }
    }
    return rows;
  }

  @Test
  void valuesOfAllBatchesGetOneDictionaryThatGrowsByDeltas() throws IOException {
    MemoryOutput out = new MemoryOutput();
    WriteStats stats =
        write(
            true,
            out,
            UNIFY,
            List.of(
                encoded(8, false, "a", "b", null, "a"),
                encoded(8, false, "b", "c"),
                encoded(8, false, "c", null, "a"),
                encoded(8, false, "d")));
    assertEquals(3, stats.dictionaryBatches());
    assertEquals(2, stats.dictionaryDeltas());
    assertEquals(0, stats.replacedDictionaries());
    for (String engine : Samples.ENGINES) {
      try (Table found = Samples.read(out, engine)) {
        assertEquals(List.of("a", "b", "null", "a", "b", "c", "c", "null", "a", "d"), rows(found));
      }
    }
  }

  @Test
  void theDictionariesOfATableAreMergedBeforeItIsWritten() throws IOException {
    MemoryOutput out = new MemoryOutput();
    try (Table table =
            new Table(
                encodedSchema(), List.of(encoded(8, false, "a"), encoded(8, false, "b", "a")));
        BatchWriter writer =
            Samples.writer(
                true,
                out,
                table.schema(),
                WriteOptions.builder().unifyDictionaries(true).build())) {
      writer.write(table);
      assertEquals(1, writer.stats().dictionaryBatches());
    }
    try (Table found = Samples.read(out, "pure")) {
      assertEquals(List.of("a", "b", "a"), rows(found));
    }
  }

  private static Schema encodedSchema() {
    try (RecordBatch batch = encoded(8, false)) {
      return batch.schema();
    }
  }

  @Test
  void moreValuesThanIndicesReachAreRefused() {
    String[] first = IntStream.range(0, 100).mapToObj(i -> "a" + i).toArray(String[]::new);
    String[] second = IntStream.range(0, 100).mapToObj(i -> "b" + i).toArray(String[]::new);
    ArrowFormatException e =
        assertThrows(
            ArrowFormatException.class,
            () ->
                write(
                    true,
                    new MemoryOutput(),
                    UNIFY,
                    List.of(encoded(8, false, first), encoded(8, false, second))));
    assertEquals(ErrorKind.UNSUPPORTED, e.kind());
    assertTrue(e.getMessage().contains("more than int8 indices reach"), e.getMessage());
  }

  @Test
  void orderedDictionariesThatContradictEachOtherAreRefused() throws IOException {
    write(
        true,
        new MemoryOutput(),
        UNIFY,
        List.of(encoded(8, true, "a", "b"), encoded(8, true, "a", "b", "c")));
    ArrowFormatException e =
        assertThrows(
            ArrowFormatException.class,
            () ->
                write(
                    true,
                    new MemoryOutput(),
                    UNIFY,
                    List.of(encoded(8, true, "b", "c"), encoded(8, true, "a", "b"))));
    assertTrue(e.getMessage().contains("ordered"), e.getMessage());
  }

  @Test
  void withoutUnifyingAFileRefusesAndNothingOfTheBatchIsWritten() throws IOException {
    MemoryOutput out = new MemoryOutput();
    List<RecordBatch> batches = List.of(encoded(8, false, "a"), encoded(8, false, "b"));
    try (Table table = new Table(encodedSchema(), batches)) {
      BatchWriter writer = Samples.writer(true, out, table.schema(), WriteOptions.DEFAULT);
      writer.write(batches.get(0));
      long before = out.sizeBytes();
      ArrowFormatException e =
          assertThrows(ArrowFormatException.class, () -> writer.write(batches.get(1)));
      assertEquals("t", e.columnPath());
      assertEquals(before, out.sizeBytes());
      writer.close();
      assertEquals(before, out.sizeBytes());
    }
  }

  @Test
  void columnsOfOneIdGetOneDictionary() throws IOException {
    ColumnData first = Dictionaries.encode(texts("a", "b"), encoding(5));
    ColumnData second = Dictionaries.encode(texts("c", "a"), encoding(5));
    MemoryOutput out = new MemoryOutput();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            write(
                false,
                new MemoryOutput(),
                WriteOptions.DEFAULT,
                List.of(TestArrays.batch(first, second))));
    WriteStats stats = write(true, out, UNIFY, List.of(TestArrays.batch(first, second)));
    assertEquals(1, stats.dictionaryBatches());
    try (Table found = Samples.read(out, "native");
        RecordBatch wanted = TestArrays.batch(first, second)) {
      assertNull(BatchComparison.DEFAULT.firstDifference(wanted, found.batches().get(0)));
    }
  }

  private static DictionaryEncoding encoding(long id) {
    return new DictionaryEncoding(id, new ArrowType.Int(32, true), false);
  }

  /** A list of encoded texts, whose dictionary has values that are encoded themselves. */
  private static ColumnData nested(String... values) {
    ColumnData inner = Dictionaries.encode(texts(values), encoding(1));
    Field structField = Field.of("s", new ArrowType.Struct(), inner.field());
    ColumnData struct =
        new ColumnData(structField, inner.length(), 0, 0, null, List.of(), List.of(inner), null);
    return Dictionaries.encode(struct, encoding(2));
  }

  @Test
  void nestedDictionariesAreMergedWhenATableIsWritten() throws IOException {
    List<RecordBatch> batches =
        List.of(
            TestArrays.batch(nested("a", "b")),
            TestArrays.batch(nested("c", null, "a")),
            TestArrays.batch(nested("b", "d")));
    MemoryOutput out = new MemoryOutput();
    try (Table table = new Table(batches.get(0).schema(), batches)) {
      BatchWriter writer = Samples.writer(true, out, table.schema(), UNIFY);
      writer.write(table);
      writer.close();
      assertEquals(2, writer.stats().dictionaryBatches());
      for (String engine : Samples.ENGINES) {
        try (Table found = Samples.read(out, engine)) {
          assertNull(BatchComparison.DEFAULT.firstDifference(table, found));
        }
      }
    }
  }

  @Test
  void nestedDictionariesThatGrowAreReplacedInAStreamAndRefusedInAFile() throws IOException {
    MemoryOutput out = new MemoryOutput();
    WriteStats stats =
        write(
            false,
            out,
            UNIFY,
            List.of(TestArrays.batch(nested("a")), TestArrays.batch(nested("b", "a"))));
    assertEquals(1, stats.dictionaryDeltas());
    assertEquals(1, stats.replacedDictionaries());
    try (Table found = Samples.read(out, "pure")) {
      assertEquals(List.of("{t: \"a\"}", "{t: \"b\"}", "{t: \"a\"}"), rows(found));
    }
    ArrowFormatException e =
        assertThrows(
            ArrowFormatException.class,
            () ->
                write(
                    true,
                    new MemoryOutput(),
                    UNIFY,
                    List.of(TestArrays.batch(nested("a")), TestArrays.batch(nested("b")))));
    assertTrue(e.getMessage().contains("dictionaries of their own"), e.getMessage());
  }

  @Test
  void unifiedBatchesAreDividedAnew() throws IOException {
    WriteOptions options = UNIFY.toBuilder().batchRows(3).build();
    MemoryOutput out = new MemoryOutput();
    write(
        true,
        out,
        options,
        List.of(
            encoded(16, false, "a", "b"),
            encoded(16, false, "c", "a", "d", null),
            encoded(16, false, "b")));
    try (Table found = Samples.read(out, "native")) {
      assertEquals(List.of("a", "b", "c", "a", "d", "null", "b"), rows(found));
      assertEquals(3, found.batches().size());
    }
  }

  @Test
  void withoutUnifyingBatchesOfOtherDictionariesStayApart() throws IOException {
    WriteOptions options = WriteOptions.builder().batchRows(100).build();
    MemoryOutput out = new MemoryOutput();
    write(
        false,
        out,
        options,
        List.of(
            encoded(16, false, "a"), encoded(16, false, "a", "b"), encoded(16, false, "c", "b")));
    try (Table found = Samples.read(out, "native")) {
      assertEquals(List.of("a", "a", "b", "c", "b"), rows(found));
      assertEquals(2, found.batches().size());
    }
  }

  @Test
  void everyValueOfAnyTypeIsFoundAgain() throws IOException {
    for (var path : Samples.all()) {
      try (Table table = Samples.read(path)) {
        for (RecordBatch batch : table.batches()) {
          for (int i = 0; i < batch.columnCount(); i++) {
            ColumnData column = batch.column(i).data();
            if (column.field().dictionary() == null) {
              List<RecordBatch> halves = halves(Dictionaries.encode(column, encoding(3)));
              MemoryOutput out = new MemoryOutput();
              List<@Nullable Object> wanted = new ArrayList<>();
              halves.forEach(half -> collect(half, wanted));
              write(true, out, UNIFY, halves);
              try (Table found = Samples.read(out, "pure")) {
                List<@Nullable Object> rows = new ArrayList<>();
                found.batches().forEach(part -> collect(part, rows));
                assertEquals(wanted, rows, path.toString());
              }
            }
          }
        }
      }
    }
  }

  private static void collect(RecordBatch batch, List<@Nullable Object> rows) {
    for (long row = 0; row < batch.rowCount(); row++) {
      rows.add(batch.column(0).text(row));
    }
  }

  /** The rows in two batches, the second of which has its dictionary encoded by itself. */
  private static List<RecordBatch> halves(ColumnData encoded) {
    long half = encoded.length() / 2;
    ColumnData rest = Dictionaries.decode(encoded.slice(half, encoded.length() - half));
    return List.of(
        TestArrays.batch(encoded.slice(0, half)),
        TestArrays.batch(Dictionaries.encode(rest, encoding(3))));
  }
}
