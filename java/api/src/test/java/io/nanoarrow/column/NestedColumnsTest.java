package io.nanoarrow.column;

import static io.nanoarrow.column.Hostile.assertInvalid;
import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.column;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.i64;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.nested;
import static io.nanoarrow.testing.TestArrays.strings;
import static io.nanoarrow.testing.TestArrays.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NestedColumnsTest {
  private static final ColumnData ITEMS = named("item", ints(1, null, 3, 4));

  /** The rows [1, null], [], null, [3, 4] in each layout. */
  static Stream<ColumnData> listLayouts() {
    return Stream.of(
            nested(new ArrowType.ListType(), 4, List.of(i32(0, 2, 2, 2, 4)), ITEMS),
            nested(new ArrowType.LargeList(), 4, List.of(i64(0, 2, 2, 2, 4)), ITEMS),
            nested(new ArrowType.ListView(), 4, List.of(i32(0, 4, -7, 2), i32(2, 0, 9, 2)), ITEMS),
            nested(
                new ArrowType.LargeListView(),
                4,
                List.of(i64(0, 4, -7, 2), i64(2, 0, 9, 2)),
                ITEMS))
        .map(each -> valid("1101", each));
  }

  @ParameterizedTest
  @MethodSource("listLayouts")
  void readsListsOfEveryLayout(ColumnData data) {
    ListColumn column = column(data).asList();
    assertEquals(Arrays.asList(1, null), column.getObject(0));
    assertEquals(List.of(), column.getObject(1));
    assertNull(column.getObject(2));
    assertEquals(List.of(3, 4), column.getObject(3));
    assertEquals(2, column.start(3));
    assertEquals(4, column.end(3));
    assertEquals(2, column.size(3));
    assertEquals(0, column.size(2));
    assertEquals(0, column.end(2));
    assertEquals("f.item", column.values().path());
    assertEquals("[1, null]", column.text(0));
  }

  @ParameterizedTest
  @MethodSource("listLayouts")
  void rowAsColumnOfItsOwn(ColumnData data) {
    ListColumn column = column(data).asList();
    IntColumn row = column.list(3).asInt();
    assertEquals(2, row.length());
    assertEquals(4, row.getInt(1));
    assertEquals(0, column.list(2).length());
    assertTrue(column.list(0).isNull(1));
  }

  @ParameterizedTest
  @MethodSource("listLayouts")
  void listsHonourOffset(ColumnData data) {
    ListColumn column = column(data.slice(2, 2)).asList();
    assertNull(column.getObject(0));
    assertEquals(List.of(3, 4), column.getObject(1));
    assertThrows(IndexOutOfBoundsException.class, () -> column.size(2));
  }

  @Test
  void listOverSlicedChild() {
    ColumnData data = nested(new ArrowType.ListType(), 1, List.of(i32(0, 2)), ITEMS.slice(2, 2));
    assertEquals(List.of(3, 4), column(data).getObject(0));
    ColumnData beyond = nested(new ArrowType.ListType(), 1, List.of(i32(0, 3)), ITEMS.slice(2, 2));
    assertInvalid("f", "offsets", () -> column(beyond).getObject(0));
  }

  @Test
  void hostileListOffsetsAreInvalid() {
    for (long[] pair : List.of(new long[] {2, 1}, new long[] {0, 5}, new long[] {-1, 1})) {
      ListColumn column =
          column(nested(new ArrowType.ListType(), 1, List.of(i32(pair)), ITEMS)).asList();
      assertInvalid("f", "offsets", () -> column.size(0));
      assertInvalid("f", "offsets", () -> column.start(0));
      assertInvalid("f", "offsets", () -> column.end(0));
      assertInvalid("f", "offsets", () -> column.list(0));
      assertInvalid("f", "offsets", () -> column.getObject(0));
      assertInvalid("f", "offsets", () -> column.text(0));
    }
    for (long[] view :
        List.of(
            new long[] {-1, 1},
            new long[] {0, -1},
            new long[] {4, 1},
            new long[] {Long.MAX_VALUE, 2},
            new long[] {2, Long.MAX_VALUE})) {
      ListColumn column =
          column(
                  nested(
                      new ArrowType.LargeListView(), 1, List.of(i64(view[0]), i64(view[1])), ITEMS))
              .asList();
      assertInvalid("f", "view", () -> column.getObject(0));
      assertInvalid("f", "view", () -> column.list(0));
    }
  }

  @Test
  void fixedSizeLists() {
    ColumnData data = nested(new ArrowType.FixedSizeList(2), 2, List.of(), ITEMS);
    FixedSizeListColumn column = column(valid("01", data).slice(1, 1)).asFixedSizeList();
    assertEquals(List.of(3, 4), column.getObject(0));
    assertEquals(2, column.listSize());
    assertEquals(2, column.start(0));
    assertNull(column(valid("01", data)).getObject(0));
    assertInvalid(
        "f",
        "do not fit",
        () -> column(nested(new ArrowType.FixedSizeList(2), 3, List.of(), ITEMS)));
    ColumnData none = nested(new ArrowType.FixedSizeList(0), 3, List.of(), ITEMS.slice(0, 0));
    assertEquals(List.of(), column(none).getObject(2));
  }

  private static ColumnData map(long[] offsets) {
    ColumnData entries =
        named(
            "entries",
            nested(
                new ArrowType.Struct(),
                3,
                List.of(),
                named("key", strings("a", "b", "a")),
                named("value", ints(1, null, 3))));
    return nested(new ArrowType.MapType(false), 2, List.of(i32(offsets)), entries);
  }

  @Test
  void mapsKeepRepeatedKeys() {
    MapColumn column = column(map(new long[] {0, 0, 3})).asMap();
    assertEquals(List.of(), column.getObject(0));
    List<?> entries = (List<?>) column.getObject(1);
    assertEquals(3, entries.size());
    assertEquals("a", ((Map.Entry<?, ?>) entries.get(2)).getKey());
    assertNull(((Map.Entry<?, ?>) entries.get(1)).getValue());
    assertEquals("{\"a\": 1, \"b\": null, \"a\": 3}", column.text(1));
    assertEquals("f.entries.key", column.keys().path());
    assertEquals(3, column.values().asInt().getInt(2));
    assertEquals(3, column.map(1).length());
    assertInvalid("f", "offsets", () -> column(map(new long[] {0, 4, 3})).getObject(0));
  }

  @Test
  void mapWithoutEntryStructIsInvalid() {
    assertInvalid(
        "f",
        "struct",
        () -> column(nested(new ArrowType.MapType(false), 1, List.of(i32(0, 1)), ITEMS)));
    assertInvalid(
        "f", "missing", () -> column(nested(new ArrowType.ListType(), 0, List.of(i32(0)))));
  }

  @Test
  void structsHonourOffsetInChildren() {
    ColumnData data =
        valid(
            "1101",
            nested(
                new ArrowType.Struct(),
                4,
                List.of(),
                named("a", ints(1, 2, 3, 4)),
                named("b", strings("w", null, "y", "z"))));
    StructColumn column = column(data.slice(1, 3)).asStruct();
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("a", 2);
    expected.put("b", null);
    assertEquals(expected, column.getObject(0));
    assertNull(column.getObject(1));
    assertEquals("{a: 4, b: \"z\"}", column.text(2));
    assertEquals(3, column.child("a").length());
    assertEquals(3, column.child("a").asInt().getInt(1));
    assertEquals("f.b", column.child(1).path());
    assertSame(column.child(0), column.child("a"));
    assertEquals(2, column.childCount());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> column.child("c"));
    assertTrue(e.getMessage().contains("[a, b]"), e.getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> column.child(2));
  }

  @Test
  void structKeepsRepeatedNames() {
    ColumnData data =
        nested(
            new ArrowType.Struct(),
            1,
            List.of(),
            named("a", ints(1)),
            named("a", ints(2)),
            named("a#1", ints(3)));
    assertEquals("{a=1, a#1=2, a#1#2=3}", column(data).getObject(0).toString());
  }

  @Test
  void structChildWithTooFewRowsIsInvalid() {
    ColumnData data = nested(new ArrowType.Struct(), 3, List.of(), named("a", ints(1, 2)));
    assertInvalid("f", "too few rows", () -> column(data).asStruct().child(0));
    assertInvalid("f", "too few rows", () -> column(data).getObject(0));
  }

  @Test
  void invalidChildLeavesItsSiblingsReadable() {
    ColumnData data =
        nested(
            new ArrowType.Struct(),
            2,
            List.of(),
            named("bad", array(new ArrowType.Int(32, true), 2, i32(1))),
            named("good", ints(1, 2)));
    StructColumn column = column(data).asStruct();
    assertEquals(2, column.child("good").asInt().getInt(1));
    assertInvalid("f.bad", "too small", () -> column.child("bad"));
  }

  @Test
  void deepNestingIsRead() {
    ColumnData data = ints(7);
    for (int depth = 0; depth < 127; depth++) {
      data = nested(new ArrowType.ListType(), 1, List.of(i32(0, 1)), data);
    }
    assertEquals("[".repeat(127) + "7" + "]".repeat(127), column(data).text(0));
  }

  @Test
  void textOfHugeValuesReadsNoMoreThanItShows() {
    ColumnData data = named("item", array(new ArrowType.Null(), 2));
    for (int depth = 0; depth < 100; depth++) {
      data =
          named("item", nested(new ArrowType.ListView(), 2, List.of(i32(0, 0), i32(2, 2)), data));
    }
    assertEquals(50, column(data).text(0, 50).length());
  }
}
