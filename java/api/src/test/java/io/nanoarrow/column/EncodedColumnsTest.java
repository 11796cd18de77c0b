package io.nanoarrow.column;

import static io.nanoarrow.column.Hostile.assertInvalid;
import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.column;
import static io.nanoarrow.testing.TestArrays.dictionary;
import static io.nanoarrow.testing.TestArrays.i16;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.i64;
import static io.nanoarrow.testing.TestArrays.i8;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.nested;
import static io.nanoarrow.testing.TestArrays.strings;
import static io.nanoarrow.testing.TestArrays.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.UnionMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodedColumnsTest {
  private static final ArrowType.Int INT8 = new ArrowType.Int(8, true);
  private static final ArrowType.Int UINT8 = new ArrowType.Int(8, false);

  private static ColumnData sparse(ArrowBuffer ids) {
    return nested(
        new ArrowType.Union(UnionMode.SPARSE, List.of(5, 100)),
        3,
        List.of(ids),
        named("i", ints(1, 2, null)),
        named("s", strings("x", "y", "z")));
  }

  private static ColumnData dense(ArrowBuffer ids, ArrowBuffer offsets) {
    return nested(
        new ArrowType.Union(UnionMode.DENSE, List.of(5, 100)),
        3,
        List.of(ids, offsets),
        named("i", ints(1, null)),
        named("s", strings("x")));
  }

  @Test
  void sparseUnions() {
    UnionColumn column = column(sparse(i8(5, 100, 5)).slice(1, 2)).asUnion();
    assertEquals(100, column.typeId(0));
    assertEquals(1, column.childIndex(0));
    assertEquals(0, column.childRow(0));
    assertEquals("y", column.getObject(0));
    assertNull(column.getObject(1));
    assertTrue(column.isNull(1));
    assertEquals(1, column.nullCount());
    assertEquals("f.s", column.childOf(0).path());
    assertEquals(2, column.childCount());
  }

  @Test
  void denseUnions() {
    UnionColumn column = column(dense(i8(100, 5, 5), i32(0, 1, 0))).asUnion();
    assertEquals("x", column.getObject(0));
    assertTrue(column.isNull(1));
    assertEquals(1, column.getObject(2));
    assertEquals("1", column.text(2));
    UnionColumn sliced = column(dense(i8(100, 5, 5), i32(0, 1, 0)).slice(2, 1)).asUnion();
    assertEquals(0, sliced.childRow(0));
    assertEquals(1, sliced.getObject(0));
  }

  @Test
  void hostileUnionsAreInvalid() {
    for (long id : new long[] {0, 6, 127, -1, -128}) {
      UnionColumn column = column(sparse(i8(id, id, id))).asUnion();
      assertInvalid("f", "type id", () -> column.isNull(0));
      assertInvalid("f", "type id", () -> column.getObject(1));
      assertInvalid("f", "type id", () -> column.childOf(2));
    }
    for (long offset : new long[] {-1, 2, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      UnionColumn column = column(dense(i8(5, 5, 5), i32(offset, 0, 0))).asUnion();
      assertInvalid("f", "offset", () -> column.getObject(0));
      assertInvalid("f", "offset", () -> column.childRow(0));
    }
    assertInvalid("f", "too small", () -> column(dense(i8(5, 5, 5), i32(0, 0))));
    assertInvalid("f", "too small", () -> column(sparse(i8(5, 5))));
  }

  @Test
  void unionTypesThatCannotBeAreInvalid() {
    for (List<Integer> ids : List.of(List.of(5), List.of(5, 5), List.of(-1, 5), List.of(5, 128))) {
      ColumnData data =
          nested(new ArrowType.Union(UnionMode.SPARSE, ids), 1, List.of(i8(5)), ints(1), ints(2));
      assertInvalid("f", "type id", () -> column(data));
    }
  }

  @Test
  void dictionaries() {
    DictionaryColumn column =
        column(
                valid("1011", dictionary(INT8, 4, i8(1, 9, 0, 2), strings("a", "b", null)))
                    .slice(0, 4))
            .asDictionary();
    assertEquals("b", column.getObject(0));
    assertEquals(1, column.index(0));
    assertEquals(-1, column.index(1));
    assertNull(column.getObject(1));
    assertTrue(column.isNull(1));
    assertFalse(column.isNull(2));
    assertTrue(column.isNull(3));
    assertEquals(2, column.nullCount());
    assertEquals("a", column.values().asUtf8().getString(column.index(2)));
    assertEquals("null", column.text(3));
    assertEquals(2, column.indices().getLong(3));
  }

  @Test
  void dictionaryNullCountWithoutNullValuesIsThatOfTheIndices() {
    ColumnData data = valid("101", dictionary(INT8, 3, i8(1, 9, 0), strings("a", "b")));
    assertEquals(1, column(data).nullCount());
    assertEquals(1, column(data.slice(1, 2)).nullCount());
  }

  @Test
  void dictionaryIndicesMayBeUnsigned() {
    String[] values = new String[256];
    java.util.Arrays.fill(values, "v");
    values[255] = "last";
    assertEquals("last", column(dictionary(UINT8, 1, i8(255), strings(values))).getObject(0));
  }

  @Test
  void hostileIndicesAreInvalid() {
    for (long index : new long[] {-1, 2, 127}) {
      DictionaryColumn column =
          column(dictionary(INT8, 1, i8(index), strings("a", "b"))).asDictionary();
      assertInvalid("f", "index", () -> column.index(0));
      assertInvalid("f", "index", () -> column.isNull(0));
      assertInvalid("f", "index", () -> column.getObject(0));
      assertInvalid("f", "index", () -> column.text(0));
    }
    DictionaryColumn unsigned =
        column(dictionary(new ArrowType.Int(64, false), 1, i64(-1), strings("a"))).asDictionary();
    assertInvalid("f", "index", () -> unsigned.getObject(0));
    assertInvalid("f", "too small", () -> column(dictionary(INT8, 2, i8(0), strings("a"))));
  }

  @Test
  void dictionaryIsNotTheTypeOfItsValues() {
    Column column = column(dictionary(INT8, 1, i8(0), strings("a")));
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, column::asUtf8);
    assertTrue(e.getMessage().contains("dictionary of string"), e.getMessage());
  }

  @Test
  void dictionaryMissingIsInvalid() {
    ColumnData data = dictionary(INT8, 1, i8(0), strings("a"));
    ColumnData without =
        new ColumnData(data.field(), 1, 0, 0, null, data.buffers(), List.of(), null);
    assertInvalid("f", "missing", () -> column(without));
  }

  private static ColumnData runs(int bits, ArrowBuffer ends, long count, long rows) {
    return nested(
        new ArrowType.RunEndEncoded(),
        rows,
        List.of(),
        named("run_ends", array(new ArrowType.Int(bits, true), count, ends)),
        named("values", strings("a", null, "c").slice(0, count)));
  }

  @Test
  void runsOfEveryWidth() {
    for (ColumnData data :
        List.of(
            runs(16, i16(2, 3, 6), 3, 6),
            runs(32, i32(2, 3, 6), 3, 6),
            runs(64, i64(2, 3, 6), 3, 6))) {
      RunEndEncodedColumn column = column(data).asRunEndEncoded();
      StringBuilder all = new StringBuilder();
      for (int row = 0; row < 6; row++) {
        all.append(column.text(row)).append(column.runIndex(row)).append(' ');
      }
      assertEquals("a0 a0 null1 c2 c2 c2 ", all.toString());
      assertTrue(column.isNull(2));
      assertEquals(1, column.nullCount());
      assertEquals(3, column.runEnd(1));
    }
  }

  @Test
  void runsHonourOffset() {
    RunEndEncodedColumn column = column(runs(32, i32(2, 3, 9), 3, 6).slice(1, 4)).asRunEndEncoded();
    assertEquals("a", column.getObject(0));
    assertNull(column.getObject(1));
    assertEquals("c", column.getObject(2));
    assertEquals("c", column.getObject(3));
    assertEquals(1, column.runEnd(0));
    assertEquals(4, column.runEnd(2));
    assertThrows(IndexOutOfBoundsException.class, () -> column.getObject(4));
    assertEquals(3, column.runCount());
  }

  @Test
  void hostileRunEndsAreInvalidOrStayWithinTheValues() {
    assertInvalid("f", "end before", () -> column(runs(32, i32(2, 3, 5), 3, 6)));
    assertInvalid("f", "end before", () -> column(runs(32, i32(2, 3, Integer.MIN_VALUE), 3, 6)));
    assertInvalid("f", "end before", () -> column(runs(32, i32(), 0, 1)));
    RunEndEncodedColumn descending = column(runs(32, i32(6, -1, 6), 3, 6)).asRunEndEncoded();
    for (int row = 0; row < 6; row++) {
      long run = descending.runIndex(row);
      assertTrue(run >= 0 && run < 3);
    }
    ColumnData few =
        nested(
            new ArrowType.RunEndEncoded(),
            2,
            List.of(),
            named("run_ends", ints(1, 2)),
            named("values", strings("a")));
    assertInvalid("f", "values", () -> column(few));
    ColumnData wrongEnds =
        nested(
            new ArrowType.RunEndEncoded(),
            1,
            List.of(),
            named("run_ends", strings("x")),
            named("values", strings("a")));
    assertInvalid("f", "run ends", () -> column(wrongEnds));
  }
}
