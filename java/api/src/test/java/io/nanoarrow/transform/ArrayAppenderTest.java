package io.nanoarrow.transform;

import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.bits;
import static io.nanoarrow.testing.TestArrays.dictionary;
import static io.nanoarrow.testing.TestArrays.i16;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.i8;
import static io.nanoarrow.testing.TestArrays.inline;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.nested;
import static io.nanoarrow.testing.TestArrays.strings;
import static io.nanoarrow.testing.TestArrays.text;
import static io.nanoarrow.testing.TestArrays.valid;
import static io.nanoarrow.testing.TestArrays.views;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.column.Column;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.UnionMode;
import io.nanoarrow.testing.TestArrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayAppenderTest {
  private static final ArrowType.Union DENSE = new ArrowType.Union(UnionMode.DENSE, List.of(5, 7));

  private static String shown(ColumnData data) {
    StringBuilder rows = new StringBuilder();
    Column column = TestArrays.column(data);
    for (long row = 0; row < column.length(); row++) {
      rows.append(row == 0 ? "" : " ").append(column.text(row));
    }
    return rows.toString();
  }

  private static ErrorKind refusal(ColumnData data) {
    ArrayAppender appender = ArrayAppender.of(data.field());
    return assertThrows(ArrowFormatException.class, () -> appender.append(data, 0, data.length()))
        .kind();
  }

  @Test
  void rowsAreAppendedBehindEachOther() {
    ColumnData data = ints(1, null, 3, 4);
    ArrayAppender appender = ArrayAppender.of(data.field());
    appender.append(data, 2, 2);
    appender.append(data.slice(1, 3), 0, 2);
    appender.appendNulls(1);
    assertEquals("3 4 null 3 null", shown(appender.array()));
  }

  @Test
  void anArrayReturnedStaysWhileMoreIsAppended() {
    ColumnData data = strings("a", null, "ccc");
    ArrayAppender appender = ArrayAppender.of(data.field());
    appender.append(data, 0, 3);
    ColumnData before = appender.array();
    for (int i = 0; i < 1000; i++) {
      appender.append(data, 2, 1);
    }
    assertEquals("a null ccc", shown(before));
    assertEquals(1003, appender.array().length());
  }

  @Test
  void afterAResetItStartsAgain() {
    ColumnData data = valid("10", strings("a", "b"));
    ArrayAppender appender = ArrayAppender.of(data.field());
    appender.append(data, 0, 2);
    appender.reset();
    appender.append(data, 0, 1);
    ColumnData again = appender.array();
    assertEquals("a", shown(again));
    appender.reset();
    appender.append(strings("x"), 0, 1);
    assertNull(appender.array().validity());
  }

  @Test
  void bitsAreShiftedFromAnyPlaceToAnyPlace() {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      pattern.append(i * i % 7 < 3 ? '1' : '0');
    }
    ColumnData data = array(new ArrowType.Bool(), 300, bits(pattern.toString()));
    for (int start = 0; start < 20; start++) {
      ArrayAppender appender = ArrayAppender.of(data.field());
      appender.append(data, 0, start);
      appender.append(data, start, 300 - start);
      assertEquals(shown(data), shown(appender.array()), "from " + start);
    }
  }

  @Test
  void offsetsThatAreNotRangesAreRefused() {
    ArrowType utf8 = new ArrowType.Utf8();
    assertEquals(ErrorKind.INVALID_DATA, refusal(array(utf8, 2, i32(0, 3, 2), text("abc"))));
    assertEquals(ErrorKind.INVALID_DATA, refusal(array(utf8, 1, i32(-1, 2), text("abc"))));
    assertEquals(ErrorKind.INVALID_DATA, refusal(array(utf8, 1, i32(0, 4), text("abc"))));
    assertEquals(ErrorKind.INVALID_DATA, refusal(array(utf8, 2, i32(0, 1), text("abc"))));
  }

  @Test
  void viewsThatLeaveTheirBuffersAreRefused() {
    ArrowType type = new ArrowType.Utf8View();
    long[] outside = {20, 0, 0, 5};
    long[] noBuffer = {20, 0, 1, 0};
    long[] negative = {-1, 0, 0, 0};
    ArrowBuffer data = text("twenty-four bytes of text");
    for (long[] view : List.of(outside, noBuffer, negative)) {
      ColumnData array = array(type, 1, views(view), data);
      assertEquals(view == outside ? null : ErrorKind.INVALID_DATA, refusalOrNull(array));
    }
    assertEquals(
        ErrorKind.INVALID_DATA, refusal(array(type, 1, views(new long[] {20, 0, 0, 6}), data)));
  }

  private static ErrorKind refusalOrNull(ColumnData data) {
    ArrayAppender appender = ArrayAppender.of(data.field());
    try {
      appender.append(data, 0, data.length());
      return null;
    } catch (ArrowFormatException e) {
      return e.kind();
    }
  }

  @Test
  void whatViewsShareIsCopiedOnce() {
    String shared = "a text that is longer than a view holds";
    long[] view = {shared.length(), 0, 0, 0};
    ColumnData data =
        array(new ArrowType.Utf8View(), 3, views(view, inline("in"), view), text(shared));
    ArrayAppender appender = ArrayAppender.of(data.field());
    appender.append(data, 0, 3);
    assertEquals(shown(data), shown(appender.array()));
    assertEquals(shared.length(), appender.array().buffers().get(1).sizeBytes());
  }

  @Test
  void whatNoViewNeedsIsNotCopied() {
    ArrowBuffer data = text("x".repeat(1000) + "a text of twenty-two b" + "y".repeat(1000));
    long[] view = {22, 0, 0, 1000};
    ColumnData array = array(new ArrowType.Utf8View(), 1, views(view), data);
    ArrayAppender appender = ArrayAppender.of(array.field());
    appender.append(array, 0, 1);
    assertEquals("a text of twenty-two b", shown(appender.array()));
    assertEquals(22, appender.array().buffers().get(1).sizeBytes());
  }

  @Test
  void listsThatShareElementsDoNotMultiplyThem() {
    ColumnData elements = ints(1, 2, 3);
    ColumnData lists =
        nested(new ArrowType.ListView(), 4, List.of(i32(0, 0, 1, 0), i32(3, 3, 2, 0)), elements);
    ArrayAppender appender = ArrayAppender.of(lists.field());
    appender.append(lists, 0, 4);
    assertEquals(shown(lists), shown(appender.array()));
    assertEquals(3, appender.array().children().get(0).length());
  }

  @Test
  void nestedListsThatShareElementsStayAsSmallAsTheirBytes() {
    ColumnData level = ints(1, 2);
    for (int i = 0; i < 40; i++) {
      // Each list has both lists below it, twice.
      level =
          nested(new ArrowType.ListView(), 2, List.of(i32(0, 0), i32(2, 2)), named("n" + i, level));
    }
    ArrayAppender appender = ArrayAppender.of(level.field());
    appender.append(level, 0, 2);
    ColumnData inner = appender.array();
    for (int i = 0; i < 40; i++) {
      assertEquals(2, inner.length());
      inner = inner.children().get(0);
    }
  }

  @Test
  void viewsOfElementsThatAreMissingAreRefused() {
    for (long[] bad : new long[][] {{2, 2}, {-1, 1}, {0, 4}, {1, -1}}) {
      ColumnData lists =
          nested(new ArrowType.ListView(), 1, List.of(i32(bad[0]), i32(bad[1])), ints(1, 2, 3));
      assertEquals(ErrorKind.INVALID_DATA, refusal(lists));
    }
  }

  @Test
  void denseUnionsTakeWhatTheirRowsReferTo() {
    ColumnData union =
        nested(
            DENSE,
            4,
            List.of(i8(5, 7, 5, 7), i32(1, 0, 1, 2)),
            ints(10, 11),
            strings("a", "b", "c"));
    ArrayAppender appender = ArrayAppender.of(union.field());
    appender.append(union, 2, 2);
    appender.append(union, 0, 4);
    assertEquals("11 c 11 a 11 c", shown(appender.array()));
  }

  @Test
  void unionsThatReferToNothingAreRefused() {
    ColumnData badId = nested(DENSE, 1, List.of(i8(6), i32(0)), ints(10), strings("a"));
    assertEquals(ErrorKind.INVALID_DATA, refusal(badId));
    ColumnData badOffset = nested(DENSE, 1, List.of(i8(5), i32(1)), ints(10), strings("a"));
    assertEquals(ErrorKind.INVALID_DATA, refusal(badOffset));
  }

  private static ColumnData runs(long rows, long... ends) {
    ColumnData runEnds =
        named("run_ends", array(new ArrowType.Int(16, true), ends.length, i16(ends)));
    Integer[] values = new Integer[ends.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    return nested(new ArrowType.RunEndEncoded(), rows, List.of(), runEnds, ints(values));
  }

  @Test
  void runsAreCutAndJoined() {
    ColumnData data = runs(6, 2, 3, 6);
    ArrayAppender appender = ArrayAppender.of(data.field());
    appender.append(data, 1, 3);
    appender.append(data.slice(2, 4), 0, 4);
    assertEquals("0 1 2 1 2 2 2", shown(appender.array()));
  }

  @Test
  void runsThatDoNotGrowOrEndTooSoonAreRefused() {
    assertEquals(ErrorKind.INVALID_DATA, refusal(runs(6, 2, 2, 6)));
    assertEquals(ErrorKind.INVALID_DATA, refusal(runs(6, 2, 3, 5)));
  }

  @Test
  void moreRowsThanRunEndsCountAreTooMany() {
    ColumnData data = runs(20_000, 20_000);
    ArrayAppender appender = ArrayAppender.of(data.field());
    appender.append(data, 0, 20_000);
    TooManyValuesException e =
        assertThrows(TooManyValuesException.class, () -> appender.append(data, 0, 20_000));
    assertTrue(e.getMessage().contains("column f"), e.getMessage());
  }

  @Test
  void dictionariesOfWhichOneBeginsTheOtherAreJoined() {
    ArrowType.Int int8 = new ArrowType.Int(8, true);
    ColumnData one = dictionary(int8, 1, i8(0), strings("a"));
    ColumnData two = dictionary(int8, 2, i8(1, 0), strings("a", "b"));
    ColumnData joined = Concat.of(List.of(one, two, one));
    assertEquals("a b a a", shown(joined));
    assertSame(two.dictionary(), joined.dictionary());
    ColumnData other = dictionary(int8, 1, i8(0), strings("x"));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Concat.of(List.of(one, other)));
    assertTrue(e.getMessage().contains("unify"), e.getMessage());
  }

  @Test
  void nullsOfEveryKindCanBeAppended() {
    ColumnData struct = nested(new ArrowType.Struct(), 1, List.of(), named("a", ints(1)));
    ColumnData lists = nested(new ArrowType.FixedSizeList(2), 1, List.of(), ints(1, 2));
    ColumnData union = nested(DENSE, 1, List.of(i8(7), i32(0)), ints(10), strings("a"));
    for (ColumnData data : List.of(strings("x"), struct, lists, union, runs(1, 1))) {
      ArrayAppender appender = ArrayAppender.of(data.field());
      appender.appendNulls(2);
      appender.append(data, 0, 1);
      appender.appendNulls(1);
      assertEquals("null null " + shown(data) + " null", shown(appender.array()));
    }
  }

  @Test
  void moreValuesThanIndicesReachAreTooMany() {
    Integer[] numbers = new Integer[129];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    var encoding = new io.nanoarrow.schema.DictionaryEncoding(1, new ArrowType.Int(8, true), false);
    assertThrows(TooManyValuesException.class, () -> Dictionaries.encode(ints(numbers), encoding));
    var unsigned =
        new io.nanoarrow.schema.DictionaryEncoding(1, new ArrowType.Int(8, false), false);
    assertEquals(129, Dictionaries.encode(ints(numbers), unsigned).dictionary().length());
  }

  @Test
  void anIndexOutsideItsDictionaryIsRefused() {
    ColumnData bad = dictionary(new ArrowType.Int(8, true), 1, i8(1), strings("a"));
    assertThrows(ArrowFormatException.class, () -> Dictionaries.decode(bad));
  }

  private static ColumnData encodedAb() {
    return named("item", dictionary(new ArrowType.Int(8, true), 2, i8(0, 1), strings("a", "b")));
  }

  @Test
  void aNestedDictionaryStaysWhenNothingRefersToIt() {
    ColumnData values = encodedAb();
    ColumnData runEnds = named("run_ends", array(new ArrowType.Int(16, true), 0, i16()));
    ColumnData runs = nested(new ArrowType.RunEndEncoded(), 0, List.of(), runEnds, values);
    ColumnData union =
        nested(DENSE, 1, List.of(i8(5), i32(0)), named("x", ints(1)), named("item", values));
    for (ColumnData data :
        List.of(
            nested(new ArrowType.ListType(), 1, List.of(i32(1, 1)), values),
            nested(new ArrowType.ListView(), 1, List.of(i32(0), i32(0)), values),
            nested(new ArrowType.FixedSizeList(0), 1, List.of(), values),
            nested(new ArrowType.ListType(), 1, List.of(i32(0, 0)), named("item", runs)),
            nested(new ArrowType.ListType(), 1, List.of(i32(0, 0)), named("item", union)),
            union)) {
      ArrayAppender appender = ArrayAppender.of(data.field());
      appender.append(data, 0, 1);
      ColumnData found = appender.array();
      while (found.dictionary() == null) {
        found = found.children().get(found.children().size() - 1);
      }
      assertSame(values.dictionary(), found.dictionary(), data.field().toString());
      appender.reset();
      appender.append(data, 0, 0);
      assertEquals("", shown(appender.array()));
    }
  }

  @Test
  void aDictionaryThatNothingRefersToGivesWay() {
    var int8 = new ArrowType.Int(8, true);
    ColumnData one = dictionary(int8, 1, i8(0), strings("a"));
    ColumnData longer = dictionary(int8, 1, i8(0), strings("a", "b"));
    ColumnData other = dictionary(int8, 1, i8(0), strings("x"));
    ArrayAppender appender = ArrayAppender.of(one.field());
    appender.append(other, 0, 0);
    appender.append(one, 0, 1);
    appender.append(other, 0, 0);
    appender.append(longer, 0, 0);
    assertSame(longer.dictionary(), appender.array().dictionary());
    assertEquals("a", shown(appender.array()));
    assertThrows(IllegalArgumentException.class, () -> appender.append(other, 0, 1));
  }
}
