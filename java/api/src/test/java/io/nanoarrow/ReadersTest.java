package io.nanoarrow;

import static io.nanoarrow.testing.TestArrays.ints;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.stats.ReadStats;
import io.nanoarrow.testing.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadersTest {
  private static final ColumnData COLUMN = ints(1, 2);
  private static final Schema SCHEMA = Schema.of(COLUMN.field());
  private static final ReadStats STATS = new ReadStats(1, 0, 0, 0, 0, false);

  private static BatchData data() {
    return BatchData.of(2, List.of(COLUMN), Metadata.EMPTY);
  }

  /** Gives batches, then fails or ends. */
  private static final class FakeStream implements EngineStream {
    private final int batches;
    private final Exception failure;
    int asked;
    int closed;

    FakeStream(int batches, Exception failure) {
      this.batches = batches;
      this.failure = failure;
    }

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public BatchData next() throws IOException {
      if (asked++ < batches) {
        return data();
      }
      if (failure instanceof IOException e) {
        throw e;
      } else if (failure instanceof RuntimeException e) {
        throw e;
      }
      return null;
    }

    @Override
    public ReadStats stats() {
      return STATS;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  /** A file whose batches can be held up. */
  private static class FakeFile implements EngineFile {
    final AtomicInteger reading = new AtomicInteger();
    final AtomicBoolean closed = new AtomicBoolean();
    final AtomicBoolean usedAfterClose = new AtomicBoolean();

    @Override
    public Schema schema() {
      return SCHEMA;
    }

    @Override
    public int batchCount() {
      return 3;
    }

    @Override
    public BatchData batch(int index) throws IOException {
      reading.incrementAndGet();
      if (closed.get()) {
        usedAfterClose.set(true);
      }
      reading.decrementAndGet();
      return data();
    }

    @Override
    public long batchRowCount(int index) {
      return 2;
    }

    @Override
    public Metadata metadata() {
      return Metadata.EMPTY;
    }

    @Override
    public ReadStats stats() {
      return STATS;
    }

    @Override
    public void close() {
      if (reading.get() != 0 || closed.getAndSet(true)) {
        usedAfterClose.set(true);
      }
    }
  }

  @Test
  void streamEndsAndStaysEnded() throws IOException {
    FakeStream stream = new FakeStream(2, null);
    try (StreamReader reader = StreamReader.of(stream)) {
      reader.next().close();
      reader.next().close();
      assertNull(reader.next());
      assertNull(reader.next());
      assertEquals(3, stream.asked);
    }
    assertEquals(1, stream.closed);
  }

  @Test
  void failedStreamFailsAlikeEverAfter() throws IOException {
    ArrowFormatException first = new ArrowFormatException(ErrorKind.TRUNCATED, "short", 17, "a");
    FakeStream stream = new FakeStream(1, first);
    try (StreamReader reader = StreamReader.of(stream)) {
      reader.next().close();
      assertSame(first, assertThrows(ArrowFormatException.class, reader::next));
      ArrowFormatException again = assertThrows(ArrowFormatException.class, reader::next);
      assertEquals(ErrorKind.TRUNCATED, again.kind());
      assertEquals(17, again.byteOffset());
      assertEquals("a", again.columnPath());
      assertEquals(2, stream.asked);
      assertThrows(IllegalStateException.class, () -> reader.exportStream(1));
    }
  }

  @Test
  void failedInputStaysAnIoFailure() throws IOException {
    try (StreamReader reader = StreamReader.of(new FakeStream(0, new IOException("disk")))) {
      assertThrows(IOException.class, reader::next);
      IOException again = assertThrows(IOException.class, reader::next);
      assertTrue(again.getMessage().contains("disk"), again.getMessage());
    }
  }

  @Test
  void closedReaderRefusesAndKeepsItsStats() throws IOException {
    FakeStream stream = new FakeStream(1, null);
    StreamReader reader = StreamReader.of(stream);
    reader.close();
    reader.close();
    assertEquals(1, stream.closed);
    assertThrows(IllegalStateException.class, reader::next);
    assertThrows(IllegalStateException.class, () -> reader.exportStream(1));
    assertEquals(STATS, reader.stats());
  }

  /** Counts how often its content is freed. */
  private static final class Counted extends BatchData {
    int freed;

    Counted() {
      super(2);
    }

    @Override
    public Metadata metadata() {
      return Metadata.EMPTY;
    }

    @Override
    public ColumnData column(int index) {
      return COLUMN;
    }

    @Override
    protected void free() {
      freed++;
    }
  }

  private static StreamReader readerOf(Counted... batches) {
    return StreamReader.of(
        new EngineStream() {
          private int next;

          @Override
          public Schema schema() {
            return SCHEMA;
          }

          @Override
          public BatchData next() {
            return next < batches.length ? batches[next++] : null;
          }

          @Override
          public ReadStats stats() {
            return STATS;
          }

          @Override
          public void close() {}
        });
  }

  @Test
  void batchReadAheadAndNotTakenIsClosedWithTheReader() throws IOException {
    Counted first = new Counted();
    StreamReader reader = readerOf(first);
    assertTrue(reader.iterator().hasNext());
    assertEquals(0, first.freed);
    reader.close();
    reader.close();
    assertEquals(1, first.freed);
  }

  @Test
  void batchReadAheadIsTheNextWhoeverAsks() throws IOException {
    Counted first = new Counted();
    Counted second = new Counted();
    try (StreamReader reader = readerOf(first, second)) {
      Iterator<RecordBatch> abandoned = reader.iterator();
      assertTrue(abandoned.hasNext());
      assertTrue(abandoned.hasNext());
      reader.next().close();
      assertEquals(1, first.freed);
      assertEquals(0, second.freed);
      reader.iterator().next().close();
      assertEquals(1, second.freed);
      assertEquals(false, abandoned.hasNext());
      assertThrows(java.util.NoSuchElementException.class, abandoned::next);
    }
    assertEquals(1, first.freed);
  }

  @Test
  void forEachClosesEachBatch() throws IOException {
    List<RecordBatch> seen = new ArrayList<>();
    try (StreamReader reader = StreamReader.of(new FakeStream(3, null))) {
      reader.forEachBatch(seen::add);
    }
    assertEquals(3, seen.size());
    for (RecordBatch batch : seen) {
      assertThrows(IllegalStateException.class, batch::metadata);
    }
  }

  @Test
  void forEachClosesTheBatchItsActionFailedOn() throws IOException {
    try (StreamReader reader = StreamReader.of(new FakeStream(3, null))) {
      assertThrows(
          ArithmeticException.class,
          () ->
              reader.forEachBatch(
                  batch -> {
                    throw new ArithmeticException();
                  }));
    }
  }

  @Test
  void readAllClosesWhatItReadBeforeAFailure() throws IOException {
    try (StreamReader reader =
        StreamReader.of(
            new FakeStream(2, new ArrowFormatException(ErrorKind.INVALID_DATA, "bad")))) {
      assertThrows(ArrowFormatException.class, reader::readAll);
    }
  }

  @Test
  void batchesOutliveTheirReader() throws IOException {
    Table table;
    try (StreamReader reader = StreamReader.of(new FakeStream(2, null))) {
      table = reader.readAll();
    }
    assertEquals(2, table.batches().get(1).column(0).asInt().getInt(1));
    table.close();
  }

  @Test
  void iteratorWrapsIoFailures() throws IOException {
    try (StreamReader reader = StreamReader.of(new FakeStream(1, new IOException("disk")))) {
      Iterator<RecordBatch> batches = reader.iterator();
      batches.next().close();
      assertThrows(UncheckedIOException.class, batches::hasNext);
    }
  }

  @Test
  void fileReadsInAnyOrderAndInTurn() throws IOException {
    FakeFile file = new FakeFile();
    FileReader reader = new FileReader(file);
    assertEquals(6, reader.rowCount());
    reader.batch(2).close();
    reader.batch(0).close();
    reader.forEachBatch(batch -> {});
    assertNull(reader.next());
    assertThrows(IndexOutOfBoundsException.class, () -> reader.batch(3));
    assertThrows(IndexOutOfBoundsException.class, () -> reader.batch(-1));
    reader.close();
    reader.close();
    assertThrows(IllegalStateException.class, () -> reader.batch(0));
    assertThrows(IllegalStateException.class, reader::rowCount);
    assertThrows(IllegalStateException.class, reader::next);
  }

  @Test
  void badBatchLeavesTheOthersReadable() throws IOException {
    FakeFile file =
        new FakeFile() {
          @Override
          public BatchData batch(int index) throws IOException {
            if (index == 1) {
              throw new ArrowFormatException(ErrorKind.INVALID_DATA, "bad");
            }
            return super.batch(index);
          }
        };
    try (FileReader reader = new FileReader(file)) {
      reader.next().close();
      assertThrows(ArrowFormatException.class, reader::next);
      assertThrows(ArrowFormatException.class, reader::next);
      reader.batch(2).close();
    }
  }

  @Test
  void threadsReadWhileOneCloses() throws Exception {
    for (int round = 0; round < 50; round++) {
      FakeFile file = new FakeFile();
      FileReader reader = new FileReader(file);
      Threads.race(
          8,
          thread -> {
            if (thread == 0) {
              reader.close();
              return;
            }
            for (int i = 0; i < 30; i++) {
              try (RecordBatch batch = reader.batch(i % 3)) {
                assertEquals(1, batch.column(0).asInt().getInt(0));
              } catch (IllegalStateException e) {
                return;
              }
            }
          });
      assertTrue(file.closed.get());
      assertTrue(!file.usedAfterClose.get());
    }
  }

  @Test
  void closeWaitsForABatchBeingRead() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    FakeFile file =
        new FakeFile() {
          @Override
          public BatchData batch(int index) {
            inside.countDown();
            try {
              go.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            assertTrue(!closed.get());
            return data();
          }
        };
    FileReader reader = new FileReader(file);
    Threads.race(
        3,
        thread -> {
          if (thread == 0) {
            reader.batch(0).close();
          } else if (thread == 1) {
            inside.await();
            reader.close();
            assertEquals(0, go.getCount());
          } else {
            inside.await();
            Thread.sleep(50);
            assertTrue(!file.closed.get());
            go.countDown();
          }
        });
  }

  @Test
  void exportWithoutABridgeSaysWhichArtefactIsMissing() throws IOException {
    try (StreamReader reader = StreamReader.of(new FakeStream(0, null))) {
      UnsupportedOperationException e =
          assertThrows(UnsupportedOperationException.class, () -> reader.exportStream(1));
      assertTrue(e.getMessage().contains("io.nanoarrow:nanoarrow"), e.getMessage());
      assertNull(reader.next());
    }
  }
}
