package io.nanoarrow.pure.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.FooterBlock;
import io.nanoarrow.testing.TestArrays;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages: what frames them, metadata, sizes, parts, footers, and what is refused. */
class EncodeTest {
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final Metadata ODD_PAIRS =
      Metadata.builder()
          .add("k\0", "v\0w")
          .add("k\0", "again")
          .add(new byte[] {(byte) 0xFF, 0}, new byte[] {(byte) 0xC3})
          .add("", "")
          .build();

  private static EncodedMessage encode(WriteOptions options, long position, ColumnData column) {
    try (EngineEncoder encoder = Written.encoder(Schema.of(column.field()), options)) {
      return encoder.batch(position, Written.rows(column), Metadata.EMPTY);
    }
  }

  @Test
  void metadataOfSchemaFieldAndBatchIsKeptByteByByte() throws IOException {
    Field inner = Field.of("inner", INT32).withMetadata(ODD_PAIRS);
    Field field = Field.of("outer", new ArrowType.Struct(), inner).withMetadata(ODD_PAIRS);
    Schema schema = new Schema(List.of(field), ODD_PAIRS);
    ColumnData child = TestArrays.ints(1, 2);
    ColumnData column = new ColumnData(field, 2, 0, 0, null, List.of(), List.of(child), null);
    BatchRows rows = new BatchRows(BatchData.of(2, List.of(column), ODD_PAIRS), 0, 2);
    byte[] stream = Written.stream(schema, WriteOptions.DEFAULT, rows);
    try (BatchReader reader = ArrowIpc.openStream(ByteBuffer.wrap(stream), Written.HARDENED);
        RecordBatch batch = reader.next()) {
      assertEquals(schema, reader.schema());
      assertEquals(ODD_PAIRS, batch.metadata());
    }
  }

  @Test
  void schemaOfEveryTypeIsReadAsItWas() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Schema schema = new Schema(new RandomArrays(seed).everyType(), Metadata.EMPTY);
      try (EngineEncoder encoder = Written.encoder(schema, WriteOptions.DEFAULT)) {
        byte[] message = Written.bytes(encoder.schema(0));
        try (BatchReader reader = ArrowIpc.openStream(ByteBuffer.wrap(message), Written.HARDENED)) {
          assertEquals(schema, reader.schema());
        }
      }
    }
  }

  @Test
  void bodiesBeginAndEndAtMultiplesOfTheAlignment() {
    ColumnData column = TestArrays.strings("a", null, "some more");
    for (int alignment : new int[] {8, 16, 32, 64}) {
      for (boolean legacy : new boolean[] {false, true}) {
        WriteOptions options =
            WriteOptions.builder().alignmentBytes(alignment).legacyFormat(legacy).build();
        for (long position = 0; position < 128; position += 8) {
          EncodedMessage message = encode(options, position, column);
          assertEquals(0, (position + message.metadataSizeBytes()) % alignment);
          assertEquals(0, message.bodySizeBytes() % alignment);
        }
      }
    }
  }

  @Test
  void paddingIsZeroAlsoWhereMemoryIsUsedAgain() {
    Schema schema = Schema.of(Field.of("f", INT32), Field.of("f", new ArrowType.Bool()));
    ColumnData ones = TestArrays.ints(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    ColumnData set = TestArrays.array(new ArrowType.Bool(), 11, TestArrays.bytes(255, 255));
    try (EngineEncoder encoder = Written.encoder(schema, WriteOptions.DEFAULT)) {
      encoder.batch(0, Written.rows(ones, set), Metadata.EMPTY);
      EncodedMessage message = encoder.batch(0, Written.rows(0, 3, ones, set), Metadata.EMPTY);
      byte[] bytes = Written.bytes(message);
      ByteBuffer body =
          ByteBuffer.wrap(bytes, (int) message.metadataSizeBytes(), (int) message.bodySizeBytes());
      byte[] expected = new byte[128];
      java.util.Arrays.fill(expected, 0, 12, (byte) -1);
      expected[64] = 7;
      assertEquals(ByteBuffer.wrap(expected), body);
    }
  }

  @Test
  void sizeIsKnownBefore() {
    Schema schema = new Schema(new RandomArrays(1).everyType(), Metadata.EMPTY);
    ColumnData[] columns =
        schema.fields().stream()
            .map(field -> new RandomArrays(2).array(field, 100))
            .toArray(ColumnData[]::new);
    try (EngineEncoder encoder = Written.encoder(schema, WriteOptions.DEFAULT)) {
      BatchRows rows = Written.rows(3, 77, columns);
      long size = encoder.batchSizeBytes(rows, ODD_PAIRS);
      assertEquals(size, encoder.batch(640, rows, ODD_PAIRS).sizeBytes());
    }
  }

  @Test
  void largeBuffersAreNotCopiedAndSmallOnesAreGathered() {
    byte[] bytes = new byte[100_000];
    ColumnData large = TestArrays.array(INT32, 25_000, ArrowBuffer.wrap(bytes));
    Schema schema = Schema.of(large.field(), large.field());
    try (EngineEncoder encoder = Written.encoder(schema, WriteOptions.DEFAULT)) {
      EncodedMessage message = encoder.batch(0, Written.rows(large, large), Metadata.EMPTY);
      assertSame(bytes, message.buffers().get(1).array());
      assertTrue(message.buffers().size() <= 5, message.buffers().size() + " parts");
      EncodedMessage small = encoder.batch(0, Written.rows(7, 99, large, large), Metadata.EMPTY);
      assertEquals(2, small.buffers().size());
    }
  }

  @Test
  void viewsOfFewRowsTakeTheirDataWithThem() throws IOException {
    byte[] data = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
    long prefix = 0x78787878L;
    ArrowBuffer views =
        TestArrays.views(
            new long[] {20, prefix, 0, 0},
            new long[] {20, prefix, 0, 20},
            new long[] {30, prefix, 0, 70_000},
            TestArrays.inline("short"));
    ColumnData column =
        TestArrays.array(new ArrowType.Utf8View(), 4, views, ArrowBuffer.wrap(data));
    BatchRows rows = Written.rows(1, 3, column);
    Schema schema = Schema.of(column.field());
    byte[] stream = Written.stream(schema, WriteOptions.DEFAULT, rows);
    assertTrue(stream.length < 1000, stream.length + " bytes");
    try (RecordBatch expected = Written.batch(schema, rows);
        RecordBatch read = Written.read(stream)) {
      assertEquals(expected, read);
    }
  }

  @Test
  void rowsWithoutColumns() throws IOException {
    BatchRows rows = Written.rows(2, 9);
    byte[] stream = Written.stream(Schema.of(), WriteOptions.DEFAULT, rows);
    try (RecordBatch read = Written.read(stream)) {
      assertEquals(9, read.rowCount());
    }
  }

  @Test
  void dictionariesWithDeltasAndInsideEachOther() throws IOException {
    ArrowType.Int index = new ArrowType.Int(8, true);
    Field inner =
        new Field(
            "in",
            true,
            new ArrowType.Utf8(),
            new DictionaryEncoding(4, index, false),
            List.of(),
            Metadata.EMPTY);
    Field outer =
        new Field(
            "out",
            true,
            new ArrowType.ListType(),
            new DictionaryEncoding(3, index, false),
            List.of(inner),
            Metadata.EMPTY);
    ColumnData words = TestArrays.strings("a", "b");
    ColumnData items =
        new ColumnData(inner, 3, 0, 0, null, List.of(TestArrays.i8(0, 1, 2)), List.of(), words);
    ColumnData lists =
        new ColumnData(
            Field.of("out", new ArrowType.ListType(), inner),
            2,
            0,
            0,
            null,
            List.of(TestArrays.i32(0, 1, 3)),
            List.of(items),
            null);
    ColumnData column =
        new ColumnData(outer, 2, 0, 0, null, List.of(TestArrays.i8(1, 0)), List.of(), lists);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Schema schema = Schema.of(outer);
    try (EngineEncoder encoder = Written.encoder(schema, WriteOptions.DEFAULT)) {
      Written.add(out, encoder.schema(0));
      Written.add(out, encoder.dictionary(out.size(), 4, false, words));
      Written.add(out, encoder.dictionary(out.size(), 4, true, TestArrays.strings("c")));
      Written.add(out, encoder.dictionary(out.size(), 3, false, lists));
      Written.add(out, encoder.batch(out.size(), Written.rows(column), Metadata.EMPTY));
    }
    try (RecordBatch read = Written.read(out.toByteArray())) {
      assertEquals(List.of("b", "c"), read.column(0).getObject(0));
      assertEquals(List.of("a"), read.column(0).getObject(1));
    }
  }

  @Test
  void footerNamesBlocksAndMetadata() throws IOException {
    ColumnData column = TestArrays.ints(1, 2, 3);
    Schema schema = new Schema(List.of(column.field()), ODD_PAIRS);
    byte[] magic = "ARROW1".getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(magic);
    out.writeBytes(new byte[2]);
    try (EngineEncoder encoder = Written.encoder(schema, WriteOptions.DEFAULT)) {
      Written.add(out, encoder.schema(8));
      long offset = out.size();
      EncodedMessage message = encoder.batch(offset, Written.rows(column), Metadata.EMPTY);
      Written.add(out, message);
      FooterBlock block =
          new FooterBlock(offset, message.metadataSizeBytes(), message.bodySizeBytes());
      ByteBuffer footer = encoder.footer(List.of(), List.of(block), ODD_PAIRS);
      byte[] bytes = new byte[footer.remaining()];
      footer.get(bytes);
      out.writeBytes(bytes);
      out.writeBytes(
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
      out.writeBytes(magic);
    }
    try (FileReader reader =
            ArrowIpc.openFile(ByteBuffer.wrap(out.toByteArray()), Written.HARDENED);
        RecordBatch batch = reader.batch(0)) {
      assertEquals(schema, reader.schema());
      assertEquals(ODD_PAIRS, reader.metadata());
      assertEquals(3, batch.column(0).getObject(2));
    }
  }

  @Test
  void encodingTwiceGivesTheSameBytes() {
    ColumnData column = TestArrays.strings("a", null, "some more");
    try (EngineEncoder encoder = Written.encoder(Written.schema(column), WriteOptions.DEFAULT)) {
      byte[] once = Written.bytes(encoder.batch(0, Written.rows(column), ODD_PAIRS));
      assertArrayEquals(once, Written.bytes(encoder.batch(0, Written.rows(column), ODD_PAIRS)));
    }
  }

  private static void refused(Schema schema) {
    ArrowFormatException e =
        assertThrows(
            ArrowFormatException.class, () -> Written.encoder(schema, WriteOptions.DEFAULT));
    assertEquals(ErrorKind.UNSUPPORTED, e.kind());
  }

  @Test
  void schemasThatNobodyCouldReadAreRefused() {
    refused(Schema.of(Field.of("half \uD800", INT32)));
    refused(Schema.of(Field.of("list", new ArrowType.ListType())));
    refused(Schema.of(Field.of("d", new ArrowType.Decimal(77, 0, 128))));
    refused(Schema.of(Field.of("u", new ArrowType.Union(UnionMode.SPARSE, List.of(1)))));
    DictionaryEncoding shared = new DictionaryEncoding(1, new ArrowType.Int(8, true), false);
    refused(
        Schema.of(
            new Field("a", true, new ArrowType.Utf8(), shared, List.of(), Metadata.EMPTY),
            new Field("b", true, INT32, shared, List.of(), Metadata.EMPTY)));
  }

  @Test
  void nullsOfAUnionNeedVersion4() {
    ColumnData union =
        TestArrays.valid(
            "01",
            TestArrays.nested(
                new ArrowType.Union(UnionMode.SPARSE, List.of(0)),
                2,
                List.of(TestArrays.i8(0, 0)),
                TestArrays.ints(1, 2)));
    ArrowFormatException e =
        assertThrows(ArrowFormatException.class, () -> encode(WriteOptions.DEFAULT, 0, union));
    assertEquals(ErrorKind.UNSUPPORTED, e.kind());
    assertEquals("f", e.columnPath());
  }

  @Test
  void anotherLayoutThanTheSchemasIsMisuse() {
    try (EngineEncoder encoder =
        Written.encoder(Schema.of(Field.of("f", new ArrowType.Utf8())), WriteOptions.DEFAULT)) {
      BatchRows rows = Written.rows(TestArrays.ints(1));
      assertThrows(IllegalArgumentException.class, () -> encoder.batch(0, rows, Metadata.EMPTY));
    }
  }
}
