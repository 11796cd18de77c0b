package io.nanoarrow;

import static io.nanoarrow.testing.TestArrays.batch;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.nested;
import static io.nanoarrow.testing.TestArrays.strings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.column.Column;
import io.nanoarrow.column.IntColumn;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.testing.Threads;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecordBatchTest {
  private static ColumnData struct(String name, ColumnData... children) {
    return named(name, nested(new ArrowType.Struct(), children[0].length(), List.of(), children));
  }

  /** Content that counts how often it is freed. */
  private static final class Counted extends BatchData {
    final AtomicInteger freed = new AtomicInteger();
    Runnable beforeColumn = () -> {};
    final AtomicBoolean readAfterFree = new AtomicBoolean();
    private final ColumnData column = ints(1, 2, 3);

    Counted() {
      super(3);
    }

    @Override
    public Metadata metadata() {
      return Metadata.EMPTY;
    }

    @Override
    public ColumnData column(int index) {
      beforeColumn.run();
      if (freed.get() != 0) {
        readAfterFree.set(true);
      }
      return column;
    }

    @Override
    protected void free() {
      freed.incrementAndGet();
    }

    RecordBatch open() {
      return RecordBatch.of(Schema.of(column.field()), this);
    }
  }

  @Test
  void columnsByIndexNameAndPath() {
    try (RecordBatch batch =
        batch(
            named("a", ints(1, 2)),
            struct("s", named("x", ints(3, 4)), struct("t", named("y", strings("u", "v")))))) {
      assertEquals(2, batch.columnCount());
      assertEquals(2, batch.column("a").asInt().getInt(1));
      assertEquals(4, batch.column("s.x").asInt().getInt(1));
      assertEquals("v", batch.column("s.t.y").asUtf8().getString(1));
      assertEquals("s.t.y", batch.column("s.t.y").path());
      assertSame(batch.column(0), batch.column("a"));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.column(2));
    }
  }

  @Test
  void dotsInNames() {
    try (RecordBatch batch =
        batch(
            struct("a", named("b", ints(1)), named("c.d", ints(2))),
            named("a.b", ints(3)),
            struct("e.f", named("g", ints(4))),
            struct("h\\", named("i", ints(5))))) {
      assertEquals(3, batch.column("a.b").asInt().getInt(0));
      assertEquals(2, batch.column("a.c\\.d").asInt().getInt(0));
      assertEquals(4, batch.column("e\\.f.g").asInt().getInt(0));
      assertEquals(5, batch.column("h\\\\.i").asInt().getInt(0));
      assertEquals(5, batch.column("h\\\\").asStruct().child("i").asInt().getInt(0));
    }
  }

  @Test
  void pathsThatLeadNowhereSayWhy() {
    try (RecordBatch batch = batch(named("a", ints(1)), struct("s", named("x", ints(3))))) {
      assertMessage(batch, "b", "there are a, s");
      assertMessage(batch, "s.y", "there are x");
      assertMessage(batch, "a.x", "no struct but int32");
      assertMessage(batch, "", "there are a, s");
      assertMessage(batch, "s.", "there are x");
    }
  }

  private static void assertMessage(RecordBatch batch, String path, String part) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> batch.column(path));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void closingTwiceIsHarmlessAndUseAfterCloseIsNot() {
    Counted data = new Counted();
    RecordBatch batch = data.open();
    IntColumn column = batch.column(0).asInt();
    batch.close();
    batch.close();
    assertEquals(1, data.freed.get());
    assertThrows(IllegalStateException.class, () -> batch.column(0));
    assertThrows(IllegalStateException.class, () -> batch.column("f"));
    assertThrows(IllegalStateException.class, batch::metadata);
    assertThrows(IllegalStateException.class, batch::retain);
    assertThrows(IllegalStateException.class, () -> batch.slice(0, 1));
    assertThrows(IllegalStateException.class, () -> batch.exportBatch(1, 0));
    assertThrows(IllegalStateException.class, () -> column.getInt(0));
    assertThrows(IllegalStateException.class, batch::hashCode);
    assertEquals(3, batch.rowCount());
    assertTrue(batch.toString().contains("closed"));
  }

  @Test
  void memoryGoesWithTheLastHandle() {
    Counted data = new Counted();
    RecordBatch first = data.open();
    RecordBatch second = first.retain();
    RecordBatch slice = first.slice(1, 2);
    first.close();
    assertEquals(3, second.column(0).asInt().getInt(2));
    second.close();
    assertEquals(0, data.freed.get());
    assertEquals(2, slice.column(0).asInt().getInt(0));
    slice.close();
    assertEquals(1, data.freed.get());
  }

  @Test
  void slicesOfSlices() {
    try (RecordBatch batch = batch(ints(0, 1, 2, 3, 4, 5));
        RecordBatch slice = batch.slice(1, 4);
        RecordBatch inner = slice.slice(2, 2)) {
      assertEquals(2, inner.rowCount());
      assertEquals(4, inner.column(0).asInt().getInt(1));
      assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(2, 3));
      assertThrows(IndexOutOfBoundsException.class, () -> slice.slice(-1, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> inner.column(0).asInt().getInt(2));
    }
  }

  @Test
  void columnShorterThanTheBatchIsInvalid() {
    BatchData data =
        new BatchData(5) {
          @Override
          public Metadata metadata() {
            return Metadata.EMPTY;
          }

          @Override
          public ColumnData column(int index) {
            return ints(1, 2);
          }

          @Override
          protected void free() {}
        };
    try (RecordBatch batch = RecordBatch.of(Schema.of(ints(1).field()), data)) {
      ArrowFormatException e = assertThrows(ArrowFormatException.class, () -> batch.column(0));
      assertEquals("f", e.columnPath());
    }
  }

  @Test
  void unownedContentMustFitItsRows() {
    List<ColumnData> two = List.of(ints(1, 2));
    assertThrows(IllegalArgumentException.class, () -> BatchData.of(3, two, Metadata.EMPTY));
  }

  @Test
  void retainRacingWithCloseGivesGoodHandlesOrTheException() throws Exception {
    for (int round = 0; round < 200; round++) {
      Counted data = new Counted();
      RecordBatch batch = data.open();
      Threads.race(
          8,
          thread -> {
            if (thread == 0) {
              batch.close();
              return;
            }
            for (int i = 0; i < 20; i++) {
              try (RecordBatch mine = batch.retain()) {
                assertEquals(0, data.freed.get());
                assertEquals(3, mine.column(0).asInt().getInt(2));
              } catch (IllegalStateException e) {
                return;
              }
            }
          });
      assertEquals(1, data.freed.get());
    }
  }

  @Test
  void columnsMadeWhileAnotherThreadClosesNeverReadFreedContent() throws Exception {
    for (int round = 0; round < 500; round++) {
      Counted data = new Counted();
      RecordBatch batch = data.open();
      Threads.race(
          8,
          thread -> {
            try {
              if (thread == 0) {
                batch.close();
              } else {
                batch.column(0).asInt().getInt(0);
              }
            } catch (IllegalStateException e) {
              assertTrue(e.getMessage().contains("closed") || e.getMessage().contains("released"));
            }
          });
      assertEquals(1, data.freed.get());
      assertFalse(data.readAfterFree.get());
    }
  }

  @Test
  void contentIsKeptWhileAColumnIsMade() {
    Counted data = new Counted();
    RecordBatch batch = data.open();
    data.beforeColumn = batch::close;
    Column column = batch.column(0);
    assertFalse(data.readAfterFree.get());
    assertEquals(1, data.freed.get());
    assertThrows(IllegalStateException.class, () -> column.isNull(0));
  }

  @Test
  void closeRacingWithCloseReleasesOnce() throws Exception {
    for (int round = 0; round < 100; round++) {
      Counted data = new Counted();
      RecordBatch batch = data.open();
      Threads.race(8, thread -> batch.close());
      assertEquals(1, data.freed.get());
    }
  }

  @Test
  void threadsGetOneColumnObject() throws Exception {
    try (RecordBatch batch = batch(ints(1, 2))) {
      Column[] seen = new Column[8];
      Threads.race(8, thread -> seen[thread] = batch.column(0));
      for (Column column : seen) {
        assertSame(seen[0], column);
      }
    }
  }

  @Test
  void textShowsTheFirstRows() {
    try (RecordBatch batch = batch(named("id", ints(1, null)), named("t", strings("x", "y\n")))) {
      assertEquals(
          """
          RecordBatch of 2 rows, 2 columns
            id | t
          -----+----
             1 | x
          null | y\\n
          """,
          batch.toString());
    }
  }

  @Test
  void tableOwnsItsBatches() {
    Counted data = new Counted();
    RecordBatch batch = data.open();
    Table table = new Table(batch.schema(), List.of(batch, batch.slice(0, 1)));
    assertEquals(4, table.rowCount());
    assertTrue(table.toString().contains("4 rows, 1 columns, 2 batches"), table.toString());
    table.close();
    table.close();
    assertEquals(1, data.freed.get());
    assertThrows(IllegalStateException.class, table::batches);
    assertTrue(table.toString().contains("closed"));
  }
}
