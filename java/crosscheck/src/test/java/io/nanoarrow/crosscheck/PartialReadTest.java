package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.MemoryStats;
import io.nanoarrow.testing.CountingChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not asked for is not read from files, and not kept of streams. */
class PartialReadTest {
  private static final int BATCHES = 3;
  private static final int ROWS = 50_000;
  private static final long COLUMN_BYTES = 8L * ROWS;
  private static final String[] COLUMNS = {"a", "d1", "b", "d2", "c"};

  /** Footer, metadata of all messages, and the pages that ranges share. */
  private static final long REST_BYTES = 100_000;

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  private static ReadOptions options(String engine, String... columns) {
    return ReadOptions.builder().engine(engine).memoryMap(false).columns(columns).build();
  }

  private Path file() throws IOException {
    return LargeInput.write(folder.resolve("large.arrow"), true, BATCHES, ROWS, COLUMNS);
  }

  private byte[] stream() throws IOException {
    Path path = folder.resolve("large.arrows");
    return Files.readAllBytes(LargeInput.write(path, false, BATCHES, ROWS, COLUMNS));
  }

  private static long last(RecordBatch batch, String column) {
    return batch.column(column).asLong().getLong(ROWS - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void ofAFileOnlyTheColumnsAskedForAreRead(String engine) throws IOException {
    try (CountingChannel channel = new CountingChannel(file());
        FileReader reader = ArrowIpc.openFile(channel, options(engine, "b", "c"))) {
      for (int b = BATCHES - 1; b >= 0; b--) {
        try (RecordBatch batch = reader.batch(b)) {
          assertEquals(LargeInput.lastValue(b, 2), last(batch, "b"));
          assertEquals(LargeInput.lastValue(b, 4), last(batch, "c"));
        }
      }
      long read = channel.takeCount();
      assertTrue(read >= 2 * BATCHES * COLUMN_BYTES, () -> read + " bytes");
      assertTrue(read < 2 * BATCHES * COLUMN_BYTES + REST_BYTES, () -> read + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void onlyTheDictionariesOfColumnsAskedForAreRead(String engine) throws IOException {
    try (CountingChannel channel = new CountingChannel(file());
        FileReader reader = ArrowIpc.openFile(channel, options(engine, "d2"))) {
      try (RecordBatch batch = reader.batch(1)) {
        assertEquals(0L, batch.column(0).getObject(ROWS - 1));
      }
      long read = channel.takeCount();
      assertTrue(read >= 2 * COLUMN_BYTES, () -> read + " bytes");
      assertTrue(read < 2 * COLUMN_BYTES + REST_BYTES, () -> read + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void rowsAreCountedWithoutAnyBody(String engine) throws IOException {
    ReadOptions all = ReadOptions.builder().engine(engine).build();
    try (CountingChannel channel = new CountingChannel(file());
        FileReader reader = ArrowIpc.openFile(channel, all)) {
      assertEquals((long) BATCHES * ROWS, reader.rowCount());
      long read = channel.takeCount();
      assertTrue(read < REST_BYTES, () -> read + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void ofAStreamInAFileTheRestIsPassedOver(String engine) throws IOException {
    Path path = LargeInput.write(folder.resolve("s"), false, BATCHES, ROWS, COLUMNS);
    try (CountingChannel channel = new CountingChannel(path);
        StreamReader reader =
            ArrowIpc.openStream(new Input.FileChannelInput(channel, false), options(engine, "b"))) {
      for (int b = 0; b < BATCHES; b++) {
        try (RecordBatch batch = reader.next()) {
          assertEquals(LargeInput.lastValue(b, 2), last(batch, "b"));
        }
      }
      assertEquals(null, reader.next());
      // The native engine reads a block of 1 MiB ahead of each message.
      long limit = BATCHES * COLUMN_BYTES + (engine.equals("native") ? 5L << 20 : REST_BYTES);
      long read = channel.takeCount();
      assertTrue(read < limit, () -> read + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void ofABlockingStreamTheRestIsNotKept(String engine) throws IOException {
    InputStream in = new ByteArrayInputStream(stream());
    long before = MemoryStats.bodyBytesAllocated();
    try (StreamReader reader = ArrowIpc.openStream(in, options(engine, "c"))) {
      for (int b = 0; b < BATCHES; b++) {
        try (RecordBatch batch = reader.next()) {
          assertEquals(LargeInput.lastValue(b, 4), last(batch, "c"));
        }
      }
      assertEquals(null, reader.next());
    }
    long kept = MemoryStats.bodyBytesAllocated() - before;
    assertTrue(kept < BATCHES * COLUMN_BYTES + (2L << 20), () -> kept + " bytes");
    assertEquals(-1, in.read());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aStreamOfAnySizeTakesTheMemoryOfItsBatches(String engine) throws IOException {
    int batches = 50;
    int rows = 1_250_000; // 10 MB a batch, 500 MB in all.
    Path path = LargeInput.write(folder.resolve("s"), false, batches, rows, "a");
    ReadOptions options = ReadOptions.builder().engine(engine).build();
    try (InputStream in = Files.newInputStream(path);
        StreamReader reader = ArrowIpc.openStream(in, options)) {
      RecordBatch before = reader.next();
      for (int b = 1; b < batches; b++) {
        try (RecordBatch batch = reader.next()) {
          assertEquals(LargeInput.lastValue(b, 0), batch.column(0).asLong().getLong(rows - 1));
          long live = MemoryStats.liveBytes();
          assertTrue(live < 2 * 8L * rows + (8L << 20), () -> live + " bytes");
        }
      }
      before.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aStreamThatEndsInWhatIsPassedOverIsTruncated(String engine) throws IOException {
    byte[] whole = stream();
    for (int cut : new int[] {9, 100, (int) COLUMN_BYTES, (int) COLUMN_BYTES * 2 + 5}) {
      byte[] bytes = Arrays.copyOf(whole, whole.length - cut);
      try (StreamReader reader =
          ArrowIpc.openStream(new ByteArrayInputStream(bytes), options(engine, "a"))) {
        reader.next().close();
        reader.next().close();
        ArrowFormatException thrown =
            assertThrows(ArrowFormatException.class, () -> reader.next().close());
        assertEquals(ErrorKind.TRUNCATED, thrown.kind());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aFileCutWhileItIsReadIsTruncated(String engine) throws IOException {
    for (ReadOptions options :
        new ReadOptions[] {
          options(engine, "c"), ReadOptions.builder().engine(engine).memoryMap(false).build()
        }) {
      Path path = file();
      try (FileReader reader = ArrowIpc.openFile(path, options)) {
        reader.batch(0).close();
        try (RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
          other.setLength(other.length() - 3 * COLUMN_BYTES);
        }
        ArrowFormatException thrown =
            assertThrows(ArrowFormatException.class, () -> reader.batch(BATCHES - 1).close());
        assertEquals(ErrorKind.TRUNCATED, thrown.kind());
        reader.batch(0).close();
      }
      Files.delete(path);
    }
  }
}
