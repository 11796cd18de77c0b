package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Buffers above 2 GiB, bodies above 4 GiB: in sparse files, which take no room on disk. */
class HugeBodyTest {
  private static final long ROWS = 300_000_001;
  private static final String[] COLUMNS = {"a", "t1", "b", "t2"};

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  private Path input(boolean asFile) throws IOException {
    return LargeInput.write(folder.resolve("huge"), asFile, 2, ROWS, COLUMNS);
  }

  @ParameterizedTest
  @CsvSource({"native,true", "native,false", "pure,true", "pure,false"})
  void whatIsMappedIsReadWhereItLies(String engine, boolean asFile) throws IOException {
    ReadOptions options = ReadOptions.builder().engine(engine).build();
    long before = MemoryStats.bodyBytesAllocated();
    try (BatchReader reader = ArrowIpc.open(input(asFile), options)) {
      for (int b = 0; b < 2; b++) {
        try (RecordBatch batch = reader.next()) {
          assertEquals(ROWS, batch.rowCount());
          assertEquals(LargeInput.lastValue(b, 0), batch.column("a").asLong().getLong(ROWS - 1));
          assertEquals(LargeInput.lastValue(b, 2), batch.column("b").asLong().getLong(ROWS - 1));
          assertEquals(0, batch.column("b").asLong().getLong(ROWS - 2));
          assertTrue(batch.column("t2").asBoolean().getBoolean(ROWS - 1));
          try (RecordBatch last = batch.slice(ROWS - 1, 1)) {
            assertEquals(LargeInput.lastValue(b, 2), last.column("b").getObject(0));
          }
        }
      }
      assertEquals(null, reader.next());
    }
    assertEquals(before, MemoryStats.bodyBytesAllocated());
  }

  @ParameterizedTest
  @CsvSource({"native,true", "native,false", "pure,true", "pure,false"})
  void aSmallColumnOfAHugeBodyIsReadAlone(String engine, boolean asFile) throws IOException {
    ReadOptions options =
        ReadOptions.builder().engine(engine).memoryMap(false).columns("t2").build();
    long before = MemoryStats.bodyBytesAllocated();
    try (BatchReader reader = ArrowIpc.open(input(asFile), options)) {
      for (int b = 0; b < 2; b++) {
        try (RecordBatch batch = reader.next()) {
          assertTrue(batch.column(0).asBoolean().getBoolean(ROWS - 1));
          assertTrue(!batch.column(0).asBoolean().getBoolean(ROWS - 2));
        }
      }
      assertEquals(null, reader.next());
    }
    long read = MemoryStats.bodyBytesAllocated() - before;
    assertTrue(read < 2 * (ROWS / 8 + (4L << 20)), () -> read + " bytes");
  }

  @ParameterizedTest
  @CsvSource({"native", "pure"})
  void rowsAreCountedFromTheMetadata(String engine) throws IOException {
    ReadOptions options = ReadOptions.builder().engine(engine).memoryMap(false).build();
    try (FileReader reader = ArrowIpc.openFile(input(true), options)) {
      assertEquals(2 * ROWS, reader.rowCount());
    }
  }
}
