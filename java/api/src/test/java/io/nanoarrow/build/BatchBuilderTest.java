package io.nanoarrow.build;

import static java.util.Arrays.asList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.LongColumn;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.MemoryStats;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchBuilderTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", new ArrowType.Int(64, true)), Field.of("name", new ArrowType.Utf8()));

  private static void fill(BatchBuilder builder, int rows) {
    for (int i = 0; i < rows; i++) {
      builder.column("id").asLong().append(i);
      builder.column("name").asUtf8().append("name " + i);
    }
  }

  private static MemoryRegion regionOfIds(RecordBatch batch) {
    return batch.column(0).data().buffers().get(0).region();
  }

  private static ByteBuffer bytesOfIds(RecordBatch batch) {
    return ((BuilderRegion) regionOfIds(batch)).bytes();
  }

  @Test
  void batchHasTheRowsSchemaAndMetadata() {
    Metadata metadata = Metadata.of(Map.of("k", "v"));
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA, 10)) {
      fill(builder, 3);
      assertEquals(3, builder.rowCount());
      try (RecordBatch batch = builder.build(metadata)) {
        assertEquals(3, batch.rowCount());
        assertEquals(SCHEMA, batch.schema());
        assertEquals(metadata, batch.metadata());
        assertEquals(asList(0L, 1L, 2L), Built.rows(batch, 0));
        assertEquals(asList("name 0", "name 1", "name 2"), Built.rows(batch, 1));
        assertEquals(0, batch.column(0).nullCount());
      }
    }
  }

  @Test
  void builderIsReusedAndBatchesStayAsTheyAre() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      ColumnBuilder ids = builder.column("id");
      fill(builder, 1000);
      try (RecordBatch first = builder.build()) {
        assertEquals(0, builder.rowCount());
        assertSame(ids, builder.column(0));
        ids.appendNull();
        builder.column(1).appendNull();
        fill(builder, 10);
        try (RecordBatch second = builder.build()) {
          assertEquals(11, second.rowCount());
          assertEquals(1, second.column(0).nullCount());
          assertEquals(0, first.column(0).nullCount());
          assertEquals(999L, first.column(0).getObject(999));
          assertEquals("name 999", first.column(1).getObject(999));
        }
      }
    }
  }

  @Test
  void batchOutlivesItsBuilder() {
    RecordBatch batch;
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      fill(builder, 100);
      batch = builder.build();
    }
    try (batch) {
      assertEquals("name 99", batch.column(1).getObject(99));
    }
  }

  @Test
  void memoryOfClosedBatchesIsUsedAgain() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      fill(builder, 1000);
      RecordBatch first = builder.build();
      ByteBuffer memory = bytesOfIds(first);
      RecordBatch handle = first.retain();
      first.close();
      fill(builder, 1000);
      try (RecordBatch second = builder.build()) {
        assertNotSame(memory, bytesOfIds(second));
      }
      handle.close();
      long live = MemoryStats.liveBytes();
      for (int i = 0; i < 5; i++) {
        fill(builder, 1000);
        builder.build().close();
      }
      assertEquals(live, MemoryStats.liveBytes());
    }
  }

  @Test
  void memoryThatWasHandedOutIsNotUsedAgain() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      fill(builder, 10);
      ByteBuffer handedOut;
      try (RecordBatch batch = builder.build()) {
        handedOut = batch.column(0).data().buffers().get(0).asByteBuffer();
      }
      for (int i = 0; i < 3; i++) {
        for (int row = 0; row < 10; row++) {
          builder.appendRow(77L, "x");
        }
        builder.build().close();
      }
      assertEquals(9, handedOut.getLong(72));
    }
  }

  @Test
  void buffersAreAlignedDirectMemory() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      fill(builder, 5);
      try (RecordBatch batch = builder.build()) {
        ByteBuffer bytes = bytesOfIds(batch);
        assertTrue(bytes.isDirect());
        assertEquals(0, bytes.alignmentOffset(0, 64));
      }
    }
  }

  @Test
  void zeroRows() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA);
        RecordBatch batch = builder.build()) {
      assertEquals(0, batch.rowCount());
      assertEquals(0, batch.column(1).length());
      assertEquals(4, batch.column(1).data().buffers().get(0).sizeBytes());
    }
  }

  @Test
  void zeroColumns() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of());
        RecordBatch batch = builder.build()) {
      assertEquals(0, batch.rowCount());
      assertEquals(0, builder.rowCount());
    }
  }

  @Test
  void columnWithAnotherNumberOfRowsIsNamed() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      fill(builder, 2);
      builder.column("name").asUtf8().append("one more");
      IllegalStateException e = assertThrows(IllegalStateException.class, builder::build);
      assertEquals("column name has 3 rows, column id has 2", e.getMessage());
      builder.truncate(builder.rowCount());
      try (RecordBatch batch = builder.build()) {
        assertEquals(2, batch.rowCount());
      }
    }
  }

  @Test
  void unknownColumnIsRefusedWithThoseThereAre() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> builder.column("x"));
      assertEquals("no column \"x\"; there are [id, name]", e.getMessage());
      assertThrows(IndexOutOfBoundsException.class, () -> builder.column(2));
      e = assertThrows(IllegalArgumentException.class, () -> builder.column("id").asUtf8());
      assertEquals(
          "column id is not of type string, large_string or string_view but int64", e.getMessage());
    }
  }

  @Test
  void rowIsAppendedWholeOrNotAtAll() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      builder.appendRow(1L, "a");
      assertThrows(IllegalArgumentException.class, () -> builder.appendRow(2L, 5));
      assertThrows(IllegalArgumentException.class, () -> builder.appendRow(2L));
      builder.appendRow(null, null);
      try (RecordBatch batch = builder.build()) {
        assertEquals(asList(1L, null), Built.rows(batch, 0));
        assertEquals(asList("a", null), Built.rows(batch, 1));
      }
    }
  }

  @Test
  void clearForgetsRows() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      builder.appendRow(null, "a");
      builder.clear();
      builder.appendRow(1L, "b");
      try (RecordBatch batch = builder.build()) {
        assertEquals(List.of(1L), Built.rows(batch, 0));
        assertEquals(0, batch.column(0).nullCount());
      }
    }
  }

  @Test
  void closedBuilderRefusesEverything() {
    BatchBuilder builder = BatchBuilder.of(SCHEMA);
    builder.appendRow(1L, "a");
    builder.close();
    builder.close();
    assertThrows(IllegalStateException.class, builder::build);
    assertThrows(IllegalStateException.class, builder::clear);
    assertThrows(IllegalStateException.class, () -> builder.appendRow(1L, "a"));
    assertThrows(IllegalStateException.class, () -> builder.column(0).asLong().append(1));
    assertThrows(IllegalStateException.class, () -> builder.column(1).asUtf8().append("a"));
    assertThrows(IllegalStateException.class, () -> builder.column(1).asUtf8().append(""));
    assertThrows(IllegalStateException.class, () -> builder.column(1).appendNull());
  }

  @Test
  void openBuilderCountsAsHandleAndItsMemoryAsAlive() {
    long handles = MemoryStats.openHandles();
    long bytes = MemoryStats.liveBytes();
    BatchBuilder builder = BatchBuilder.of(SCHEMA);
    fill(builder, 100);
    assertEquals(handles + 1, MemoryStats.openHandles());
    assertTrue(MemoryStats.liveBytes() >= bytes + 800);
    RecordBatch batch = builder.build();
    builder.close();
    assertEquals(handles + 1, MemoryStats.openHandles());
    assertTrue(MemoryStats.liveBytes() >= bytes + 800);
    batch.close();
    assertEquals(handles, MemoryStats.openHandles());
    assertEquals(bytes, MemoryStats.liveBytes());
  }

  @Test
  void nullsInEveryPlaceOfABitmap() {
    for (int nullRow = 0; nullRow < 200; nullRow++) {
      try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
        for (int row = 0; row < 200; row++) {
          if (row == nullRow || row == 150) {
            builder.appendRow(null, null);
          } else {
            builder.appendRow((long) row, "x");
          }
        }
        try (RecordBatch batch = builder.build()) {
          LongColumn ids = batch.column(0).asLong();
          assertEquals(nullRow == 150 ? 1 : 2, ids.nullCount());
          for (int row = 0; row < 200; row++) {
            assertEquals(row == nullRow || row == 150, ids.isNull(row), "row " + row);
          }
        }
      }
    }
  }

  @Test
  void columnWithoutNullsHasNoBitmap() {
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      fill(builder, 3);
      builder.appendRow(null, "a");
      builder.truncate(3);
      try (RecordBatch batch = builder.build()) {
        assertSame(null, batch.column(0).data().validity());
        assertFalse(batch.column(0).isNull(2));
      }
    }
  }
}
