package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.flatbuffers.FlatBufferBuilder;
import io.nanoarrow.ArrowIpc;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Type;
import org.junit.jupiter.api.Test;

/** Schemas and headers that nobody writes by accident: each is refused with its kind. */
class HostileSchemaTest {
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final Schema NUMBERS = Schema.of(Field.of("n", INT32));

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

  /** As Arrow C++ does: they carry no data. */
  @Test
  void childrenOfATypeWithoutAreNotLookedAt() throws IOException {
    Schema schema =
        Schema.of(Field.of("f", INT32, Field.of("c", new ArrowType.Decimal(0, 0, 128))));
    try (var reader = Reading.stream(Wire.concat(Wire.schema(schema), Wire.END))) {
      assertEquals(Schema.of(Field.of("f", INT32)), reader.schema());
    }
  }

  @Test
  void unionsUnderAnotherMetadataVersionThanTheSchemas() {
    Field union =
        Field.of(
            "u",
            new ArrowType.Union(io.nanoarrow.schema.UnionMode.SPARSE, typeIds(0)),
            Field.of("c", INT32));
    BatchSpec batch = BatchSpec.rows(0).node(0, 0).buffer().node(0, 0).buffer().buffer();
    batch.version = 3;
    var e =
        Reading.fails(() -> Reading.streamValues(Wire.schema(Schema.of(union)), Wire.batch(batch)));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
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

  private static java.util.List<Integer> typeIds(Integer... ids) {
    return java.util.List.of(ids);
  }
}
