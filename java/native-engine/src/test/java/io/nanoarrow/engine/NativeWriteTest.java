package io.nanoarrow.engine;

import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.i64;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchEncoder;
import io.nanoarrow.BatchReader;
import io.nanoarrow.EncodedBatch;
import io.nanoarrow.FileWriter;
import io.nanoarrow.MemoryOutput;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.StreamWriter;
import io.nanoarrow.Table;
import io.nanoarrow.c.ArrowArrayStream;
import io.nanoarrow.c.IpcStreams;
import io.nanoarrow.c.JavaInput;
import io.nanoarrow.c.Nanoarrow;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.HeapRegion;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.FooterBlock;
import io.nanoarrow.testing.TestArrays;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the native engine encodes, read back by it. */
class NativeWriteTest {
  private static final ReadOptions NATIVE = ReadOptions.builder().engine("native").build();
  private static final BatchComparison WITH_METADATA =
      BatchComparison.builder().metadata(true).build();

  private static List<WriteOptions> options() {
    List<WriteOptions> all = new ArrayList<>();
    WriteOptions.Builder base = WriteOptions.builder().engine("native");
    all.add(base.build());
    all.add(base.build().toBuilder().alignmentBytes(8).build());
    all.add(
        base.build().toBuilder().metadataVersion(MetadataVersion.V4).legacyFormat(true).build());
    all.add(base.build().toBuilder().compression(Compression.LZ4).build());
    all.add(base.build().toBuilder().compression(Compression.zstd(3)).useThreads(false).build());
    return all;
  }

  private static byte[] write(List<RecordBatch> batches, Schema schema, WriteOptions options)
      throws IOException {
    MemoryOutput output = new MemoryOutput();
    try (StreamWriter writer = ArrowIpc.newStream(output, schema, options)) {
      for (RecordBatch batch : batches) {
        writer.write(batch);
      }
    }
    return output.toByteArray();
  }

  private static void assertReadsAs(List<RecordBatch> expected, byte[] written) throws IOException {
    try (BatchReader reader = ArrowIpc.open(ByteBuffer.wrap(written), NATIVE);
        Table table = reader.readAll()) {
      assertEquals(expected.size(), table.batches().size());
      for (int i = 0; i < expected.size(); i++) {
        assertNull(WITH_METADATA.firstDifference(expected.get(i), table.batches().get(i)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nested.arrows",
        "deltas.arrows",
        "replaced.arrows",
        "shared.lz4.arrow",
        "large.zstd.arrow"
      })
  void whatWasReadIsWrittenAsItWas(String name) throws IOException {
    for (WriteOptions options : options()) {
      try (BatchReader reader = ArrowIpc.open(ByteBuffer.wrap(EncodedInputs.bytes(name)), NATIVE);
          Table table = reader.readAll()) {
        assertReadsAs(table.batches(), write(table.batches(), table.schema(), options));
      }
    }
  }

  @Test
  void slicesAreWrittenAsTheyAre() throws IOException {
    try (BatchReader reader = ArrowIpc.open(ByteBuffer.wrap(TestStreams.stream(1, 1000)), NATIVE);
        RecordBatch whole = reader.next();
        RecordBatch middle = whole.slice(333, 500)) {
      for (WriteOptions options : options()) {
        byte[] written = write(List.of(middle), middle.schema(), options);
        try (BatchReader again = ArrowIpc.open(ByteBuffer.wrap(written), NATIVE);
            RecordBatch batch = again.next()) {
          assertEquals(middle, batch);
        }
      }
    }
  }

  @Test
  void arraysOnTheJavaHeapAreWritten() throws IOException {
    List<RecordBatch> batches = TestStreams.batches(3, 2000);
    for (WriteOptions options : options()) {
      assertReadsAs(batches, write(batches, batches.get(0).schema(), options));
    }
    batches.forEach(RecordBatch::close);
  }

  @Test
  void buffersMayBeginInTheSameBytes() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocateDirect(100_000);
    for (int i = 0; i < bytes.capacity(); i++) {
      bytes.put(i, (byte) (i * 31));
    }
    ArrowBuffer large = new ArrowBuffer(new HeapRegion(bytes), 0, 100_000);
    Field small = Field.of("small", new ArrowType.Int(8, true));
    Field wide = Field.of("wide", new ArrowType.FixedSizeBinary(1000));
    BatchData data =
        BatchData.of(
            100,
            List.of(
                new ColumnData(
                    small, 100, 0, 0, null, List.of(large.slice(0, 100)), List.of(), null),
                new ColumnData(wide, 100, 0, 0, null, List.of(large), List.of(), null)),
            Metadata.EMPTY);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Schema schema = Schema.of(small, wide);
    try (RecordBatch batch = RecordBatch.of(schema, data)) {
      try (StreamWriter writer = ArrowIpc.newStream(out, schema, options().get(0))) {
        writer.write(batch);
      }
      assertReadsAs(List.of(batch), out.toByteArray());
    }
  }

  @Test
  void filesHaveFooterWithMetadata() throws IOException {
    List<RecordBatch> batches = TestStreams.batches(3, 100);
    Metadata metadata = Metadata.builder().add("k\0", "v").add("k\0", "").build();
    for (WriteOptions options : options()) {
      MemoryOutput output = new MemoryOutput();
      try (FileWriter writer =
          ArrowIpc.newFile(output, batches.get(0).schema(), options, metadata)) {
        for (RecordBatch batch : batches) {
          writer.write(batch);
        }
      }
      assertReadsAs(batches, output.toByteArray());
      try (var reader = ArrowIpc.openFile(ByteBuffer.wrap(output.toByteArray()), NATIVE)) {
        assertEquals(metadata, reader.metadata());
      }
    }
    batches.forEach(RecordBatch::close);
  }

  @Test
  void sizesAreThoseOfTheMessages() throws IOException {
    try (BatchReader reader = ArrowIpc.open(ByteBuffer.wrap(TestStreams.stream(1, 3000)), NATIVE);
        RecordBatch whole = reader.next();
        RecordBatch part = whole.slice(7, 1999)) {
      for (WriteOptions options : options()) {
        try (BatchEncoder encoder = ArrowIpc.newEncoder(whole.schema(), options)) {
          for (RecordBatch batch : List.of(whole, part)) {
            try (EncodedBatch encoded = encoder.encode(batch)) {
              long sum = encoded.buffers().stream().mapToLong(ByteBuffer::remaining).sum();
              assertEquals(sum, encoded.sizeBytes());
              assertEquals(sum, ArrowIpc.recordBatchSize(batch, options));
            }
          }
        }
      }
    }
  }

  @Test
  void largeBuffersAreNotCopied() throws IOException {
    ByteBuffer input = ByteBuffer.allocateDirect(1 << 20);
    input.put(TestStreams.stream(1, 10_000)).flip();
    try (BatchReader reader = ArrowIpc.open(input, NATIVE);
        RecordBatch batch = reader.next();
        BatchEncoder encoder =
            ArrowIpc.newEncoder(batch.schema(), WriteOptions.builder().engine("native").build())) {
      long start = AddressPointer.addressOf(input);
      for (RecordBatch rows : List.of(batch, batch.slice(0, 9_984))) {
        try (EncodedBatch encoded = encoder.encode(rows)) {
          long pointedTo =
              encoded.body().stream()
                  .filter(
                      part -> {
                        long at = AddressPointer.addressOf(part) - start;
                        return at >= 0 && at < input.capacity();
                      })
                  .mapToLong(ByteBuffer::remaining)
                  .sum();
          assertTrue(pointedTo > encoded.bodySizeBytes() / 2, pointedTo + " bytes");
        }
        if (rows != batch) {
          rows.close();
        }
      }
    }
  }

  @Test
  void partsCannotBeWrittenTo() throws IOException {
    try (RecordBatch batch = TestStreams.batches(1, 5000).get(0);
        BatchEncoder encoder =
            ArrowIpc.newEncoder(batch.schema(), WriteOptions.builder().engine("native").build());
        EncodedBatch encoded = encoder.encode(batch)) {
      assertTrue(encoded.buffers().stream().allMatch(ByteBuffer::isReadOnly));
    }
  }

  @Test
  void memoryOfTheUserGetsTheSameBytes() throws IOException {
    try (BatchReader reader = ArrowIpc.open(ByteBuffer.wrap(TestStreams.stream(4, 2000)), NATIVE);
        Table table = reader.readAll()) {
      for (WriteOptions options : options()) {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        try (StreamWriter writer = ArrowIpc.newStream(expected, table.schema(), options)) {
          writer.write(table);
        }
        for (ByteBuffer room :
            List.of(ByteBuffer.allocateDirect(1 << 20), ByteBuffer.allocate(1 << 20))) {
          try (StreamWriter writer = ArrowIpc.newStream(room, table.schema(), options)) {
            writer.write(table);
          }
          byte[] written = new byte[room.flip().remaining()];
          room.get(written);
          assertArrayEquals(expected.toByteArray(), written);
        }
      }
    }
  }

  /** Address space only: nothing of it is ever touched. */
  @Test
  void buffersOfMoreThanTwoGibibytesAreSeveralParts() {
    long rows = (5L << 30) + 5;
    NativeRegion region = new NativeRegion(NativeMemory.allocate(rows));
    ColumnData column =
        TestArrays.named(
            "n", array(new ArrowType.Int(8, true), rows, new ArrowBuffer(region, 0, rows)));
    BatchData data = BatchData.of(rows, List.of(column), Metadata.EMPTY);
    try (EngineEncoder encoder =
        new NativeEngine()
            .newEncoder(
                Schema.of(column.field()), WriteOptions.builder().engine("native").build())) {
      BatchRows batch = new BatchRows(data, 0, rows);
      EncodedMessage message = encoder.batch(0, batch, Metadata.EMPTY);
      assertEquals((rows + 63) / 64 * 64, message.bodySizeBytes());
      assertEquals(message.sizeBytes(), encoder.batchSizeBytes(batch, Metadata.EMPTY));
      assertEquals(
          message.sizeBytes(), message.buffers().stream().mapToLong(ByteBuffer::remaining).sum());
      assertTrue(message.buffers().size() >= 6);
    } finally {
      data.release();
      region.release();
    }
  }

  @Test
  void partsMayBeReadTooLate() throws IOException {
    List<ByteBuffer> parts = new ArrayList<>();
    WriteOptions lz4 = WriteOptions.builder().engine("native").compression(Compression.LZ4).build();
    RecordBatch batch = TestStreams.batches(1, 20_000).get(0);
    try (BatchEncoder encoder = ArrowIpc.newEncoder(batch.schema(), lz4);
        EncodedBatch encoded = encoder.encode(batch)) {
      parts.addAll(encoded.buffers());
    }
    batch.close();
    assertTrue(parts.size() > 1);
    for (ByteBuffer part : parts) {
      part.get(new byte[part.remaining()]);
    }
  }

  @Test
  void nanoarrowsOwnReaderReadsWhatItCan() throws IOException {
    List<RecordBatch> batches = TestStreams.batches(3, 500);
    for (WriteOptions options : options()) {
      byte[] written = write(batches, batches.get(0).schema(), options);
      try (JavaInput input = IpcStreams.input(new ByteArrayInputStream(written));
          ArrowArrayStream stream = new ArrowArrayStream()) {
        assertEquals(0, Nanoarrow.ArrowIpcArrayStreamReaderInit(stream, input.stream(), null));
        try (StreamReader reader = ArrowIpc.importStream(stream.address());
            Table table = reader.readAll()) {
          assertEquals(batches.size(), table.batches().size());
          for (int i = 0; i < batches.size(); i++) {
            assertEquals(batches.get(i), table.batches().get(i));
          }
        }
      }
    }
    batches.forEach(RecordBatch::close);
  }

  @Test
  void wrongUseIsRefused() {
    ColumnData column = TestArrays.named("n", array(new ArrowType.Int(64, true), 2, i64(1, 2)));
    Schema schema = Schema.of(column.field());
    EngineEncoder encoder =
        new NativeEngine().newEncoder(schema, WriteOptions.builder().engine("native").build());
    assertThrows(IllegalArgumentException.class, () -> encoder.dictionary(0, 5, false, column));
    assertThrows(IllegalStateException.class, () -> encoder.schema(3));
    assertThrows(
        IllegalStateException.class,
        () -> encoder.footer(List.of(), List.of(new FooterBlock(-1, 8, 0)), Metadata.EMPTY));
    encoder.close();
    encoder.close();
    assertThrows(IllegalStateException.class, () -> encoder.schema(0));
  }

  @Test
  void rowsThatAreNotOfTheSchemaAreRefused() {
    ColumnData longs = TestArrays.named("n", array(new ArrowType.Int(64, true), 2, i64(1, 2)));
    ColumnData texts = TestArrays.named("n", TestArrays.strings("a", "b"));
    BatchData data = BatchData.of(2, List.of(texts), Metadata.EMPTY);
    try (EngineEncoder encoder =
        new NativeEngine()
            .newEncoder(
                Schema.of(longs.field()), WriteOptions.builder().engine("native").build())) {
      assertThrows(
          IllegalStateException.class,
          () -> encoder.batch(0, new BatchRows(data, 0, 2), Metadata.EMPTY));
      BatchData good = BatchData.of(2, List.of(longs), Metadata.EMPTY);
      EncodedMessage message = encoder.batch(0, new BatchRows(good, 0, 2), Metadata.EMPTY);
      assertEquals(64, message.bodySizeBytes());
      data.release();
      good.release();
    }
  }
}
