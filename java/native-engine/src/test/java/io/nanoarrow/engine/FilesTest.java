package io.nanoarrow.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.MemoryStats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FilesTest {
  enum Kind {
    MAPPED,
    READ,
    DIRECT,
    HEAP,
    CHANNEL;

    FileReader open(byte[] bytes, Path folder) throws IOException {
      Input input =
          switch (this) {
            case MAPPED, READ -> new Input.PathInput(InputKind.file(bytes, folder));
            case DIRECT -> new Input.BufferInput(InputKind.direct(bytes));
            case HEAP -> new Input.BufferInput(ByteBuffer.wrap(bytes));
            case CHANNEL ->
                new Input.FileChannelInput(FileChannel.open(InputKind.file(bytes, folder)), true);
          };
      return ArrowIpc.openFile(
          input, InputKind.OPTIONS.toBuilder().memoryMap(this != READ).build());
    }
  }

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void batchesAreReadInAnyOrder(Kind kind) throws IOException {
    List<RecordBatch> expected = TestStreams.batches(7, 30);
    try (FileReader file = kind.open(TestStreams.file(7, 30), folder)) {
      assertEquals(7, file.batchCount());
      assertEquals(210, file.rowCount());
      for (int i : new int[] {6, 0, 3, 3, 5, 1}) {
        try (RecordBatch batch = file.batch(i)) {
          assertEquals(expected.get(i), batch);
        }
      }
      assertThrows(IndexOutOfBoundsException.class, () -> file.batch(7));
    }
    expected.forEach(RecordBatch::close);
  }

  @ParameterizedTest
  @EnumSource
  void threadsReadAtOnce(Kind kind) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (FileReader file = kind.open(TestStreams.file(50, 40), folder)) {
      List<Future<Long>> sums =
          IntStream.range(0, 8)
              .mapToObj(
                  t ->
                      threads.submit(
                          () -> {
                            long sum = 0;
                            for (int i = 0; i < 50; i++) {
                              try (RecordBatch batch = file.batch((i * 7 + t) % 50)) {
                                for (int row = 0; row < 40; row++) {
                                  sum += batch.column(0).asLong().getLong(row);
                                }
                              }
                            }
                            return sum;
                          }))
              .toList();
      for (Future<Long> sum : sums) {
        assertEquals(2000L * 1999 / 2, sum.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTruncationIsRefused(Kind kind) throws IOException {
    byte[] whole = TestStreams.file(2, 3);
    for (int size = 0; size < whole.length; size += size < 16 ? 1 : 9) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThrows(ArrowFormatException.class, () -> kind.open(cut, folder).close());
    }
  }

  @Test
  void mappedAndDirectFilesAreNotCopied() throws IOException {
    byte[] bytes = TestStreams.file(5, 1000);
    for (Kind kind : List.of(Kind.MAPPED, Kind.DIRECT)) {
      long before = MemoryStats.bodyBytesAllocated();
      try (FileReader file = kind.open(bytes, folder)) {
        file.forEachBatch(batch -> batch.column(1).asUtf8().getString(0));
      }
      assertEquals(before, MemoryStats.bodyBytesAllocated());
    }
  }

  @Test
  void batchesOutliveTheFile() throws IOException {
    for (Kind kind : Kind.values()) {
      RecordBatch batch;
      try (FileReader file = kind.open(TestStreams.file(3, 10), folder)) {
        batch = file.batch(1);
      }
      try (RecordBatch open = batch) {
        assertEquals(19, open.column(0).asLong().getLong(9));
      }
    }
  }

  @Test
  void aStreamHasNoRandomAccess() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            ArrowIpc.openFile(
                new Input.StreamInput(new ByteArrayInputStream(new byte[9]), false),
                InputKind.OPTIONS));
  }

  @Test
  void closingWhileOthersReadIsSafe() throws Exception {
    byte[] bytes = TestStreams.file(50, 40);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        NativeFile file =
            new NativeFile(new Input.PathInput(InputKind.file(bytes, folder)), InputKind.OPTIONS);
        List<Future<?>> readers =
            IntStream.range(0, 4)
                .<Future<?>>mapToObj(
                    t ->
                        threads.submit(
                            () -> {
                              for (int i = 0; i < 50; i++) {
                                file.batch(i).release();
                              }
                              return null;
                            }))
                .toList();
        file.close();
        for (Future<?> reader : readers) {
          try {
            reader.get();
          } catch (java.util.concurrent.ExecutionException e) {
            assertTrue(e.getCause() instanceof IllegalStateException, () -> e.toString());
          }
        }
      }
    } finally {
      threads.shutdown();
    }
  }
}
