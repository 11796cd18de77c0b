package io.nanoarrow.build;

import static java.util.Arrays.asList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NestedBuildersTest {
  private static final ArrowType INT = new ArrowType.Int(32, true);
  private static final Field ITEM = Field.of("item", INT);
  private static final Field MAP =
      Field.of(
          "m",
          new ArrowType.MapType(false),
          Field.of(
                  "entries",
                  new ArrowType.Struct(),
                  Field.of("key", new ArrowType.Utf8()).withNullable(false),
                  Field.of("value", INT))
              .withNullable(false));
  private static final Field STRUCT =
      Field.of(
          "s", new ArrowType.Struct(), Field.of("a", INT), Field.of("b", new ArrowType.Utf8()));

  static Stream<ArrowType> lists() {
    return Stream.of(
        new ArrowType.ListType(),
        new ArrowType.LargeList(),
        new ArrowType.ListView(),
        new ArrowType.LargeListView());
  }

  private static Map<String, Object> struct(Object a, Object b) {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("a", a);
    struct.put("b", b);
    return struct;
  }

  @ParameterizedTest
  @MethodSource("lists")
  void listsOfAnySize(ArrowType type) {
    assertEquals(
        asList(List.of(1, 2), List.of(), null, asList(3, null), List.of(4)),
        Built.rows(
            Field.of("l", type, ITEM),
            column -> {
              ListBuilder lists = column.asList();
              IntBuilder items = lists.values().asInt();
              items.append(1);
              items.append(2);
              lists.endList();
              lists.endList();
              lists.appendNull();
              items.append(3);
              items.appendNull();
              lists.endList();
              lists.appendObject(new Object[] {4});
            }));
  }

  @Test
  void listsOfOneSize() {
    assertEquals(
        asList(List.of(1, 2), null, List.of(3, 4)),
        Built.rows(
            Field.of("l", new ArrowType.FixedSizeList(2), ITEM.withNullable(false)),
            column -> {
              ListBuilder lists = column.asList();
              lists.values().asInt().appendAll(new int[] {1, 2});
              lists.endList();
              lists.appendNull();
              assertThrows(
                  IllegalArgumentException.class, () -> lists.appendObject(List.of(1, 2, 3)));
              lists.appendObject(List.of(3, 4));
            }));
  }

  @Test
  void listsOfSizeZero() {
    assertEquals(
        asList(List.of(), null),
        Built.rows(
            Field.of("l", new ArrowType.FixedSizeList(0), ITEM),
            column -> {
              column.asList().endList();
              column.appendNull();
            }));
  }

  @Test
  void elementsWithoutARowAreRefusedByNullAndBuild() {
    try (BatchBuilder builder =
        BatchBuilder.of(Schema.of(Field.of("l", new ArrowType.ListType(), ITEM)))) {
      ListBuilder lists = builder.column(0).asList();
      lists.values().asInt().append(1);
      assertThrows(IllegalStateException.class, lists::appendNull);
      IllegalStateException e = assertThrows(IllegalStateException.class, builder::build);
      assertEquals("column l: 1 elements belong to no row: it was not ended", e.getMessage());
      builder.truncate(0);
      try (RecordBatch batch = builder.build()) {
        assertEquals(0, batch.column(0).data().children().get(0).length());
      }
    }
  }

  @Test
  void refusedElementLeavesNothingBehind() {
    assertEquals(
        List.of(List.of(5)),
        Built.rows(
            Field.of("l", new ArrowType.ListType(), ITEM),
            column -> {
              assertThrows(
                  IllegalArgumentException.class, () -> column.appendObject(asList(1, 2, "x")));
              column.appendObject(List.of(5));
            }));
  }

  @Test
  void mapsMayRepeatKeys() {
    assertEquals(
        asList(
            List.of(List.of("k", 1), asList("k", null)), List.of(), null, List.of(List.of("z", 9))),
        Built.rows(
            MAP,
            column -> {
              MapBuilder maps = column.asMap();
              maps.keys().asUtf8().append("k");
              maps.values().asInt().append(1);
              maps.keys().asUtf8().append("k");
              maps.values().appendNull();
              maps.endMap();
              maps.endMap();
              maps.appendNull();
              maps.appendObject(Map.of("z", 9));
            }));
  }

  @Test
  void mapWithoutAValueForAKeyIsRefused() {
    Built.rows(
        MAP,
        column -> {
          MapBuilder maps = column.asMap();
          maps.keys().asUtf8().append("k");
          IllegalStateException e = assertThrows(IllegalStateException.class, maps::endMap);
          assertEquals("column m.entries: child \"value\" has 0 values, not 1", e.getMessage());
          maps.values().asInt().append(1);
          maps.endMap();
          assertThrows(
              IllegalArgumentException.class,
              () -> maps.appendObject(java.util.Collections.singletonMap(null, 1)));
        });
  }

  @Test
  void structs() {
    assertEquals(
        asList(struct(1, "x"), null, struct(null, null), struct(2, null), struct(3, "y")),
        Built.rows(
            STRUCT,
            column -> {
              StructBuilder structs = column.asStruct();
              structs.child("a").asInt().append(1);
              structs.child(1).asUtf8().append("x");
              structs.endStruct();
              structs.appendNull();
              structs.appendObject(struct(null, null));
              structs.appendObject(Map.of("a", 2));
              structs.appendObject(List.of(3, "y"));
              assertThrows(
                  IllegalArgumentException.class, () -> structs.appendObject(Map.of("c", 2)));
              assertThrows(IllegalArgumentException.class, () -> structs.appendObject(List.of(1)));
              assertThrows(IllegalArgumentException.class, () -> structs.child("c"));
            }));
  }

  @Test
  void unfinishedStructNamesTheChild() {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(STRUCT))) {
      StructBuilder structs = builder.column(0).asStruct();
      structs.child("a").asInt().append(1);
      IllegalStateException e = assertThrows(IllegalStateException.class, structs::endStruct);
      assertEquals("column s: child \"b\" has 0 values, not 1", e.getMessage());
      assertThrows(IllegalStateException.class, builder::build);
      structs.child("b").appendNull();
      structs.endStruct();
      builder.build().close();
    }
  }

  @Test
  void repeatedNamesOfAStructAreToldApartAsTheyAreRead() {
    Field field = Field.of("s", new ArrowType.Struct(), Field.of("a", INT), Field.of("a", INT));
    Map<String, Object> value = Map.of("a", 1, "a#1", 2);
    assertEquals(List.of(value), Built.rows(field, column -> column.appendObject(value)));
  }

  @Test
  void childrenBelowANullThatCannotBeNullGetAValue() {
    Field child = Field.of("c", new ArrowType.Utf8()).withNullable(false);
    Field field = Field.of("s", new ArrowType.Struct(), child);
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(field))) {
      builder.column(0).appendNull();
      try (RecordBatch batch = builder.build()) {
        assertEquals(0, batch.column(0).asStruct().child(0).nullCount());
        assertEquals("", batch.column(0).asStruct().child(0).getObject(0));
      }
    }
  }

  private static Field union(UnionMode mode) {
    return Field.of(
        "u",
        new ArrowType.Union(mode, List.of(5, 7)),
        Field.of("i", INT),
        Field.of("s", new ArrowType.Utf8()));
  }

  @ParameterizedTest
  @EnumSource(UnionMode.class)
  void unionsByTypeIdAndByClass(UnionMode mode) {
    assertEquals(
        asList(1, "x", "y", null, null, 2, 3),
        Built.rows(
            union(mode),
            column -> {
              UnionBuilder unions = column.asUnion();
              unions.select(5).asInt().append(1);
              unions.select(7).asUtf8().append("x");
              unions.appendObject("y");
              unions.appendNull();
              unions.select(7).appendNull();
              unions.appendObject(2);
              unions.select(5).asInt().append(3);
              assertThrows(IllegalArgumentException.class, () -> unions.select(6));
              assertThrows(IllegalArgumentException.class, () -> unions.select(-1));
              assertThrows(IllegalArgumentException.class, () -> unions.appendObject(1.5));
            }));
  }

  @ParameterizedTest
  @EnumSource(UnionMode.class)
  void unionRowNeedsExactlyOneValue(UnionMode mode) {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(union(mode)))) {
      UnionBuilder unions = builder.column(0).asUnion();
      IntBuilder ints = unions.select(5).asInt();
      IllegalStateException e = assertThrows(IllegalStateException.class, builder::build);
      assertEquals("column u: a row has 0 values in child \"i\", not 1", e.getMessage());
      ints.append(1);
      ints.append(2);
      assertThrows(IllegalStateException.class, () -> unions.select(7));
      builder.truncate(0);
      unions.appendObject("z");
      try (RecordBatch batch = builder.build()) {
        assertEquals(List.of("z"), Built.rows(batch, 0));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(UnionMode.class)
  void unionsAreTruncated(UnionMode mode) {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(union(mode)))) {
      for (Object value : new Object[] {1, "a", 2, "b", 3}) {
        builder.appendRow(value);
      }
      builder.truncate(2);
      builder.appendRow("c");
      builder.appendRow(4);
      try (RecordBatch batch = builder.build()) {
        assertEquals(List.of(1, "a", "c", 4), Built.rows(batch, 0));
      }
    }
  }

  @Test
  void childrenThatBreakTheFormatAreRefused() {
    for (Field field :
        List.of(
            Field.of("f", new ArrowType.ListType()),
            Field.of("f", new ArrowType.MapType(false), ITEM),
            Field.of("f", new ArrowType.RunEndEncoded(), ITEM),
            Field.of("f", new ArrowType.Union(UnionMode.DENSE, List.of(1, 1)), ITEM, ITEM),
            Field.of("f", new ArrowType.Union(UnionMode.DENSE, List.of(1)), ITEM, ITEM))) {
      assertThrows(
          IllegalArgumentException.class, () -> BatchBuilder.of(Schema.of(field)), field::toString);
    }
  }

  @Test
  void nullType() {
    assertEquals(
        asList(null, null),
        Built.rows(new ArrowType.Null(), column -> column.asNull().appendNulls(2)));
  }
}
