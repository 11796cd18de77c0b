package io.nanoarrow.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.naj.Naj;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.TimeUnit;
import io.nanoarrow.schema.UnionMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaDescriptorTest {
  private static Schema roundTrip(Schema schema) {
    NativeRuntime.ensureLoaded();
    long handle = SchemaWriter.toHandle(schema);
    try {
      return SchemaReader.read(handle);
    } finally {
      Naj.naj_bind_schema_release(handle);
    }
  }

  private static Schema overC(Schema schema) {
    NativeRuntime.ensureLoaded();
    long struct = Naj.naj_bind_c_struct_allocate(0, Scratch.get().error);
    try {
      NativeCDataBridge bridge = new NativeCDataBridge();
      bridge.exportSchema(schema, struct);
      return bridge.importSchema(struct);
    } finally {
      Naj.naj_bind_c_struct_release(0, struct);
      Naj.naj_bind_c_struct_free(struct);
    }
  }

  static Schema everyType() {
    List<ArrowType> flat = new ArrayList<>();
    flat.add(new ArrowType.Null());
    flat.add(new ArrowType.Bool());
    for (int width : new int[] {8, 16, 32, 64}) {
      flat.add(new ArrowType.Int(width, true));
      flat.add(new ArrowType.Int(width, false));
    }
    for (FloatingPointPrecision precision : FloatingPointPrecision.values()) {
      flat.add(new ArrowType.FloatingPoint(precision));
    }
    flat.add(new ArrowType.Decimal(9, 2, 32));
    flat.add(new ArrowType.Decimal(18, -3, 64));
    flat.add(new ArrowType.Decimal(38, 10, 128));
    flat.add(new ArrowType.Decimal(76, 0, 256));
    flat.add(new ArrowType.Date(DateUnit.DAY));
    flat.add(new ArrowType.Date(DateUnit.MILLISECOND));
    for (TimeUnit unit : TimeUnit.values()) {
      flat.add(new ArrowType.Time(unit));
      flat.add(new ArrowType.Timestamp(unit, null));
      flat.add(new ArrowType.Timestamp(unit, "Europe/Zürich"));
      flat.add(new ArrowType.Duration(unit));
    }
    for (IntervalUnit unit : IntervalUnit.values()) {
      flat.add(new ArrowType.Interval(unit));
    }
    flat.add(new ArrowType.Utf8());
    flat.add(new ArrowType.LargeUtf8());
    flat.add(new ArrowType.Utf8View());
    flat.add(new ArrowType.Binary());
    flat.add(new ArrowType.LargeBinary());
    flat.add(new ArrowType.BinaryView());
    flat.add(new ArrowType.FixedSizeBinary(0));
    flat.add(new ArrowType.FixedSizeBinary(16));
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < flat.size(); i++) {
      fields.add(Field.of("f" + i, flat.get(i)));
    }
    Field item = Field.of("item", new ArrowType.Utf8());
    fields.add(Field.of("list", new ArrowType.ListType(), item));
    fields.add(Field.of("large list", new ArrowType.LargeList(), item.withNullable(false)));
    fields.add(Field.of("view", new ArrowType.ListView(), item));
    fields.add(Field.of("large view", new ArrowType.LargeListView(), item));
    fields.add(Field.of("fsl", new ArrowType.FixedSizeList(3), item));
    fields.add(Field.of("struct", new ArrowType.Struct(), item, Field.of("", flat.get(0))));
    Field entries =
        Field.of(
                "entries",
                new ArrowType.Struct(),
                Field.of("key", new ArrowType.Utf8()).withNullable(false),
                Field.of("value", new ArrowType.Int(32, true)))
            .withNullable(false);
    fields.add(Field.of("map", new ArrowType.MapType(true), entries));
    for (UnionMode mode : UnionMode.values()) {
      fields.add(
          Field.of(mode.name(), new ArrowType.Union(mode, List.of(5, 0)), item, fields.get(1)));
    }
    fields.add(
        Field.of(
            "ree",
            new ArrowType.RunEndEncoded(),
            Field.of("run_ends", new ArrowType.Int(16, true)).withNullable(false),
            Field.of("values", new ArrowType.Struct(), item)));
    return new Schema(fields, Metadata.of(Map.of("k", "v\0w", "", "")));
  }

  @Test
  void everyTypeIsKept() {
    assertEquals(everyType(), roundTrip(everyType()));
  }

  @Test
  void everyTypeIsKeptOverTheCDataInterface() {
    assertEquals(everyType().toString(), overC(everyType()).toString());
    assertEquals(everyType(), overC(everyType()));
  }

  @Test
  void dictionariesAreKept() {
    Field list = Field.of("l", new ArrowType.ListType(), Field.of("i", new ArrowType.Utf8()));
    Field encoded =
        new Field(
            "d",
            false,
            list.type(),
            new DictionaryEncoding(1L << 40, new ArrowType.Int(16, false), true),
            list.children(),
            Metadata.of(Map.of("a", "b")));
    Schema schema = Schema.of(list, encoded, Field.of("z", new ArrowType.Null()));
    assertEquals(schema, roundTrip(schema));
  }

  @Test
  void wideSchemasAreReadFast() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      fields.add(Field.of("column " + i, new ArrowType.Int(64, true)));
    }
    Schema schema = new Schema(fields, Metadata.EMPTY);
    assertEquals(schema, roundTrip(schema));
    long start = System.nanoTime();
    roundTrip(schema);
    assertTrue(System.nanoTime() - start < 2_000_000_000L, "quadratic?");
  }
}
