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
import io.nanoarrow.column.Column;
import io.nanoarrow.column.RawColumn;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that both engines take alike: byte order, embedded files, budgets. */
class ReadOptionsTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
  private static final int ROWS = 20;

  @TempDir Path folder;

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  private static ReadOptions.Builder options(String engine) {
    return ReadOptions.builder().engine(engine);
  }

  private ByteBuffer input(boolean asFile, boolean isBigEndian, String... columns)
      throws IOException {
    Path path = folder.resolve("input");
    LargeInput.write(path, asFile, isBigEndian, 2, ROWS, columns);
    byte[] bytes = Files.readAllBytes(path);
    Files.delete(path);
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void bigEndianNumbersAreSwappedUnlessToldNotTo(String engine) throws IOException {
    for (boolean asFile : new boolean[] {false, true}) {
      ByteBuffer bytes = input(asFile, true, "a", "b");
      try (BatchReader reader = ArrowIpc.open(bytes, options(engine).build());
          RecordBatch batch = reader.next()) {
        assertEquals(ByteOrder.LITTLE_ENDIAN, reader.schema().byteOrder());
        assertEquals(
            Long.reverseBytes(LargeInput.lastValue(0, 1)),
            batch.column("b").asLong().getLong(ROWS - 1));
      }
      ReadOptions raw = options(engine).ensureNativeByteOrder(false).columns("b").build();
      try (BatchReader reader = ArrowIpc.open(bytes, raw);
          RecordBatch batch = reader.next()) {
        assertEquals(ByteOrder.BIG_ENDIAN, reader.schema().byteOrder());
        assertTrue(reader.schema().toString().contains("big-endian"));
        Column column = batch.column("b");
        assertTrue(column instanceof RawColumn);
        assertFalse(column.isNull(0));
        assertEquals(0, column.nullCount());
        assertEquals(
            LargeInput.lastValue(0, 1), column.data().buffers().get(0).getLong(8 * ROWS - 8));
        assertThrows(IllegalStateException.class, () -> column.getObject(0));
        assertThrows(IllegalStateException.class, column::asLong);
        assertThrows(IllegalStateException.class, () -> batch.exportBatch(8, 0));
        assertThrows(IllegalStateException.class, () -> ArrowIpc.recordBatchSize(batch));
        assertTrue(batch.toString().contains("<big-endian>"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void whatStaysBigEndianIsNotValidatedAsIfItWereNot(String engine) throws IOException {
    ByteBuffer bytes = input(true, true, "a");
    ReadOptions.Builder options =
        options(engine).ensureNativeByteOrder(false).validation(ValidationLevel.FULL);
    assertThrows(
        IllegalArgumentException.class, () -> ArrowIpc.open(bytes, options.build()).close());
    try (BatchReader reader = ArrowIpc.open(input(true, false, "a"), options.build());
        RecordBatch batch = reader.next()) {
      assertEquals(ByteOrder.LITTLE_ENDIAN, batch.schema().byteOrder());
      assertEquals(1, batch.column(0).asLong().getLong(ROWS - 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aFileMayEndBeforeItsInput(String engine) throws IOException {
    ByteBuffer file = input(true, false, "a");
    Path path = folder.resolve("embedded");
    byte[] all = new byte[file.remaining() + 77];
    file.get(all, 0, file.remaining());
    Files.write(path, all);
    ReadOptions options = options(engine).footerOffset(all.length - 77).build();
    for (int way = 0; way < 4; way++) {
      try (FileChannel channel = FileChannel.open(path);
          BatchReader reader =
              switch (way) {
                case 0 -> ArrowIpc.open(path, options);
                case 1 -> ArrowIpc.open(path, options.toBuilder().memoryMap(false).build());
                case 2 -> ArrowIpc.open(ByteBuffer.wrap(all), options);
                default -> ArrowIpc.openFile(channel, options);
              };
          RecordBatch batch = ((FileReader) reader).batch(1)) {
        assertEquals(LargeInput.lastValue(1, 0), batch.column(0).asLong().getLong(ROWS - 1));
      }
    }
    ReadOptions wrong = options(engine).footerOffset(all.length - 76).build();
    ArrowFormatException thrown =
        assertThrows(ArrowFormatException.class, () -> ArrowIpc.open(path, wrong).close());
    assertEquals(ErrorKind.TRUNCATED, thrown.kind());
    ReadOptions beyond = options(engine).footerOffset(all.length + 1).build();
    assertThrows(IllegalArgumentException.class, () -> ArrowIpc.open(path, beyond).close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aFileMayBeginBehindOtherBytes(String engine) throws IOException {
    ByteBuffer file = input(true, false, "a");
    file.put(0, (byte) 'x'); // The opening magic is elsewhere, or nowhere.
    assertThrows(
        ArrowFormatException.class, () -> ArrowIpc.openFile(file, options(engine).build()).close());
    ReadOptions options = options(engine).footerOffset(file.remaining()).build();
    try (BatchReader reader = ArrowIpc.open(file, options)) {
      assertEquals(2 * ROWS, ((FileReader) reader).rowCount());
    }
  }

  private static ErrorKind refusal(Path path, ReadOptions options) {
    return assertThrows(
            ArrowFormatException.class,
            () -> {
              try (BatchReader reader = ArrowIpc.open(path, options);
                  Table table = reader.readAll()) {
                table.rowCount();
              }
            })
        .kind();
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void theBudgetOfDecompressedBytesHoldsForAllBatchesTogether(String engine) throws IOException {
    Path zeros = LargeInput.writeZeros(folder.resolve("zeros"), 1 << 17, 1 << 17, 1 << 17);
    long two = 2 << 20;
    try (BatchReader reader =
        ArrowIpc.open(zeros, options(engine).maxDecompressedBytesTotal(two).build())) {
      reader.next().close();
      reader.next().close();
      ArrowFormatException thrown =
          assertThrows(ArrowFormatException.class, () -> reader.next().close());
      assertEquals(ErrorKind.LIMIT_EXCEEDED, thrown.kind());
    }
    try (BatchReader reader =
            ArrowIpc.open(zeros, options(engine).maxDecompressedBytesTotal(two + 2 * two).build());
        Table table = reader.readAll()) {
      assertEquals(3 << 17, table.rowCount());
    }
    Path file = ROOT.resolve("examples/data/readings.lz4.arrow");
    assertEquals(
        ErrorKind.LIMIT_EXCEEDED,
        refusal(file, options(engine).maxDecompressedBytesTotal(1000).build()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void theRatioOfDecompressionIsLimited(String engine) throws IOException {
    Path path = LargeInput.writeZeros(folder.resolve("zeros"), 1 << 17, 1 << 19);
    for (long ratio : new long[] {1000, 10_000_000}) {
      ReadOptions options = options(engine).maxDecompressionRatio(ratio).build();
      try (StreamReader reader = ArrowIpc.openStream(path, options)) {
        reader.next().close(); // 1 MiB of zeros, which any ratio allows.
        if (ratio == 1000) {
          ArrowFormatException thrown =
              assertThrows(ArrowFormatException.class, () -> reader.next().close());
          assertEquals(ErrorKind.LIMIT_EXCEEDED, thrown.kind());
        } else {
          try (RecordBatch zeros = reader.next()) {
            assertEquals(0, zeros.column(0).asLong().getLong((1 << 19) - 1));
          }
        }
      }
    }
  }
}
