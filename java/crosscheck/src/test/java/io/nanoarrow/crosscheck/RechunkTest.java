package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.MemoryOutput;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.Columns;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.testing.TestArrays;
import io.nanoarrow.transform.Concat;
import io.nanoarrow.transform.Dictionaries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows divided into other batches, and put together again, for every type. */
class RechunkTest {
  private static final DictionaryEncoding ENCODING =
      new DictionaryEncoding(77, new ArrowType.Int(32, true), false);

  static List<Path> inputs() {
    return Samples.all();
  }

  /** The batches twice, so that there is something to merge. */
  private static Table twice(Table table) {
    List<RecordBatch> batches = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      table.batches().forEach(batch -> batches.add(batch.retain()));
    }
    return new Table(table.schema(), batches);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void rowsAreTheSameInBatchesOfAnySize(Path path) throws IOException {
    try (Table table = Samples.read(path);
        Table input = twice(table)) {
      for (long rows : new long[] {1, 2, 3, 5, 7, 64, 1000}) {
        WriteOptions options = WriteOptions.builder().engine("native").batchRows(rows).build();
        MemoryOutput out = Samples.written(false, input, options);
        try (Table found = Samples.read(out, "pure")) {
          assertNull(BatchComparison.DEFAULT.firstDifference(input, found));
          for (RecordBatch batch : found.batches()) {
            assertTrue(batch.rowCount() <= rows && batch.rowCount() > 0, batch::toString);
          }
        }
      }
    }
  }

  @Test
  void everyBatchButTheLastHasTheRowsAskedFor() throws IOException {
    try (Table table = Samples.read(Samples.named("weather.arrows"))) {
      WriteOptions options = WriteOptions.builder().batchRows(7).build();
      try (Table found = Samples.read(Samples.written(true, table, options), "native")) {
        List<Long> sizes = found.batches().stream().map(RecordBatch::rowCount).toList();
        long full = table.rowCount() / 7;
        assertEquals(full + 1, sizes.size());
        assertTrue(sizes.subList(0, (int) full).stream().allMatch(size -> size == 7));
      }
    }
  }

  @Test
  void aSplitBatchKeepsItsMetadataAndBatchesOfOtherMetadataStayApart() throws IOException {
    try (Table table = Samples.read(Samples.named("numbers.arrows"))) {
      RecordBatch batch = table.batches().get(0);
      WriteOptions options = WriteOptions.builder().batchRows(4).build();
      MemoryOutput out = new MemoryOutput();
      try (var writer = Samples.writer(false, out, table.schema(), options)) {
        writer.write(batch, Metadata.builder().add("k", "1").build());
        writer.write(batch, Metadata.builder().add("k", "1").build());
        writer.write(batch, Metadata.builder().add("k", "2").build());
      }
      try (Table found = Samples.read(out, "native")) {
        List<String> batches =
            found.batches().stream().map(b -> b.rowCount() + "" + b.metadata()).toList();
        assertEquals(List.of("4[k=1]", "2[k=1]", "3[k=2]"), batches);
      }
    }
  }

  private static RecordBatch listsOfAb(long... offsets) {
    ColumnData values = Dictionaries.encode(TestArrays.strings("a", "b"), ENCODING);
    return TestArrays.batch(
        TestArrays.nested(
            new ArrowType.ListType(),
            offsets.length - 1,
            List.of(TestArrays.i32(offsets)),
            TestArrays.named("item", values)));
  }

  @Test
  void aDictionaryThatNoElementOfABatchRefersToIsWrittenWhole() throws IOException {
    List<RecordBatch> batches =
        List.of(listsOfAb(0, 0), listsOfAb(1, 1), listsOfAb(0, 1), listsOfAb(1, 1, 2));
    try (Table input = new Table(batches.get(0).schema(), batches)) {
      for (String engine : Samples.ENGINES) {
        WriteOptions options = WriteOptions.builder().engine(engine).batchRows(2).build();
        try (Table found = Samples.read(Samples.written(true, input, options), engine)) {
          assertEquals(3, found.batches().size());
          assertNull(BatchComparison.DEFAULT.firstDifference(input, found));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void piecesOfAnArrayPutTogetherAreTheArray(Path path) throws IOException {
    Random random = new Random(3);
    try (Table table = Samples.read(path)) {
      for (RecordBatch batch : table.batches()) {
        List<ColumnData> columns = new ArrayList<>();
        for (int i = 0; i < batch.columnCount(); i++) {
          columns.add(Concat.of(pieces(batch.column(i).data(), random)));
        }
        BatchData data = BatchData.of(batch.rowCount(), columns, Metadata.EMPTY);
        try (RecordBatch joined = RecordBatch.of(batch.schema(), data)) {
          assertNull(BatchComparison.DEFAULT.firstDifference(batch, joined));
        }
      }
    }
  }

  private static List<ColumnData> pieces(ColumnData array, Random random) {
    List<ColumnData> pieces = new ArrayList<>(List.of(array.slice(0, 0)));
    for (long at = 0; at < array.length(); ) {
      long count = 1 + random.nextLong(Math.min(11, array.length() - at));
      pieces.add(array.slice(at, count));
      at += count;
    }
    return pieces;
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void columnsAreDictionaryEncodedAndDecoded(Path path) throws IOException {
    try (Table table = Samples.read(path)) {
      for (RecordBatch batch : table.batches()) {
        for (int i = 0; i < batch.columnCount(); i++) {
          ColumnData column = batch.column(i).data();
          boolean isEncoded = column.field().dictionary() != null;
          ColumnData plain = isEncoded ? Dictionaries.decode(column) : column;
          ColumnData encoded = Dictionaries.encode(plain, ENCODING);
          assertEquals(shown(column), shown(plain));
          assertEquals(shown(column), shown(encoded));
          assertEquals(shown(column), shown(Dictionaries.decode(encoded)));
        }
      }
    }
  }

  private static List<String> shown(ColumnData array) {
    Column column = Columns.of(array, new Lease("test"), "c");
    List<String> rows = new ArrayList<>();
    for (long row = 0; row < column.length(); row++) {
      rows.add(column.text(row));
    }
    return rows;
  }
}
