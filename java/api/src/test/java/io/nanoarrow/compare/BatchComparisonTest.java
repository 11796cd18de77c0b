package io.nanoarrow.compare;

import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.batch;
import static io.nanoarrow.testing.TestArrays.dictionary;
import static io.nanoarrow.testing.TestArrays.f64;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.i64;
import static io.nanoarrow.testing.TestArrays.i8;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.nested;
import static io.nanoarrow.testing.TestArrays.strings;
import static io.nanoarrow.testing.TestArrays.valid;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchComparisonTest {
  private static final ArrowType.Int INT8 = new ArrowType.Int(8, true);
  private static final BatchComparison VALUES = BatchComparison.builder().encoding(false).build();

  private static Difference difference(
      BatchComparison comparison, ColumnData left, ColumnData right) {
    try (RecordBatch a = batch(left);
        RecordBatch b = batch(right)) {
      return comparison.firstDifference(a, b);
    }
  }

  private static Difference difference(ColumnData left, ColumnData right) {
    return difference(BatchComparison.DEFAULT, left, right);
  }

  private static void assertSameHashAndEqual(ColumnData left, ColumnData right) {
    try (RecordBatch a = batch(left);
        RecordBatch b = batch(right)) {
      assertEquals(a, b);
      assertEquals(b, a);
      assertEquals(a.hashCode(), b.hashCode());
    }
  }

  private static ColumnData doubles(double... values) {
    return array(
        new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), values.length, f64(values));
  }

  @Test
  void namesColumnRowAndValues() {
    assertEquals(new Difference("f", 1, "2", "5"), difference(ints(1, 2, 3), ints(1, 5, 4)));
    assertEquals(new Difference("f", 1, "2", "null"), difference(ints(1, 2), ints(1, null)));
    assertEquals("column f: row 0: a <> b", difference(strings("a"), strings("b")).toString());
  }

  @Test
  void bytesUnderNullsPlayNoPart() {
    ArrowType.Int type = new ArrowType.Int(32, true);
    assertSameHashAndEqual(
        valid("101", array(type, 3, i32(1, 99, 3))), valid("101", array(type, 3, i32(1, -5, 3))));
  }

  @Test
  void offsetsPlayNoPart() {
    assertSameHashAndEqual(ints(9, 1, null, 3).slice(1, 3), ints(1, null, 3));
    assertSameHashAndEqual(strings("x", "a", null).slice(1, 2), strings("a", null));
    assertSameHashAndEqual(ints(8, 9, 1, 2).slice(2, 2), ints(1, 2));
  }

  @Test
  void bitmapWithoutNullsEqualsNone() {
    assertSameHashAndEqual(valid("111", ints(1, 2, 3)), ints(1, 2, 3));
  }

  @Test
  void rowCountsDiffer() {
    assertEquals("3 rows <> 2 rows", difference(ints(1, 2, 3), ints(1, 2)).toString());
  }

  @Test
  void longRunsDifferInTheirLastRow() {
    long[] left = new long[300_000];
    long[] right = left.clone();
    right[299_999] = 1;
    ArrowType.Int type = new ArrowType.Int(64, true);
    Difference found =
        difference(array(type, left.length, i64(left)), array(type, left.length, i64(right)));
    assertEquals(299_999, found.row());
  }

  @Test
  void nansAndZeros() {
    ColumnData nan = doubles(1, Double.NaN, 2);
    ColumnData otherNan = doubles(1, Double.longBitsToDouble(0x7ff8000000000001L), 2);
    assertSameHashAndEqual(nan, otherNan);
    Difference found = difference(BatchComparison.builder().nanEqualsNan(false).build(), nan, nan);
    assertEquals(1, found.row());
    assertEquals(0, difference(doubles(0.0), doubles(-0.0)).row());
    assertEquals(2, difference(nan, doubles(1, Double.NaN, 3)).row());
  }

  @Test
  void typesNamesAndNullability() {
    ColumnData a = ints(1);
    assertEquals("int32", difference(a, array(new ArrowType.Int(64, true), 1, i64(1))).left());
    assertEquals("name g", difference(a, named("g", a)).right());
    ColumnData strict =
        new ColumnData(a.field().withNullable(false), 1, 0, 0, null, a.buffers(), List.of(), null);
    assertEquals("not null", difference(a, strict).right());
    try (RecordBatch one = batch(a);
        RecordBatch two = batch(a, named("g", a))) {
      assertEquals(
          "1 columns <> 2 columns", BatchComparison.DEFAULT.firstDifference(one, two).toString());
      assertNotEquals(one, two);
    }
  }

  @Test
  void metadataOnlyWhenAskedFor() {
    ColumnData a = ints(1);
    ColumnData tagged =
        new ColumnData(
            a.field().withMetadata(Metadata.of(Map.of("k", "v"))),
            1,
            0,
            0,
            null,
            a.buffers(),
            List.of(),
            null);
    assertSameHashAndEqual(a, tagged);
    BatchComparison strict = BatchComparison.builder().metadata(true).build();
    assertEquals("f", difference(strict, a, tagged).columnPath());
    Schema schema = Schema.of(a.field());
    try (RecordBatch plain = batch(a);
        RecordBatch withMetadata =
            RecordBatch.of(schema, BatchData.of(1, List.of(a), Metadata.of(Map.of("k", "v"))))) {
      assertNull(BatchComparison.DEFAULT.firstDifference(plain, withMetadata));
      assertNotNull(strict.firstDifference(plain, withMetadata));
    }
    assertNotNull(
        strict.firstDifference(schema, new Schema(schema.fields(), Metadata.of(Map.of("k", "v")))));
  }

  @Test
  void dictionariesCountByTheirValues() {
    ColumnData left = dictionary(INT8, 3, i8(0, 1, 2), strings("a", "b", null));
    ColumnData right = dictionary(INT8, 3, i8(2, 0, 1), strings("b", null, "a"));
    assertSameHashAndEqual(left, right);
    ColumnData plain = strings("a", "b", null);
    assertEquals("not dictionary-encoded", difference(left, plain).right());
    assertNull(difference(VALUES, left, plain));
    assertNull(difference(VALUES, plain, right));
    assertEquals(1, difference(VALUES, left, strings("a", "c", null)).row());
  }

  @Test
  void dictionaryIdsPlayNoPart() {
    ColumnData left = dictionary(INT8, 1, i8(0), strings("a"));
    Field f = left.field();
    Field other =
        new Field(
            f.name(),
            true,
            f.type(),
            new DictionaryEncoding(42, INT8, false),
            List.of(),
            Metadata.EMPTY);
    assertSameHashAndEqual(
        left, new ColumnData(other, 1, 0, 0, null, left.buffers(), List.of(), left.dictionary()));
  }

  private static ColumnData runs(ColumnData values, long rows, long... ends) {
    return nested(
        new ArrowType.RunEndEncoded(),
        rows,
        List.of(),
        named("run_ends", array(new ArrowType.Int(32, true), ends.length, i32(ends))),
        named("values", values));
  }

  @Test
  void runsCountByTheirValues() {
    ColumnData left = runs(strings("a", "b"), 4, 2, 4);
    ColumnData right = runs(strings("a", "a", "b"), 4, 1, 2, 9);
    assertSameHashAndEqual(left, right);
    ColumnData plain = strings("a", "a", "b", "b");
    assertNotNull(difference(left, plain));
    assertNull(difference(VALUES, left, plain));
    assertNull(difference(VALUES, plain, left));
    assertEquals(3, difference(VALUES, left, strings("a", "a", "b", "c")).row());
    assertNull(difference(VALUES, left, dictionary(INT8, 4, i8(0, 0, 1, 1), strings("a", "b"))));
  }

  @Test
  void listsCountByTheirElementsWhateverTheirNames() {
    ColumnData left =
        nested(new ArrowType.ListType(), 2, List.of(i32(0, 1, 3)), named("item", ints(1, 2, null)));
    ColumnData right =
        nested(
            new ArrowType.ListType(),
            2,
            List.of(i32(1, 2, 4)),
            named("element", ints(7, 1, 2, null)));
    assertSameHashAndEqual(left, right);
    ColumnData other =
        nested(new ArrowType.ListType(), 2, List.of(i32(0, 1, 3)), named("item", ints(1, 2, 5)));
    assertEquals(new Difference("f", 1, "[2, null]", "[2, 5]"), difference(left, other));
    ColumnData sizes =
        nested(new ArrowType.ListType(), 2, List.of(i32(0, 2, 3)), named("item", ints(1, 2, 3)));
    assertEquals(0, difference(left, sizes).row());
  }

  @Test
  void structsAreFollowedToTheChild() {
    ColumnData left =
        nested(
            new ArrowType.Struct(),
            2,
            List.of(),
            named("a", ints(1, 2)),
            named("b", strings("x", "y")));
    ColumnData right =
        nested(
            new ArrowType.Struct(),
            2,
            List.of(),
            named("a", ints(1, 2)),
            named("b", strings("x", "z")));
    assertEquals(new Difference("f.b", 1, "y", "z"), difference(left, right));
    assertSameHashAndEqual(valid("10", left), valid("10", right));
    assertEquals("null", difference(left, valid("10", left)).right());
    assertEquals("name b", difference(left, renamed(left)).left());
  }

  private static ColumnData renamed(ColumnData struct) {
    return nested(
        new ArrowType.Struct(),
        2,
        List.of(),
        struct.children().get(0),
        named("c", struct.children().get(1)));
  }

  @Test
  void unionsCountByTheirChosenValues() {
    ArrowType dense = new ArrowType.Union(UnionMode.DENSE, List.of(0, 1));
    ColumnData left =
        nested(
            dense, 2, List.of(i8(0, 1), i32(0, 0)), named("i", ints(1)), named("s", strings("x")));
    ColumnData right =
        nested(
            dense,
            2,
            List.of(i8(0, 1), i32(1, 0)),
            named("i", ints(7, 1)),
            named("s", strings("x")));
    assertSameHashAndEqual(left, right);
    ColumnData other =
        nested(
            dense, 2, List.of(i8(1, 1), i32(0, 0)), named("i", ints(1)), named("s", strings("x")));
    assertEquals(0, difference(left, other).row());
  }

  @Test
  void otherTypesAreCompared() {
    assertNull(
        difference(
            array(new ArrowType.Decimal(38, 2, 128), 1, i64(5, 0)),
            array(new ArrowType.Decimal(38, 2, 128), 1, i64(5, 0))));
    assertNotNull(
        difference(
            valid("1", array(new ArrowType.Decimal(38, 2, 128), 1, i64(5, 0))),
            valid("1", array(new ArrowType.Decimal(38, 2, 128), 1, i64(5, 1)))));
    assertNull(difference(array(new ArrowType.Null(), 2), array(new ArrowType.Null(), 2)));
    assertEquals(
        1,
        difference(array(new ArrowType.Bool(), 2, i8(3)), array(new ArrowType.Bool(), 2, i8(1)))
            .row());
  }

  @Test
  void tablesAreEqualHoweverTheyAreDivided() {
    ColumnData all = ints(1, 2, null, 4, 5);
    Schema schema = Schema.of(all.field());
    try (Table one = new Table(schema, List.of(batch(all)));
        Table many =
            new Table(
                schema,
                List.of(
                    batch(all.slice(0, 2)),
                    batch(all.slice(2, 0)),
                    batch(all.slice(2, 1)),
                    batch(all.slice(3, 2))));
        Table other = new Table(schema, List.of(batch(all.slice(0, 3)), batch(ints(4, 6))))) {
      assertEquals(one, many);
      assertEquals(many, one);
      assertEquals(one.hashCode(), many.hashCode());
      assertEquals(
          new Difference("f", 4, "5", "6"), BatchComparison.DEFAULT.firstDifference(many, other));
      assertNotEquals(one, other);
    }
  }

  @Test
  void closedBatchesCannotBeCompared() {
    RecordBatch closed = batch(ints(1));
    closed.close();
    try (RecordBatch open = batch(ints(1))) {
      assertThrows(IllegalStateException.class, () -> open.equals(closed));
      assertThrows(IllegalStateException.class, () -> closed.equals(open));
      assertTrue(closed.equals(closed));
    }
  }
}
