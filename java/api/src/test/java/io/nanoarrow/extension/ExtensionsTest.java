package io.nanoarrow.extension;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.Tensor;
import io.nanoarrow.build.BatchBuilder;
import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.TimeUnit;
import io.nanoarrow.tensor.Dimension;
import io.nanoarrow.tensor.TensorView;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Extension types are known by their names and storage, read and built as Java values. */
class ExtensionsTest {
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final ArrowType DOUBLE =
      new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

  private static Field named(Field storage, String name, String metadata) {
    return storage.withMetadata(
        Metadata.of(Map.of(Field.EXTENSION_NAME, name, Field.EXTENSION_METADATA, metadata)));
  }

  private static RecordBatch build(Field field, Consumer<ColumnBuilder> fill) {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(field))) {
      fill.accept(builder.column(0));
      return builder.build();
    }
  }

  /** Appends values, reads them back and checks that the field still says what type it has. */
  private static <T> void roundTrip(ExtensionType<T> type, Field field, List<T> values) {
    try (RecordBatch batch =
        build(
            field,
            builder -> {
              ExtensionAppender<T> appender = type.appender(builder);
              values.forEach(appender::append);
            })) {
      Column column = batch.column(0);
      assertEquals(type, Extensions.of(column.field()).orElseThrow().type());
      ExtensionReader<?> reader = Extensions.CANONICAL.reader(column);
      List<Object> read = new ArrayList<>();
      for (long row = 0; row < batch.rowCount(); row++) {
        read.add(reader.get(row));
      }
      assertEquals(values, read);
      assertThrows(IndexOutOfBoundsException.class, () -> reader.get(batch.rowCount()));
    }
  }

  @Test
  void uuids() {
    UUID one = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    Field field = UuidType.INSTANCE.field("id");
    roundTrip(UuidType.INSTANCE, field, Arrays.asList(one, null, new UUID(0, -1)));
    try (RecordBatch batch = build(field, b -> UuidType.INSTANCE.appender(b).append(one))) {
      byte[] stored = batch.column(0).asFixedSizeBinary().getBytes(0);
      assertEquals(0x11, stored[1]);
      assertEquals((byte) 0xff, stored[15]);
    }
    DictionaryEncoding indices = new DictionaryEncoding(7, new ArrowType.Int(8, true), false);
    Field encoded = new Field("id", true, field.type(), indices, List.of(), field.metadata());
    roundTrip(UuidType.INSTANCE, encoded, Arrays.asList(one, one, null));
  }

  @Test
  void texts() {
    Field field = JsonType.INSTANCE.field("doc");
    roundTrip(JsonType.INSTANCE, field, Arrays.asList("{\"a\":1}", null, "not checked"));
    for (ArrowType text : List.of(new ArrowType.LargeUtf8(), new ArrowType.Utf8View())) {
      Field other = Extensions.field(Field.of("doc", text), JsonType.INSTANCE);
      roundTrip(JsonType.INSTANCE, other, List.of("[]"));
    }
  }

  @Test
  void booleans() {
    Field field = Bool8Type.INSTANCE.field("flag");
    roundTrip(Bool8Type.INSTANCE, field, Arrays.asList(true, false, null));
    try (RecordBatch batch = build(field, b -> b.appendObject((byte) -7))) {
      assertEquals(true, Bool8Type.INSTANCE.reader(batch.column(0)).get(0));
    }
  }

  @Test
  void opaqueValuesAreThoseOfTheStorage() {
    OpaqueType type = new OpaqueType("geometry", "PostGIS \"3\"");
    Field field = Extensions.field(Field.of("g", new ArrowType.Utf8()), type);
    roundTrip(type, field, Arrays.asList("POINT (1 2)", null));
  }

  @Test
  void timesKeepTheirOffset() {
    TimestampWithOffsetType type = TimestampWithOffsetType.INSTANCE;
    OffsetDateTime time = OffsetDateTime.parse("2024-02-29T23:30:00.123456-03:30");
    roundTrip(type, type.field("t"), Arrays.asList(time, null));
    Field seconds = type.field("t", TimeUnit.SECOND);
    assertThrows(
        IllegalArgumentException.class,
        () -> build(seconds, b -> type.appender(b).append(time)).close());
    OffsetDateTime odd = OffsetDateTime.parse("2024-02-29T23:30:00+01:00:30");
    assertThrows(
        IllegalArgumentException.class,
        () -> build(seconds, b -> type.appender(b).append(odd)).close());
  }

  @Test
  void anOffsetThatIsNoneIsInvalid() {
    TimestampWithOffsetType type = TimestampWithOffsetType.INSTANCE;
    try (RecordBatch batch =
        build(type.field("t"), b -> b.appendObject(List.of(Instant.EPOCH, (short) 2000)))) {
      ExtensionReader<OffsetDateTime> reader = type.reader(batch.column(0));
      assertThrows(ArrowFormatException.class, () -> reader.get(0));
    }
  }

  @Test
  void offsetsMayBeDictionaryEncoded() {
    TimestampWithOffsetType type = TimestampWithOffsetType.INSTANCE;
    Field plain = type.field("t");
    Field offset = plain.children().get(1);
    DictionaryEncoding indices = new DictionaryEncoding(1, new ArrowType.Int(8, true), false);
    Field encoded =
        new Field(offset.name(), false, offset.type(), indices, List.of(), Metadata.EMPTY);
    Field field =
        new Field(
            "t",
            true,
            plain.type(),
            null,
            List.of(plain.children().get(0), encoded),
            plain.metadata());
    OffsetDateTime time = OffsetDateTime.parse("2024-02-29T23:30:00+05:45");
    roundTrip(type, field, Arrays.asList(time, null));
  }

  @Test
  void tensorsOfOneShape() {
    FixedShapeTensorType type =
        new FixedShapeTensorType(DOUBLE, List.of(2L, 3L), List.of("row", "column"), List.of(1, 0));
    assertEquals(
        "{\"shape\":[2,3],\"dim_names\":[\"row\",\"column\"],\"permutation\":[1,0]}",
        type.metadata());
    Field field = type.field("t");
    TensorView kept;
    try (Tensor one = Tensor.of(new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
        RecordBatch batch =
            build(
                field,
                b -> {
                  ExtensionAppender<TensorView> appender = type.appender(b);
                  appender.append(null);
                  appender.append(one.view());
                  assertThrows(
                      IllegalArgumentException.class,
                      () -> appender.append(one.view().transpose()));
                })) {
      ExtensionReader<TensorView> reader = type.reader(batch.column(0));
      assertNull(reader.get(0));
      TensorView view = reader.get(1);
      assertEquals(List.of(new Dimension(3, "column"), new Dimension(2, "row")), view.dimensions());
      assertEquals(2, view.getDouble(0, 1));
      assertEquals(5, view.getDouble(2, 0));
      // Stored in the order of the physical axes.
      assertEquals(List.of(1.0, 3.0, 5.0, 2.0, 4.0, 6.0), batch.column(0).getObject(1));
      assertEquals(type, Extensions.of(field).orElseThrow().type());
      kept = view;
    }
    assertThrows(IllegalStateException.class, () -> kept.getDouble(0, 0));
  }

  @Test
  void tensorsOfSlicedColumnsBeginWhereTheyShould() {
    FixedShapeTensorType type = new FixedShapeTensorType(INT32, 2);
    try (Tensor one = Tensor.of(new int[] {1, 2}, 2);
        Tensor two = Tensor.of(new int[] {3, 4}, 2);
        RecordBatch batch =
            build(
                type.field("t"),
                b -> {
                  type.appender(b).append(one.view());
                  type.appender(b).append(two.view());
                });
        RecordBatch slice = batch.slice(1, 1)) {
      assertArrayEquals(new long[] {3, 4}, type.reader(slice.column(0)).get(0).toLongArray());
    }
  }

  @Test
  void nullElementsAreNoTensor() {
    FixedShapeTensorType type = new FixedShapeTensorType(INT32, 2);
    try (RecordBatch batch = build(type.field("t"), b -> b.appendObject(Arrays.asList(1, null)))) {
      ExtensionReader<TensorView> reader = type.reader(batch.column(0));
      assertThrows(ArrowFormatException.class, () -> reader.get(0));
    }
  }

  @Test
  void tensorsOfAnyShape() {
    VariableShapeTensorType type =
        new VariableShapeTensorType(
            INT32, 2, List.of("y", "x"), List.of(), Arrays.asList(null, 2L));
    Field field = type.field("t");
    assertEquals("{\"dim_names\":[\"y\",\"x\"],\"uniform_shape\":[null,2]}", type.metadata());
    try (Tensor one = Tensor.of(new int[] {1, 2, 3, 4, 5, 6}, 3, 2);
        Tensor none = Tensor.of(new int[0], 0, 2);
        RecordBatch batch =
            build(
                field,
                b -> {
                  ExtensionAppender<TensorView> appender = type.appender(b);
                  appender.append(one.view());
                  appender.append(null);
                  appender.append(none.view());
                  assertThrows(
                      IllegalArgumentException.class,
                      () -> appender.append(one.view().transpose()));
                })) {
      assertEquals(type, Extensions.of(batch.column(0).field()).orElseThrow().type());
      ExtensionReader<TensorView> reader = type.reader(batch.column(0));
      assertArrayEquals(new long[] {1, 2, 3, 4, 5, 6}, reader.get(0).toLongArray());
      assertEquals(
          List.of(new Dimension(3, "y"), new Dimension(2, "x")), reader.get(0).dimensions());
      assertNull(reader.get(1));
      assertEquals(0, reader.get(2).elementCount());
    }
  }

  @Test
  void aShapeThatLiesIsInvalid() {
    VariableShapeTensorType type = new VariableShapeTensorType(INT32, 2);
    for (List<Integer> shape :
        List.of(List.of(2, 2), List.of(-1, -3), List.of(Integer.MAX_VALUE, Integer.MAX_VALUE))) {
      try (RecordBatch batch =
          build(type.field("t"), b -> b.appendObject(List.of(List.of(1, 2, 3), shape)))) {
        ExtensionReader<TensorView> reader = type.reader(batch.column(0));
        assertThrows(ArrowFormatException.class, () -> reader.get(0), shape.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "arrow.uuid;",
        "arrow.bool8;",
        "arrow.json;",
        "arrow.timestamp_with_offset;",
        "arrow.fixed_shape_tensor;{\"shape\":[2]}",
        "arrow.variable_shape_tensor;"
      })
  void whatIsStoredOtherwiseStaysStorage(String name, String metadata) {
    Field field = named(Field.of("f", INT32), name, metadata == null ? "" : metadata);
    Extension extension = Extensions.of(field).orElseThrow();
    assertEquals(name, extension.name());
    assertNull(extension.type());
    assertTrue(extension.reason().contains("int32"), extension.reason());
    try (RecordBatch batch = build(field, b -> b.appendObject(5))) {
      assertEquals(5, batch.column(0).asInt().getInt(0));
      assertEquals(field, batch.schema().fields().get(0));
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class, () -> Extensions.CANONICAL.reader(batch.column(0)));
      assertTrue(e.getMessage().contains(extension.reason()), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"shape\":[3]}",
        "{\"shape\":[2,-1]}",
        "{\"shape\":[1.5]}",
        "{\"shape\":[4294967296,4294967296]}",
        "{\"shape\":2}",
        "{}",
        "[]",
        "{\"shape\":[2],\"permutation\":[1]}",
        "{\"shape\":[2],\"permutation\":[0,1]}",
        "{\"shape\":[1,2],\"permutation\":[0,0]}",
        "{\"shape\":[2],\"dim_names\":[\"a\",\"b\"]}",
        "{\"shape\":[2],\"dim_names\":[1]}",
        "{\"shape\":[2]"
      })
  void wrongParametersOfTensorsStayStorage(String metadata) {
    Field list = Field.of("t", new ArrowType.FixedSizeList(2), Field.of("item", INT32));
    Extension extension =
        Extensions.of(named(list, FixedShapeTensorType.NAME, metadata)).orElseThrow();
    assertNull(extension.type());
    assertNotNull(extension.reason());
  }

  @Test
  void anUnknownNameIsTold() {
    Field field = named(Field.of("f", INT32), "acme.unit", "{\"unit\":\"m\"}");
    Extension extension = Extensions.of(field).orElseThrow();
    assertEquals("acme.unit", extension.name());
    assertEquals("{\"unit\":\"m\"}", extension.metadata());
    assertNull(extension.type());
    assertTrue(Extensions.of(Field.of("f", INT32)).isEmpty());
  }

  /** Lengths in metres or feet, as a user may have them. */
  record Length(String unit) implements ExtensionType<String> {
    @Override
    public String name() {
      return "acme.unit";
    }

    @Override
    public String metadata() {
      return unit;
    }

    @Override
    public void requireStorage(Field field) {
      if (!field.type().equals(INT32)) {
        throw ExtensionType.wrongStorage(name(), "int32", field.type());
      }
    }

    @Override
    public Field field(String name) {
      return Extensions.field(Field.of(name, INT32), this);
    }

    @Override
    public ExtensionReader<String> reader(Column column) {
      return row -> column.isNull(row) ? null : column.asInt().getInt(row) + " " + unit;
    }

    @Override
    public ExtensionAppender<String> appender(ColumnBuilder builder) {
      return value -> builder.appendObject(Integer.valueOf(value.split(" ")[0]));
    }
  }

  @Test
  void usersAddTypesOfTheirOwn() {
    Extensions mine =
        Extensions.CANONICAL.with("acme.unit", (field, metadata) -> new Length(metadata));
    Length metres = new Length("m");
    try (RecordBatch batch = build(metres.field("f"), b -> metres.appender(b).append("12 m"))) {
      assertEquals("12 m", mine.reader(batch.column(0)).get(0));
      assertNull(Extensions.of(batch.column(0).field()).orElseThrow().type());
    }
  }

  @Test
  void otherMetadataOfAFieldIsKept() {
    Field field =
        Field.of("f", new ArrowType.FixedSizeBinary(16))
            .withMetadata(Metadata.of(Map.of("k", "v", Field.EXTENSION_NAME, "old")));
    Field named = Extensions.field(field, UuidType.INSTANCE);
    assertEquals("v", named.metadata().get("k").orElseThrow());
    assertEquals("arrow.uuid", named.metadata().get(Field.EXTENSION_NAME).orElseThrow());
    assertThrows(
        IllegalArgumentException.class,
        () -> Extensions.field(Field.of("f", INT32), UuidType.INSTANCE));
  }
}
