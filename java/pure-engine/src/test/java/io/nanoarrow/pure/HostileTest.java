package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.flatbuffers.FlatBufferBuilder;
import io.nanoarrow.ArrowIpc;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.MemoryStats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Type;
import org.junit.jupiter.api.Test;

/**
 * Bytes that nobody writes by accident: each is refused with its kind, none with another exception.
 */
class HostileTest {
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final Schema NUMBERS = Schema.of(Field.of("n", INT32));
  private static final Schema LISTS =
      Schema.of(Field.of("l", new ArrowType.ListType(), Field.of("item", INT32)));

  private static BatchSpec numbers() {
    return BatchSpec.rows(2).node(2, 0).buffer().ints(1, 2);
  }

  private static ArrowFormatException refused(Schema schema, BatchSpec spec) {
    byte[] bytes = Wire.stream(schema, Wire.batch(spec));
    return Reading.fails(() -> Reading.streamValues(bytes));
  }

  private static void invalid(Consumer<BatchSpec> damage, String path) {
    BatchSpec spec = numbers();
    damage.accept(spec);
    ArrowFormatException e = refused(NUMBERS, spec);
    assertEquals(ErrorKind.INVALID_DATA, e.kind(), e.getMessage());
    assertEquals(path, e.columnPath());
    assertTrue(e.byteOffset() > 0, e.getMessage());
  }

  @Test
  void offsetAndLengthThatWrapAround() {
    invalid(b -> b.buffers.set(1, new long[] {0x7000000000000000L, 0x7000000000000000L}), "n");
    invalid(b -> b.buffers.set(1, new long[] {Long.MAX_VALUE, 8}), "n");
    invalid(b -> b.buffers.set(1, new long[] {8, Long.MAX_VALUE}), "n");
    invalid(b -> b.buffers.set(1, new long[] {-8, 8}), "n");
    invalid(b -> b.buffers.set(1, new long[] {0, -8}), "n");
    invalid(b -> b.buffers.set(1, new long[] {0, 9}), "n");
    invalid(b -> b.buffers.set(0, new long[] {9, 0}), "n");
  }

  @Test
  void lengthsThatNothingHolds() {
    for (long length : new long[] {1L << 58, 1L << 62, Long.MAX_VALUE, 3, -1, Long.MIN_VALUE}) {
      invalid(
          b -> {
            b.nodes.set(0, new long[] {length, 0});
            b.rowCount = Math.max(0, length);
          },
          "n");
    }
    BatchSpec negative = numbers();
    negative.rowCount = -1;
    assertEquals(ErrorKind.INVALID_DATA, refused(NUMBERS, negative).kind());
  }

  @Test
  void nullCountsOutOfRange() {
    invalid(b -> b.nodes.set(0, new long[] {2, -1}), "n");
    invalid(b -> b.nodes.set(0, new long[] {2, 3}), "n");
    invalid(b -> b.nodes.set(0, new long[] {2, 1}), "n");
  }

  @Test
  void countsThatDisagreeWithTheSchema() {
    invalid(b -> b.node(2, 0), null);
    invalid(b -> b.nodes.clear(), null);
    invalid(b -> b.buffers.remove(0), null);
    invalid(b -> b.buffer(), null);
    invalid(b -> b.variadic(0), null);
    invalid(b -> b.rowCount = 3, "n");
  }

  @Test
  void variadicCountsThatDisagree() {
    Schema views = Schema.of(Field.of("v", new ArrowType.Utf8View()));
    for (long count : new long[] {-1, 1, 5, 1L << 40, Long.MAX_VALUE}) {
      BatchSpec spec = BatchSpec.rows(1).node(1, 0).buffer().buffer(new byte[16]).variadic(count);
      assertEquals(ErrorKind.INVALID_DATA, refused(views, spec).kind());
    }
  }

  @Test
  void bodyLengthsOutOfRange() throws IOException {
    BatchSpec spec = numbers();
    spec.bodyLength = -1L;
    assertEquals(ErrorKind.INVALID_DATA, refused(NUMBERS, spec).kind());
    spec.bodyLength = Long.MIN_VALUE;
    assertEquals(ErrorKind.INVALID_DATA, refused(NUMBERS, spec).kind());
    spec.bodyLength = 1L << 58;
    assertEquals(ErrorKind.TRUNCATED, refused(NUMBERS, spec).kind());
    ReadOptions tight = Reading.PURE.toBuilder().maxBodyBytes(8).build();
    byte[] bytes = Wire.stream(NUMBERS, Wire.batch(StreamReadTest.batch()));
    var e = Reading.fails(() -> Reading.values(ArrowIpc.openStream(ByteBuffer.wrap(bytes), tight)));
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }

  @Test
  void announcedSizesAreNotAllocated() {
    BatchSpec spec = numbers();
    spec.bodyLength = 2_000_000_000L;
    byte[] body = Wire.stream(NUMBERS, Wire.batch(spec));
    byte[] header = {-1, -1, -1, -1, -1, -1, -1, 127};
    long before = MemoryStats.bodyBytesAllocated();
    for (byte[] bytes : new byte[][] {body, header}) {
      var input = new Input.StreamInput(new ByteArrayInputStream(bytes), false);
      var e = Reading.fails(() -> Reading.values(ArrowIpc.openStream(input, Reading.PURE)));
      assertEquals(ErrorKind.TRUNCATED, e.kind());
      assertEquals(bytes.length, e.byteOffset());
    }
    assertEquals(before, MemoryStats.bodyBytesAllocated());
  }

  @Test
  void metadataSizesOutOfRange() {
    for (byte[] prefix : new byte[][] {{-1, -1, -1, -1, -2, -1, -1, -1}, {0, 0, 0, -128}}) {
      var e = Reading.fails(() -> Reading.streamValues(prefix, new byte[64]));
      assertEquals(ErrorKind.INVALID_DATA, e.kind());
    }
    ReadOptions tight = Reading.PURE.toBuilder().maxMetadataBytes(16).build();
    var e =
        Reading.fails(
            () -> ArrowIpc.openStream(ByteBuffer.wrap(Wire.stream(NUMBERS)), tight).close());
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }

  @Test
  void childrenShorterThanTheirParents() {
    for (Sample sample : Samples.all()) {
      if (sample.field().children().isEmpty() || !isFixed(sample.field().type())) {
        continue;
      }
      BatchSpec spec = sample.batch();
      long[] child = spec.nodes.get(1);
      child[0]--;
      child[1] = Math.min(child[0], child[1]);
      var e = refused(Schema.of(sample.field()), spec);
      assertEquals(ErrorKind.INVALID_DATA, e.kind(), sample.toString());
      assertEquals("f." + sample.field().children().get(0).name(), e.columnPath());
    }
  }

  private static boolean isFixed(ArrowType type) {
    return type instanceof ArrowType.Struct
        || type instanceof ArrowType.FixedSizeList
        || type instanceof ArrowType.Union union
            && union.mode() == io.nanoarrow.schema.UnionMode.SPARSE;
  }

  @Test
  void everyFixedWidthBufferOneByteShort() {
    for (Sample sample : Samples.all()) {
      BatchSpec whole = sample.batch();
      for (int i = 0; i < whole.buffers.size(); i++) {
        BatchSpec spec = sample.batch();
        if (spec.buffers.get(i)[1] == 0 || isData(sample.field().type(), i)) {
          continue;
        }
        spec.buffers.get(i)[1]--;
        var e = refused(Schema.of(sample.field()), spec);
        assertEquals(ErrorKind.INVALID_DATA, e.kind(), sample + " buffer " + i);
      }
    }
  }

  /** What only offsets and views point into is checked where it is read. */
  private static boolean isData(ArrowType type, int buffer) {
    return type instanceof ArrowType.Utf8View && buffer > 1;
  }

  @Test
  void listsWithoutData() {
    BatchSpec spec = BatchSpec.rows(2).node(2, 0).node(0, 0);
    spec.buffer().buffer().buffer().buffer();
    assertEquals(ErrorKind.INVALID_DATA, refused(LISTS, spec).kind());
    BatchSpec far = BatchSpec.rows(1).node(1, 0).node(0, 0);
    far.buffer().ints(0, 5).buffer().buffer();
    assertEquals(ErrorKind.INVALID_DATA, refused(LISTS, far).kind());
  }

  @Test
  void hugeFixedSizeListsOfNothing() {
    Field nothing = Field.of("item", new ArrowType.Null());
    Schema schema = Schema.of(Field.of("l", new ArrowType.FixedSizeList(2_000_000_000), nothing));
    BatchSpec spec = BatchSpec.rows(1L << 60).node(1L << 60, 0).node(1L << 60, 0).buffer();
    assertEquals(ErrorKind.INVALID_DATA, refused(schema, spec).kind());
  }

  @Test
  void nestingBeyondTheLimit() throws IOException {
    Field field = Field.of("leaf", INT32);
    for (int i = 1; i < 64; i++) {
      field = Field.of("f", new ArrowType.Struct(), field);
    }
    byte[] deep = Wire.stream(Schema.of(field));
    ReadOptions just = Reading.PURE.toBuilder().maxDepth(64).build();
    ArrowIpc.openStream(ByteBuffer.wrap(deep), just).close();
    ReadOptions under = Reading.PURE.toBuilder().maxDepth(63).build();
    var e = Reading.fails(() -> ArrowIpc.openStream(ByteBuffer.wrap(deep), under).close());
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }

  @Test
  void moreFieldsThanTheLimit() throws IOException {
    Field[] fields = new Field[10];
    java.util.Arrays.fill(fields, Field.of("n", INT32));
    byte[] wide = Wire.stream(Schema.of(fields));
    ReadOptions just = Reading.PURE.toBuilder().maxFields(10).build();
    ArrowIpc.openStream(ByteBuffer.wrap(wide), just).close();
    ReadOptions under = Reading.PURE.toBuilder().maxFields(9).build();
    var e = Reading.fails(() -> ArrowIpc.openStream(ByteBuffer.wrap(wide), under).close());
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }

  @Test
  void sharedTablesThatBlowUp() {
    FlatBufferBuilder out = new FlatBufferBuilder();
    int field = field(out, Type.Int, 0);
    for (int level = 0; level < 40; level++) {
      int[] children = {field, field, field, field};
      int vector = org.apache.arrow.flatbuf.Field.createChildrenVector(out, children);
      field = field(out, Type.Struct_, vector);
    }
    var e = refusedSchema(out, field);
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }

  @Test
  void sharedStringsThatBlowUp() {
    FlatBufferBuilder out = new FlatBufferBuilder();
    int text = out.createString("x".repeat(1 << 20));
    int pair = KeyValue.createKeyValue(out, text, text);
    int[] pairs = new int[1000];
    java.util.Arrays.fill(pairs, pair);
    int metadata = org.apache.arrow.flatbuf.Schema.createCustomMetadataVector(out, pairs);
    int schema = org.apache.arrow.flatbuf.Schema.createSchema(out, (short) 0, 0, metadata, 0);
    byte[] bytes = Wire.message(out, (short) 4, MessageHeader.Schema, schema, 0, 0);
    var e = Reading.fails(() -> Reading.streamValues(Wire.frame(bytes, new byte[0])));
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }

  private static int field(FlatBufferBuilder out, byte type, int children) {
    int table = org.apache.arrow.flatbuf.Int.createInt(out, 32, true);
    return org.apache.arrow.flatbuf.Field.createField(out, 0, true, type, table, 0, children, 0);
  }

  private static ArrowFormatException refusedSchema(FlatBufferBuilder out, int... fields) {
    int vector = org.apache.arrow.flatbuf.Schema.createFieldsVector(out, fields);
    int schema = org.apache.arrow.flatbuf.Schema.createSchema(out, (short) 0, vector, 0, 0);
    byte[] bytes = Wire.message(out, (short) 4, MessageHeader.Schema, schema, 0, 0);
    return Reading.fails(() -> Reading.streamValues(Wire.frame(bytes, new byte[0])));
  }

  @Test
  void missingParts() {
    FlatBufferBuilder noType = new FlatBufferBuilder();
    int field = org.apache.arrow.flatbuf.Field.createField(noType, 0, true, (byte) 0, 0, 0, 0, 0);
    assertEquals(ErrorKind.INVALID_DATA, refusedSchema(noType, field).kind());

    FlatBufferBuilder noValue = new FlatBufferBuilder();
    int pair = KeyValue.createKeyValue(noValue, noValue.createString("k"), 0);
    int[] pairs = {pair};
    int metadata = org.apache.arrow.flatbuf.Schema.createCustomMetadataVector(noValue, pairs);
    int type = org.apache.arrow.flatbuf.Int.createInt(noValue, 32, true);
    int withPair =
        org.apache.arrow.flatbuf.Field.createField(
            noValue, 0, true, Type.Int, type, 0, 0, metadata);
    assertEquals(ErrorKind.INVALID_DATA, refusedSchema(noValue, withPair).kind());

    FlatBufferBuilder noHeader = new FlatBufferBuilder();
    Message.finishMessageBuffer(
        noHeader, Message.createMessage(noHeader, (short) 4, MessageHeader.Schema, 0, 0, 0));
    byte[] bytes = noHeader.sizedByteArray();
    var e = Reading.fails(() -> Reading.streamValues(Wire.frame(bytes, new byte[0])));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());

    FlatBufferBuilder noData = new FlatBufferBuilder();
    int batch = DictionaryBatch.createDictionaryBatch(noData, 1, 0, false);
    byte[] dictionary = Wire.message(noData, (short) 4, MessageHeader.DictionaryBatch, batch, 0, 0);
    var d =
        Reading.fails(
            () -> Reading.streamValues(Wire.schema(NUMBERS), Wire.frame(dictionary, new byte[0])));
    assertEquals(ErrorKind.INVALID_DATA, d.kind());
  }

  @Test
  void unknownTypesAndMessagesAreUnsupported() {
    FlatBufferBuilder out = new FlatBufferBuilder();
    assertEquals(ErrorKind.UNSUPPORTED, refusedSchema(out, field(out, (byte) 99, 0)).kind());
    FlatBufferBuilder message = new FlatBufferBuilder();
    int table = org.apache.arrow.flatbuf.Int.createInt(message, 32, true);
    byte[] bytes = Wire.message(message, (short) 4, (byte) 77, table, 0, 0);
    var e = Reading.fails(() -> Reading.streamValues(Wire.frame(bytes, new byte[0])));
    assertEquals(ErrorKind.UNSUPPORTED, e.kind());
  }

  @Test
  void typesWithWrongParametersOrChildren() {
    Field child = Field.of("c", INT32);
    Field nullType = Field.of("c", new ArrowType.Null());
    Field[] wrong = {
      Field.of("f", new ArrowType.ListType()),
      Field.of("f", new ArrowType.ListType(), child, child),
      Field.of("f", INT32, child),
      Field.of("f", new ArrowType.MapType(false), child),
      Field.of("f", new ArrowType.MapType(false), Field.of("e", new ArrowType.Struct(), child)),
      Field.of("f", new ArrowType.RunEndEncoded(), child),
      Field.of("f", new ArrowType.RunEndEncoded(), nullType, child),
      Field.of(
          "f",
          new ArrowType.Union(io.nanoarrow.schema.UnionMode.DENSE, typeIds(1, 1)),
          child,
          child),
      Field.of("f", new ArrowType.Union(io.nanoarrow.schema.UnionMode.DENSE, typeIds(128)), child),
      Field.of("f", new ArrowType.Union(io.nanoarrow.schema.UnionMode.DENSE, typeIds(-1)), child),
      Field.of("f", new ArrowType.Union(io.nanoarrow.schema.UnionMode.DENSE, typeIds(1, 2)), child),
      Field.of("f", new ArrowType.Decimal(39, 0, 128)),
      Field.of("f", new ArrowType.Decimal(0, 0, 128))
    };
    for (Field field : wrong) {
      var e = Reading.fails(() -> Reading.streamValues(Wire.schema(Schema.of(field))));
      assertEquals(ErrorKind.INVALID_DATA, e.kind(), field.toString());
      assertEquals("f", e.columnPath());
    }
  }

  private static java.util.List<Integer> typeIds(Integer... ids) {
    return java.util.List.of(ids);
  }

  @Test
  void messagesOutOfPlace() {
    byte[] batch = Wire.batch(numbers());
    for (byte[] bytes :
        new byte[][] {
          batch, Wire.END, Wire.concat(Wire.schema(NUMBERS), Wire.schema(NUMBERS), batch)
        }) {
      var e = Reading.fails(() -> Reading.streamValues(bytes));
      assertEquals(ErrorKind.INVALID_DATA, e.kind());
    }
  }
}
