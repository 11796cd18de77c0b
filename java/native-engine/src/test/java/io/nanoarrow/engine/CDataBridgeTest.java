package io.nanoarrow.engine;

import static io.nanoarrow.testing.TestArrays.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.HeapRegion;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.stats.MemoryStats;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CDataBridgeTest {
  private static final int ARRAY = 1;
  private static final int STREAM = 2;
  private static final ArrowType.Int INT8 = new ArrowType.Int(8, true);

  @TempDir Path folder;
  private final NativeCDataBridge bridge = new NativeCDataBridge();
  private long array;
  private long stream;
  private int waiting;

  @BeforeEach
  void allocate() {
    NativeRuntime.ensureLoaded();
    long error = Scratch.get().error;
    array = Naj.naj_bind_c_struct_allocate(ARRAY, error);
    stream = Naj.naj_bind_c_struct_allocate(STREAM, error);
    waiting = ForeignMemory.waiting();
  }

  @AfterEach
  void everythingIsReleased() {
    Naj.naj_bind_c_struct_release(ARRAY, array);
    Naj.naj_bind_c_struct_release(STREAM, stream);
    Naj.naj_bind_c_struct_free(array);
    Naj.naj_bind_c_struct_free(stream);
    assertEquals(waiting, ForeignMemory.waiting(), "owners kept");
    assertEquals(0, ExportedStreams.openCount(), "streams kept");
  }

  private RecordBatch roundTrip(RecordBatch takeBatch) {
    try (RecordBatch batch = takeBatch) {
      batch.exportBatch(array, 0);
      return RecordBatch.of(batch.schema(), bridge.importBatch(batch.schema(), array));
    }
  }

  static RecordBatch everyLayout() {
    return batch(
        4,
        named("null", array(new ArrowType.Null(), 4)),
        named("bool", array(new ArrowType.Bool(), 4, bits("1010"))),
        named("int", ints(1, null, 3, 4)),
        named(
            "double",
            array(
                new ArrowType.FloatingPoint(io.nanoarrow.schema.FloatingPointPrecision.DOUBLE),
                4,
                f64(1, 2, 3, 4))),
        named("text", strings("a", "bc", null, "def")),
        named("fixed", array(new ArrowType.FixedSizeBinary(2), 4, text("aabbccdd"))),
        named(
            "view",
            array(
                new ArrowType.Utf8View(),
                4,
                views(
                    inline("short"),
                    new long[] {13, 0x6e6f6c, 0, 0},
                    inline(""),
                    new long[] {14, 0x6e6f6c, 1, 1}),
                text("lon long text"),
                text("xlon long text2"))),
        named(
            "list",
            nested(
                new ArrowType.ListType(),
                4,
                List.of(i32(0, 1, 1, 3, 4)),
                named("item", ints(1, 2, null, 4)))),
        named(
            "fsl",
            nested(new ArrowType.FixedSizeList(1), 4, List.of(), named("item", ints(1, 2, 3, 4)))),
        named(
            "list_view",
            nested(
                new ArrowType.ListView(),
                4,
                List.of(i32(2, 0, 0, 1), i32(1, 2, 0, 1)),
                named("item", ints(1, 2, 3)))),
        named(
            "struct",
            nested(
                new ArrowType.Struct(),
                4,
                List.of(),
                named("a", ints(1, 2, 3, 4)),
                named("b", strings("x", "y", null, "z")))),
        named(
            "sparse",
            nested(
                new ArrowType.Union(UnionMode.SPARSE, List.of(5, 7)),
                4,
                List.of(i8(5, 7, 5, 7)),
                named("a", ints(1, 2, 3, 4)),
                named("b", strings("p", "q", "r", "s")))),
        named(
            "dense",
            nested(
                new ArrowType.Union(UnionMode.DENSE, List.of(0, 1)),
                4,
                List.of(i8(0, 1, 0, 1), i32(0, 0, 1, 1)),
                named("a", ints(1, 2)),
                named("b", strings("p", "q")))),
        named(
            "ree",
            nested(
                new ArrowType.RunEndEncoded(),
                4,
                List.of(),
                named("run_ends", array(new ArrowType.Int(32, true), 2, i32(3, 4))),
                named("values", strings("u", "v")))),
        named("dict", dictionary(INT8, 4, i8(1, 0, 1, 1), strings("zero", "one"))));
  }

  @Test
  void everyLayoutComesBackEqual() {
    try (RecordBatch expected = everyLayout();
        RecordBatch imported = roundTrip(everyLayout())) {
      assertEquals(expected, imported);
    }
  }

  @Test
  void slicesComeBackEqual() {
    try (RecordBatch whole = everyLayout();
        RecordBatch expected = whole.slice(1, 2);
        RecordBatch imported = roundTrip(whole.slice(1, 2))) {
      assertEquals(2, imported.rowCount());
      assertEquals(expected, imported);
    }
  }

  @Test
  void aBatchWithoutColumnsKeepsItsRows() {
    try (RecordBatch imported = roundTrip(batch(17))) {
      assertEquals(17, imported.rowCount());
    }
  }

  @ParameterizedTest
  @EnumSource
  void engineBatchesComeBackEqual(InputKind kind) throws IOException {
    List<RecordBatch> expected = TestStreams.batches(2, 100);
    try (StreamReader reader = kind.open(TestStreams.stream(2, 100), folder)) {
      for (RecordBatch wanted : expected) {
        try (RecordBatch imported = roundTrip(reader.next());
            RecordBatch close = wanted) {
          assertEquals(close, imported);
        }
      }
    }
  }

  @Test
  void mappedMemoryIsExportedWithoutACopyAndOutlivesEverything() throws IOException {
    long live = MemoryStats.liveBytes();
    byte[] bytes = TestStreams.stream(1, 100);
    long before = MemoryStats.bodyBytesAllocated();
    Schema schema;
    try (StreamReader reader = InputKind.MAPPED_PATH.open(bytes, folder);
        RecordBatch batch = reader.next()) {
      schema = batch.schema();
      batch.exportBatch(array, 0);
    }
    assertTrue(MemoryStats.liveBytes() > live);
    BatchData imported = bridge.importBatch(schema, array);
    assertEquals(99, imported.column(0).buffers().get(0).getLong(99 * 8));
    assertEquals(before, MemoryStats.bodyBytesAllocated());
    imported.release();
    assertEquals(live, MemoryStats.liveBytes());
  }

  @Test
  void aPooledBlockIsNotRecycledUnderAConsumer() throws IOException {
    try (StreamReader reader = InputKind.STREAM.open(TestStreams.stream(500, 1000), folder)) {
      Schema schema = reader.schema();
      try (RecordBatch batch = reader.next()) {
        batch.exportBatch(array, 0);
      }
      reader.forEachBatch(batch -> {});
      BatchData imported = bridge.importBatch(schema, array);
      for (int i = 0; i < 1000; i++) {
        assertEquals(i, imported.column(0).buffers().get(0).getLong(8L * i));
      }
      imported.release();
    }
  }

  /** Content whose one column lies in direct memory of another engine. */
  private static final class Foreign extends BatchData {
    private final ColumnData numbers;
    private int freed;

    Foreign() {
      super(2);
      ByteBuffer direct = ByteBuffer.allocateDirect(8);
      direct.put(4, (byte) 42);
      ArrowBuffer buffer = new ArrowBuffer(new HeapRegion(direct), 0, 8);
      numbers = named("n", array(new ArrowType.Int(32, true), 2, buffer));
    }

    Schema schema() {
      return Schema.of(numbers.field());
    }

    @Override
    public Metadata metadata() {
      return Metadata.EMPTY;
    }

    @Override
    public ColumnData column(int index) {
      return numbers;
    }

    @Override
    protected void free() {
      freed++;
    }
  }

  @Test
  void anOwnerIsReleasedOnceByTheConsumer() {
    Foreign owner = new Foreign();
    bridge.exportBatch(owner.schema(), owner, List.of(owner.numbers), 2, array);
    owner.release();
    assertEquals(0, owner.freed);
    BatchData imported = bridge.importBatch(owner.schema(), array);
    assertEquals(42, imported.column(0).buffers().get(0).getInt(4));
    assertEquals(0, owner.freed);
    imported.release();
    assertEquals(1, owner.freed);
  }

  @Test
  void anOwnerIsReleasedOnceWhenTheConsumerIsFirst() {
    Foreign owner = new Foreign();
    bridge.exportBatch(owner.schema(), owner, List.of(owner.numbers), 2, array);
    Naj.naj_bind_c_struct_release(ARRAY, array);
    assertEquals(0, owner.freed);
    owner.release();
    assertEquals(1, owner.freed);
  }

  @Test
  void aRefusedExportKeepsNothing() {
    Foreign owner = new Foreign();
    assertThrows(
        RuntimeException.class,
        () -> bridge.exportBatch(Schema.of(), owner, List.of(owner.numbers), 2, array));
    owner.release();
    assertEquals(1, owner.freed);
  }

  @Test
  void aByteBufferKeepsAnImportedArray() throws Exception {
    ByteBuffer kept;
    try (RecordBatch imported = roundTrip(batch(named("n", ints(7, 8, 9))))) {
      kept = imported.column(0).data().buffers().get(0).asByteBuffer();
    }
    System.gc();
    Thread.sleep(50);
    assertEquals(9, kept.getInt(8));
    kept = null;
  }

  @Test
  void anImportedBatchIsExportedAgain() {
    try (RecordBatch expected = everyLayout();
        RecordBatch twice = roundTrip(roundTrip(everyLayout()))) {
      assertEquals(expected, twice);
    }
  }

  @Test
  void whatAConsumerWouldTrustIsCheckedBeforeItIsExported() {
    try (RecordBatch batch =
        batch(named("d", dictionary(INT8, 3, i8(1, 7, 0), strings("zero", "one"))))) {
      ArrowFormatException e =
          assertThrows(ArrowFormatException.class, () -> batch.exportBatch(array, 0));
      assertEquals(ErrorKind.INVALID_DATA, e.kind());
      assertEquals("d", e.columnPath());
      assertTrue(e.getMessage().contains("row 1"), e.getMessage());
    }
  }

  @Test
  void aSliceIsRefusedForADefectElsewhereInTheBatch() {
    try (RecordBatch batch =
            batch(named("d", dictionary(INT8, 3, i8(1, 7, 0), strings("zero", "one"))));
        RecordBatch slice = batch.slice(2, 1)) {
      ArrowFormatException e =
          assertThrows(ArrowFormatException.class, () -> slice.exportBatch(array, 0));
      assertEquals(1, e.row());
    }
  }

  @Test
  void aBatchIsCheckedOnceAndSlicesOfItNoMore() {
    List<ColumnData> columns =
        List.of(named("d", dictionary(INT8, 3, i8(1, 1, 0), strings("zero", "one"))));
    BatchData data = BatchData.of(3, columns, Metadata.EMPTY);
    Schema schema = Schema.of(columns.get(0).field());
    try (RecordBatch batch = RecordBatch.of(schema, data);
        RecordBatch slice = batch.slice(1, 2)) {
      slice.exportBatch(array, 0);
      assertTrue(data.isCheckedForExport());
      Naj.naj_bind_c_struct_release(ARRAY, array);
      batch.exportBatch(array, 0);
    }
  }

  @Test
  void whatIsMarkedAsCheckedIsNotLookedAt() {
    List<ColumnData> columns =
        List.of(named("d", dictionary(INT8, 3, i8(1, 7, 0), strings("zero", "one"))));
    BatchData data = BatchData.of(3, columns, Metadata.EMPTY);
    data.markCheckedForExport();
    try (RecordBatch batch = RecordBatch.of(Schema.of(columns.get(0).field()), data)) {
      batch.exportBatch(array, 0);
    }
  }

  @Test
  void nullsOfAUnionItselfAreRefusedOnExport() {
    ColumnData union =
        named(
            "u",
            nested(
                new ArrowType.Union(UnionMode.SPARSE, List.of(0)),
                2,
                List.of(i8(0, 0)),
                named("a", ints(1, 2))));
    ColumnData withNull =
        new ColumnData(union.field(), 2, 0, 1, bits("10"), union.buffers(), union.children(), null);
    try (RecordBatch batch = batch(withNull)) {
      ArrowFormatException e =
          assertThrows(ArrowFormatException.class, () -> batch.exportBatch(array, 0));
      assertEquals(ErrorKind.UNSUPPORTED, e.kind());
      assertEquals("u", e.columnPath());
      assertEquals(1, e.row());
    }
  }

  @Test
  void anArrayOfAnotherSchemaIsRefusedAndStaysTheCallers() {
    try (RecordBatch one = batch(named("n", ints(1)))) {
      one.exportBatch(array, 0);
      Schema other = Schema.of();
      assertThrows(ArrowFormatException.class, () -> bridge.importBatch(other, array));
      bridge.importBatch(one.schema(), array).release();
    }
  }

  @Test
  void streamsGoThereAndBack() throws IOException {
    List<RecordBatch> expected = TestStreams.batches(3, 10);
    StreamReader reader = InputKind.STREAM.open(TestStreams.stream(3, 10), folder);
    reader.exportStream(stream);
    try (StreamReader imported = ArrowIpc.importStream(stream)) {
      for (RecordBatch wanted : expected) {
        try (RecordBatch batch = imported.next();
            RecordBatch close = wanted) {
          assertEquals(close, batch);
        }
      }
      assertNull(imported.next());
      assertEquals(3, imported.stats().recordBatches());
    }
  }

  @Test
  void aStreamsFailureIsToldToTheConsumer() throws IOException {
    Failing failing = new Failing();
    bridge.exportStream(failing, stream);
    try (StreamReader imported = ArrowIpc.importStream(stream)) {
      try (RecordBatch first = imported.next()) {
        assertEquals(2, first.rowCount());
      }
      IOException e = assertThrows(IOException.class, imported::next);
      assertTrue(e.getMessage().contains("line is cut"), e.getMessage());
    }
    assertEquals(1, failing.closed);
  }

  @Test
  void aStreamReleasedUnreadIsClosedOnce() {
    Failing failing = new Failing();
    bridge.exportStream(failing, stream);
    Naj.naj_bind_c_struct_release(STREAM, stream);
    assertEquals(1, failing.closed);
  }

  @Test
  void batchesOutliveTheImportedStream() throws IOException {
    StreamReader reader = InputKind.STREAM.open(TestStreams.stream(3, 10), folder);
    reader.exportStream(stream);
    List<RecordBatch> batches = new ArrayList<>();
    try (StreamReader imported = ArrowIpc.importStream(stream)) {
      imported.forEachBatch(batch -> batches.add(batch.retain()));
    }
    assertEquals(29, batches.get(2).column(0).asLong().getLong(9));
    batches.forEach(RecordBatch::close);
  }

  @Test
  void addressZeroIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> bridge.importSchema(0));
    assertThrows(IllegalArgumentException.class, () -> bridge.importStream(0));
  }

  @Test
  void aReleasedStructIsRefused() {
    assertThrows(IllegalStateException.class, () -> bridge.importStream(stream));
    assertThrows(RuntimeException.class, () -> bridge.importBatch(Schema.of(), array));
  }

  /** One batch of two rows, then an IOException. */
  private static final class Failing implements EngineStream {
    private int given;
    private int closed;

    @Override
    public Schema schema() {
      return Schema.of(named("n", ints(1, 2)).field());
    }

    @Override
    public BatchData next() throws IOException {
      if (given++ > 0) {
        throw new IOException("line is cut");
      }
      return BatchData.of(2, List.of(named("n", ints(1, 2))), Metadata.EMPTY);
    }

    @Override
    public ReadStats stats() {
      return new ReadStats(0, 0, 0, 0, 0, false);
    }

    @Override
    public void close() {
      closed++;
    }
  }
}
