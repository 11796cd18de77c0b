package io.nanoarrow.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.column.LongColumn;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifetimesTest {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  @TempDir Path folder;

  private static ArrowBuffer numbers(RecordBatch batch) {
    return batch.column("n").data().buffers().get(0);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited too long");
      System.gc();
      Thread.sleep(10);
    }
  }

  @Test
  void aMappedFileIsLetGoWithTheLastBatch() throws IOException {
    long before = MemoryStats.liveBytes();
    RecordBatch batch;
    try (StreamReader reader = InputKind.MAPPED_PATH.open(TestStreams.stream(3, 10), folder)) {
      batch = reader.next();
    }
    ArrowBuffer numbers = numbers(batch);
    assertEquals(9, numbers.getLong(72));
    batch.close();
    assertEquals(before, MemoryStats.liveBytes());
    assertEquals(0, numbers.getLong(72), "the range reads as zeros");
  }

  @ParameterizedTest
  @EnumSource
  void aByteBufferKeepsTheContent(InputKind kind) throws Exception {
    ByteBuffer kept;
    try (StreamReader reader = kind.open(TestStreams.stream(500, 1000), folder)) {
      try (RecordBatch batch = reader.next()) {
        kept = numbers(batch).asByteBuffer();
      }
      reader.forEachBatch(batch -> {}); // recycles blocks
    }
    System.gc();
    for (int i = 0; i < 1000; i++) {
      assertEquals(i, kept.getLong(8 * i));
    }
    kept = null;
  }

  @ParameterizedTest
  @EnumSource(names = {"MAPPED_PATH", "STREAM", "HEAP_BUFFER", "READ_PATH"})
  void forgottenReadersAndBatchesAreFreed(InputKind kind) throws Exception {
    long bytes = MemoryStats.liveBytes();
    forget(kind);
    await(() -> MemoryStats.liveBytes() == bytes);
  }

  /** Below the front door, whose handles would count as leaked. */
  private void forget(InputKind kind) throws IOException {
    byte[] stream = TestStreams.stream(5, 100);
    Input input =
        switch (kind) {
          case STREAM -> new Input.StreamInput(new java.io.ByteArrayInputStream(stream), false);
          case HEAP_BUFFER -> new Input.BufferInput(ByteBuffer.wrap(stream));
          default -> new Input.PathInput(InputKind.file(stream, folder));
        };
    ReadOptions options = ReadOptions.builder().memoryMap(kind == InputKind.MAPPED_PATH).build();
    NativeStream reader = new NativeStream(input, options);
    assertNotNull(reader.next().column(0).buffers().get(0));
    assertNotNull(reader.next());
  }

  @Test
  void gettersThatRaceWithCloseNeverCrash() throws Exception {
    byte[] stream = TestStreams.stream(4, 1000);
    for (InputKind kind :
        List.of(
            InputKind.MAPPED_PATH,
            InputKind.STREAM,
            InputKind.HEAP_BUFFER,
            InputKind.DIRECT_BUFFER)) {
      race(kind, stream, 60);
    }
  }

  private void race(InputKind kind, byte[] stream, int rounds) throws Exception {
    AtomicReference<RecordBatch> shared = new AtomicReference<>();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicLong reads = new AtomicLong();
    CyclicBarrier barrier = new CyclicBarrier(9);
    List<Thread> getters = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Thread getter =
          new Thread(
              () -> {
                for (int round = 0; round < rounds; round++) {
                  meet(barrier);
                  try {
                    readUntilClosed(shared.get(), reads);
                  } catch (Throwable e) {
                    failure.compareAndSet(null, e);
                  }
                  meet(barrier);
                }
              });
      getter.start();
      getters.add(getter);
    }
    for (int round = 0; round < rounds; round++) {
      try (StreamReader reader = kind.open(stream, folder)) {
        shared.set(reader.next());
      }
      meet(barrier);
      Thread.sleep(round % 3);
      shared.get().close();
      meet(barrier);
    }
    for (Thread getter : getters) {
      getter.join();
    }
    if (failure.get() != null) {
      throw new AssertionError(kind.name(), failure.get());
    }
    assertTrue(reads.get() > 0);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** What a getter gives then is not said; what it throws is. */
  private static void readUntilClosed(RecordBatch batch, AtomicLong reads) {
    long sum = 0;
    try {
      LongColumn numbers = batch.column("n").asLong();
      while (true) {
        for (int row = 0; row < 1000; row++) {
          sum += numbers.getLong(row);
        }
        sum +=
            String.valueOf(batch.column("s").asUtf8().getString((sum & 1) == 0 ? 0 : 3)).length();
        reads.incrementAndGet();
      }
    } catch (IllegalStateException
        | IndexOutOfBoundsException
        | IllegalArgumentException
        | io.nanoarrow.error.ArrowFormatException closed) {
      reads.addAndGet(sum == 0 ? 0 : 1);
    }
  }

  @Test
  void closingUnderARunningNextIsSafe() throws Exception {
    byte[] stream = TestStreams.stream(200, 50);
    for (int round = 0; round < 30; round++) {
      NativeStream reader =
          new NativeStream(
              new Input.PathInput(InputKind.file(stream, folder)), ReadOptions.DEFAULT);
      CountDownLatch started = new CountDownLatch(1);
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread running =
          new Thread(
              () -> {
                try {
                  started.countDown();
                  for (var batch = reader.next(); batch != null; batch = reader.next()) {
                    batch.release();
                  }
                } catch (IllegalStateException e) {
                  thrown.set(e);
                } catch (Throwable e) {
                  thrown.set(new AssertionError(e));
                }
              });
      running.start();
      started.await();
      reader.close();
      running.join();
      assertTrue(
          thrown.get() == null || thrown.get() instanceof IllegalStateException,
          () -> String.valueOf(thrown.get()));
    }
  }

  @Test
  void closeReturnsWhileNextWaitsForInput() throws Exception {
    byte[] stream = TestStreams.stream(1, 10);
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    java.io.InputStream in =
        new java.io.ByteArrayInputStream(stream) {
          @Override
          public synchronized int read(byte[] target, int offset, int length) {
            if (pos > 400) {
              reading.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            }
            return super.read(target, offset, length);
          }
        };
    NativeStream reader = new NativeStream(new Input.StreamInput(in, false), ReadOptions.DEFAULT);
    AtomicReference<Object> result = new AtomicReference<>();
    Thread running =
        new Thread(
            () -> {
              try {
                var batch = reader.next();
                result.set(batch);
                batch.release();
              } catch (Throwable t) {
                result.set(t);
              }
            });
    running.start();
    reading.await();
    reader.close();
    goOn.countDown();
    running.join();
    assertTrue(result.get() instanceof NativeBatch, () -> String.valueOf(result.get()));
    assertThrows(IllegalStateException.class, reader::next);
  }

  @Test
  void batchesAreUsedWhileTheCollectorRuns() throws Exception {
    byte[] stream = TestStreams.stream(300, 100);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread collector =
        new Thread(
            () -> {
              while (failure.get() == null && !Thread.interrupted()) {
                System.gc();
              }
            });
    collector.start();
    try {
      for (int i = 0; i < 10; i++) {
        long sum = 0;
        try (StreamReader reader = InputKind.STREAM.open(stream, folder)) {
          for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
            try (RecordBatch open = batch) {
              sum += numbers(open).asByteBuffer().getLong(0);
            }
          }
        }
        assertEquals(100L * 299 * 300 / 2, sum);
      }
    } finally {
      collector.interrupt();
      collector.join();
    }
  }

  @Test
  void useAfterCloseIsRefused() throws IOException {
    StreamReader reader = InputKind.STREAM.open(TestStreams.stream(2, 10), folder);
    RecordBatch batch = reader.next();
    LongColumn numbers = batch.column("n").asLong();
    batch.close();
    batch.close();
    assertThrows(IllegalStateException.class, () -> numbers.getLong(0));
    assertThrows(IllegalStateException.class, batch::retain);
    reader.close();
    reader.close();
    assertThrows(IllegalStateException.class, reader::next);
    assertEquals(1, reader.stats().recordBatches());
  }
}
