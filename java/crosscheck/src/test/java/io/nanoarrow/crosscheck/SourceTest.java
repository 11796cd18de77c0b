package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.FileReader;
import io.nanoarrow.FileWriter;
import io.nanoarrow.PrefetchedBatches;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.build.BatchBuilder;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Input;
import io.nanoarrow.spi.SeekableSource;
import io.nanoarrow.stats.MemoryStats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie somewhere else: the same batches, by few requests for few bytes. */
class SourceTest {
  private static final Path DATA =
      Path.of(System.getProperty("project.root", "../..")).resolve("examples/data");
  private static final int COLUMNS = 20;
  private static final int BATCHES = 8;
  private static final int ROWS = 10_000;
  private static final int COLUMN_BYTES = 8 * ROWS;

  private static byte[] large;

  /** Counts what is asked of it. */
  private static final class Counting implements SeekableSource {
    final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final byte[] bytes;
    private final int most;
    boolean isClosed;

    Counting(byte[] bytes, int most) {
      this.bytes = bytes;
      this.most = most;
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(long position, ByteBuffer target) {
      if (position >= bytes.length) {
        return -1;
      }
      int count = (int) Math.min(Math.min(target.remaining(), most), bytes.length - position);
      target.put(bytes, (int) position, count);
      sizes.add(count);
      return count;
    }

    long total() {
      return sizes.stream().mapToLong(Integer::longValue).sum();
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  @BeforeAll
  static void writeLarge() throws IOException {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < COLUMNS; i++) {
      fields.add(Field.of("c" + i, new ArrowType.Int(64, true)).withNullable(false));
    }
    Schema schema = new Schema(fields, Metadata.EMPTY);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BatchBuilder builder = BatchBuilder.of(schema);
        FileWriter writer =
            ArrowIpc.newFile(Channels.newChannel(out), schema, WriteOptions.DEFAULT)) {
      Object[] row = new Object[COLUMNS];
      for (int b = 0; b < BATCHES; b++) {
        for (int r = 0; r < ROWS; r++) {
          for (int c = 0; c < COLUMNS; c++) {
            row[c] = 1_000_000L * b + 100L * r + c;
          }
          builder.appendRow(row);
        }
        try (RecordBatch batch = builder.build()) {
          writer.write(batch);
        }
      }
    }
    large = out.toByteArray();
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  private static ReadOptions.Builder options(String engine) {
    return ReadOptions.builder().engine(engine);
  }

  private static List<String> batches(BatchReader reader) throws IOException {
    List<String> all = new ArrayList<>();
    reader.forEachBatch(
        batch -> {
          StringBuilder text = new StringBuilder();
          for (int i = 0; i < batch.columnCount(); i++) {
            for (long row = 0; row < batch.rowCount(); row++) {
              text.append(batch.column(i).text(row)).append(',');
            }
          }
          all.add(text.toString());
        });
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void batchesAreThoseOfTheFile(String engine) throws IOException {
    List<Path> paths;
    try (Stream<Path> files = Files.list(DATA)) {
      paths = files.filter(f -> f.toString().endsWith(".arrow")).sorted().toList();
    }
    for (Path path : paths) {
      byte[] bytes = Files.readAllBytes(path);
      try (FileReader wanted = ArrowIpc.openFile(path, options(engine).build())) {
        List<String> all = batches(wanted);
        for (int most : new int[] {Integer.MAX_VALUE, 100}) {
          Counting source = new Counting(bytes, most);
          try (FileReader reader = ArrowIpc.openFile(source, options(engine).build())) {
            assertEquals(all, batches(reader), path.toString());
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void oneColumnOfOneBatchIsAFewRequestsForItsBytes(String engine) throws IOException {
    Counting source = new Counting(large, Integer.MAX_VALUE);
    try (FileReader reader = ArrowIpc.openFile(source, options(engine).columns("c7").build())) {
      int opening = source.sizes.size();
      assertTrue(opening <= 2, opening + " requests to open");
      try (RecordBatch batch = reader.batch(5)) {
        assertEquals(5_000_000L + 100 * 42 + 7, batch.column(0).asLong().getLong(42));
      }
      assertTrue(source.sizes.size() <= opening + 2, source.sizes.toString());
    }
    long tail = 64 << 10;
    assertTrue(source.total() <= COLUMN_BYTES + tail + 8192, source.sizes.toString());
    assertTrue(source.total() * 50 < large.length, "more than 2% were read");
    assertFalse(source.isClosed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void rangesNearEachOtherAreOneRequest(String engine) throws IOException {
    int[] requests = new int[2];
    for (int i = 0; i < 2; i++) {
      Counting source = new Counting(large, Integer.MAX_VALUE);
      long hole = i == 0 ? COLUMN_BYTES - 1000 : COLUMN_BYTES + 1000;
      Input input = new Input.SourceInput(source, hole, Integer.MAX_VALUE, true);
      try (FileReader reader =
          ArrowIpc.openFile(input, options(engine).columns("c3", "c5").build())) {
        int before = source.sizes.size();
        try (RecordBatch batch = reader.batch(2)) {
          assertEquals(2_000_000L + 5, batch.column(1).asLong().getLong(0));
          assertEquals(
              2_000_000L + 3 + 100 * (ROWS - 1), batch.column(0).asLong().getLong(ROWS - 1));
        }
        requests[i] = source.sizes.size() - before;
      }
      assertTrue(source.isClosed);
    }
    assertEquals(requests[1] + 1, requests[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void noRequestForABatchIsLargerThanTheLimit(String engine) throws IOException {
    Counting source = new Counting(large, Integer.MAX_VALUE);
    Input input = new Input.SourceInput(source, 0, 10_000, false);
    try (FileReader reader = ArrowIpc.openFile(input, options(engine).build())) {
      int before = source.sizes.size();
      try (RecordBatch batch = reader.batch(0)) {
        assertEquals(19, batch.column(19).asLong().getLong(0));
      }
      List<Integer> sizes = source.sizes.subList(before, source.sizes.size());
      assertTrue(sizes.size() >= COLUMNS * COLUMN_BYTES / 10_000);
      assertTrue(sizes.stream().allMatch(size -> size <= 10_000), sizes.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aStreamIsReadFromItsStart(String engine) throws IOException {
    byte[] bytes = Files.readAllBytes(DATA.resolve("labels.arrows"));
    Input input = new Input.SourceInput(new Counting(bytes, 100));
    try (StreamReader reader = ArrowIpc.openStream(input, options(engine).build());
        StreamReader wanted =
            ArrowIpc.openStream(ByteBuffer.wrap(bytes), options(engine).build())) {
      assertEquals(batches(wanted), batches(reader));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void streamsInOneInputAreReadByOneReaderAfterTheOther(String engine) throws IOException {
    ByteArrayOutputStream several = new ByteArrayOutputStream();
    for (String name : List.of("labels.arrows", "weather.arrows", "readings.zstd.arrows")) {
      several.writeBytes(Files.readAllBytes(DATA.resolve(name)));
    }
    ByteArrayInputStream in = new ByteArrayInputStream(several.toByteArray());
    List<Integer> columns = new ArrayList<>();
    while (in.available() > 0) {
      try (StreamReader reader = ArrowIpc.openStream(in, options(engine).build())) {
        columns.add(reader.schema().fields().size());
        assertFalse(batches(reader).isEmpty());
      }
    }
    assertEquals(List.of(3, 5, 3), columns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void whatTheSourceThrowsReachesTheCaller(String engine) throws IOException {
    IOException failure = new IOException("no such object");
    SeekableSource broken =
        new SeekableSource() {
          @Override
          public long size() {
            return large.length;
          }

          @Override
          public int read(long position, ByteBuffer target) throws IOException {
            throw failure;
          }
        };
    assertSame(
        failure,
        assertThrows(IOException.class, () -> ArrowIpc.openFile(broken, options(engine).build())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void aSourceThatEndsEarlyIsTruncated(String engine) throws IOException {
    SeekableSource shorter =
        new SeekableSource() {
          @Override
          public long size() {
            return large.length;
          }

          @Override
          public int read(long position, ByteBuffer target) {
            boolean isCut = position > 1_000_000 && position < large.length - 70_000;
            return isCut ? -1 : new Counting(large, 1 << 20).read(position, target);
          }
        };
    try (FileReader reader = ArrowIpc.openFile(shorter, options(engine).build())) {
      assertThrows(ArrowFormatException.class, () -> reader.batch(3));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void batchesReadAheadComeInTheirOrder(String engine) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (FileReader reader =
        ArrowIpc.openFile(new Counting(large, 1 << 20), options(engine).columns("c1").build())) {
      try (PrefetchedBatches batches = reader.prefetch(threads, 3)) {
        for (int b = 0; b < BATCHES; b++) {
          try (RecordBatch batch = batches.next()) {
            assertEquals(1_000_000L * b + 1, batch.column(0).asLong().getLong(0));
          }
        }
        assertNull(batches.next());
      }
      PrefetchedBatches untaken = reader.prefetch(threads, 5);
      untaken.next().close();
      untaken.close();
      assertThrows(IllegalStateException.class, untaken::next);
    } finally {
      threads.shutdown();
      assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void noMoreIsReadAheadThanAskedFor(String engine) throws IOException {
    Deque<Runnable> tasks = new ArrayDeque<>();
    try (FileReader reader =
            ArrowIpc.openFile(new Counting(large, 1 << 20), options(engine).build());
        PrefetchedBatches batches = reader.prefetch(tasks::add, 2)) {
      assertEquals(2, tasks.size());
      tasks.poll().run();
      batches.next().close();
      assertEquals(2, tasks.size());
      assertThrows(IllegalArgumentException.class, () -> reader.prefetch(tasks::add, 0));
      tasks.poll().run();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void whatAReadAheadThrowsReachesTheCaller(String engine) throws IOException {
    IOException failure = new IOException("gone");
    Counting good = new Counting(large, 1 << 20);
    boolean[] isGone = new boolean[1];
    SeekableSource source =
        new SeekableSource() {
          @Override
          public long size() {
            return large.length;
          }

          @Override
          public int read(long position, ByteBuffer target) throws IOException {
            if (isGone[0]) {
              throw failure;
            }
            return good.read(position, target);
          }
        };
    try (FileReader reader = ArrowIpc.openFile(source, options(engine).build())) {
      isGone[0] = true;
      try (PrefetchedBatches batches = reader.prefetch(Runnable::run, 1)) {
        assertSame(failure, assertThrows(IOException.class, batches::next));
      }
    }
  }

  @Test
  void limitsThatMakeNoSenseAreMisuse() {
    Counting source = new Counting(large, 1);
    assertThrows(IllegalArgumentException.class, () -> new Input.SourceInput(source, -1, 1, false));
    assertThrows(IllegalArgumentException.class, () -> new Input.SourceInput(source, 0, 0, false));
  }
}
