package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.StructColumn;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are read alone are what they are among the others, in both engines. */
class ProjectionTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));

  /** The one file there that is no valid stream. */
  private static final String REFUSED = "no-metadata-value.arrows";

  static List<Path> inputs() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String folder : List.of("examples/data", "testdata/crosscheck")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> !file.endsWith(REFUSED)).sorted().forEach(paths::add);
      }
    }
    return paths;
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  private static ReadOptions.Builder options(String engine) {
    return ReadOptions.builder().engine(engine);
  }

  private static String shown(Column column) {
    StringBuilder rows = new StringBuilder();
    for (long row = 0; row < column.length(); row++) {
      rows.append(column.text(row)).append('\n');
    }
    return rows.toString();
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void eachColumnIsTheSameAlone(Path path) throws IOException {
    for (String engine : List.of("native", "pure")) {
      try (BatchReader all = ArrowIpc.open(path, options(engine).build());
          Table table = all.readAll()) {
        for (int i = 0; i < all.schema().fields().size(); i++) {
          ReadOptions one = options(engine).columnIndices(i).build();
          try (BatchReader reader = ArrowIpc.open(path, one);
              Table alone = reader.readAll()) {
            assertEquals(List.of(all.schema().fields().get(i)), reader.schema().fields());
            assertEquals(table.batches().size(), alone.batches().size());
            for (int b = 0; b < table.batches().size(); b++) {
              RecordBatch whole = table.batches().get(b);
              RecordBatch part = alone.batches().get(b);
              assertEquals(whole.rowCount(), part.rowCount());
              assertEquals(shown(whole.column(i)), shown(part.column(0)), engine + " column " + i);
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void eachChildOfAStructIsTheSameAlone(Path path) throws IOException {
    for (String engine : List.of("native", "pure")) {
      try (BatchReader all = ArrowIpc.open(path, options(engine).build());
          Table table = all.readAll()) {
        List<Field> fields = all.schema().fields();
        for (int i = 0; i < fields.size(); i++) {
          boolean isStruct = fields.get(i).type().toString().equals("struct");
          for (Field child : isStruct ? fields.get(i).children() : List.<Field>of()) {
            String name = fields.get(i).name() + "." + child.name();
            ReadOptions one = options(engine).columns(name).build();
            try (BatchReader reader = ArrowIpc.open(path, one);
                Table alone = reader.readAll()) {
              assertEquals(List.of(child), reader.schema().fields().get(0).children());
              for (int b = 0; b < table.batches().size(); b++) {
                StructColumn part = (StructColumn) alone.batches().get(b).column(0);
                assertEquals(shown(table.batches().get(b).column(name)), shown(part.child(0)));
              }
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void theOrderIsTheInputs(String engine) throws IOException {
    Path path = ROOT.resolve("examples/data/weather.arrow");
    Schema full = ArrowIpc.readSchema(path, options(engine).build());
    int last = full.fields().size() - 1;
    ReadOptions some =
        options(engine).columns(full.fields().get(1).name()).columnIndices(last, 0).build();
    Schema part = ArrowIpc.readSchema(path, some);
    assertEquals(Stream.of(0, 1, last).map(full.fields()::get).toList(), part.fields());
    assertEquals(full.metadata(), part.metadata());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void noColumnsLeavesTheRows(String engine) throws IOException {
    Path path = ROOT.resolve("examples/data/readings.lz4.arrow");
    try (BatchReader all = ArrowIpc.open(path, options(engine).build());
        Table table = all.readAll();
        BatchReader none = ArrowIpc.open(path, options(engine).columns().build());
        Table rows = none.readAll()) {
      assertEquals(table.rowCount(), rows.rowCount());
      assertEquals(0, none.schema().fields().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aColumnThatIsNotThereIsNamedWithThoseThatAre(String engine) {
    Path path = ROOT.resolve("examples/data/weather.arrow");
    for (ReadOptions wrong :
        Arrays.asList(
            options(engine).columns("no such").build(),
            options(engine).columnIndices(-1).build(),
            options(engine).columnIndices(1000).build())) {
      Exception thrown =
          assertThrows(IllegalArgumentException.class, () -> ArrowIpc.open(path, wrong));
      assertTrue(thrown.getMessage().contains("there are"), thrown.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void onlyWhatIsAskedForIsDecompressed(String engine) throws IOException {
    Path path = ROOT.resolve("examples/data/readings.zstd.arrows");
    long[] allocated = new long[2];
    for (int i = 0; i < 2; i++) {
      ReadOptions chosen = i == 0 ? options(engine).build() : options(engine).columns().build();
      long before = MemoryStats.bodyBytesAllocated();
      try (BatchReader reader = ArrowIpc.open(path, chosen);
          Table table = reader.readAll()) {
        for (RecordBatch batch : table.batches()) {
          for (int c = 0; c < batch.columnCount(); c++) {
            shown(batch.column(c));
          }
        }
      }
      allocated[i] = MemoryStats.bodyBytesAllocated() - before;
    }
    assertTrue(allocated[0] > 0);
    assertEquals(0, allocated[1]);
  }
}
