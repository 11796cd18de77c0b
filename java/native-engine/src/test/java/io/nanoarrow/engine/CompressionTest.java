package io.nanoarrow.engine;

import static io.nanoarrow.engine.EncodedInputs.bytes;
import static io.nanoarrow.engine.EncodedInputs.shared;
import static io.nanoarrow.engine.EncodedInputs.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.column.DoubleColumn;
import io.nanoarrow.column.LongColumn;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final long LARGE_BYTES = 2L * 70_000 * 8;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void streamsAreDecompressed(InputKind kind) throws IOException {
    try (StreamReader reader = kind.open(bytes("shared.zstd.arrows"), folder)) {
      for (int k = 0; k < 50; k++) {
        try (RecordBatch batch = reader.next()) {
          assertEquals(40L * k + 39, batch.column("n").asLong().getLong(39));
          assertEquals(shared(k), values(batch, "w"));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesAreDecompressed(FilesTest.Kind kind) throws IOException {
    for (String name : List.of("shared.lz4.arrow", "shared.zstd.arrow")) {
      try (FileReader file = kind.open(bytes(name), folder)) {
        for (int k = 49; k >= 0; k -= 7) {
          try (RecordBatch batch = file.batch(k)) {
            assertEquals(40L * k, batch.column("n").asLong().getLong(0));
            assertEquals(shared(k), values(batch, "w"));
          }
        }
      }
    }
  }

  @Test
  void roomIsUsedAgainOnceABatchIsClosed() throws IOException {
    byte[] bytes = bytes("shared.zstd.arrows");
    try (StreamReader reader = InputKind.MAPPED_PATH.open(bytes, folder)) {
      reader.next().close();
      long live = MemoryStats.liveBytes();
      long allocated = MemoryStats.bodyBytesAllocated();
      reader.forEachBatch(batch -> batch.column("n").asLong().getLong(0));
      assertTrue(MemoryStats.bodyBytesAllocated() - allocated >= 49 * 40 * 12);
      assertEquals(live, MemoryStats.liveBytes());
    }
  }

  @Test
  void batchesKeepTheirRoom() throws IOException {
    long live = MemoryStats.liveBytes();
    RecordBatch first;
    try (StreamReader reader = InputKind.STREAM.open(bytes("shared.zstd.arrows"), folder)) {
      first = reader.next();
      reader.forEachBatch(batch -> {});
    }
    assertEquals(shared(0), values(first, "w"));
    first.close();
    assertEquals(live, MemoryStats.liveBytes());
  }

  private static void checkLarge(RecordBatch batch) {
    LongColumn a = batch.column("a").asLong();
    DoubleColumn b = batch.column("b").asDouble();
    for (int row = 0; row < 70_000; row++) {
      assertEquals(row / 1000, a.getLong(row));
      assertEquals(row / 1000, b.getDouble(row));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void largeBodiesAreTheSameWithAndWithoutThreads(boolean threads) throws IOException {
    ReadOptions options = InputKind.OPTIONS.toBuilder().useThreads(threads).build();
    try (StreamReader reader =
        InputKind.HEAP_BUFFER.open(bytes("large.lz4.arrows"), folder, options)) {
      reader.forEachBatch(CompressionTest::checkLarge);
      assertEquals(1, reader.stats().recordBatches());
    }
    Input input = new Input.BufferInput(ByteBuffer.wrap(bytes("large.zstd.arrow")));
    try (FileReader file = ArrowIpc.openFile(input, options);
        RecordBatch batch = file.batch(0)) {
      checkLarge(batch);
    }
  }

  @Test
  void decompressedBytesAreLimited() throws IOException {
    byte[] bytes = bytes("large.lz4.arrows");
    ReadOptions enough = InputKind.OPTIONS.toBuilder().maxDecompressedBytes(LARGE_BYTES).build();
    try (StreamReader reader = InputKind.HEAP_BUFFER.open(bytes, folder, enough)) {
      reader.next().close();
    }
    ReadOptions tooFew =
        InputKind.OPTIONS.toBuilder().maxDecompressedBytes(LARGE_BYTES - 1).build();
    long allocated = MemoryStats.bodyBytesAllocated();
    try (StreamReader reader = InputKind.DIRECT_BUFFER.open(bytes, folder, tooFew)) {
      ArrowFormatException e = assertThrows(ArrowFormatException.class, reader::next);
      assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
      assertEquals(allocated, MemoryStats.bodyBytesAllocated());
    }
  }
}
