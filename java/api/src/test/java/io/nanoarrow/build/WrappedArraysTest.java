package io.nanoarrow.build;

import static java.util.Arrays.asList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrappedArraysTest {
  private static final Field INT = Field.of("i", new ArrowType.Int(32, true));
  private static final Field TEXT = Field.of("t", new ArrowType.Utf8());
  private static final Field LIST = Field.of("l", new ArrowType.ListType(), INT);

  private static ByteBuffer ints(int... values) {
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(4 * values.length + 8)
            .alignedSlice(8)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.flip();
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Object> rows(ColumnData array) {
    try (RecordBatch batch =
        WrappedArrays.batch(
            Schema.of(array.field()), array.length(), List.of(array), Metadata.EMPTY)) {
      return Built.rows(batch, 0);
    }
  }

  private static void refused(String what, Runnable make) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, make::run);
    assertTrue(e.getMessage().contains(what), e.getMessage());
  }

  @Test
  void numbersAreReadWhereTheyLie() {
    ByteBuffer values = ints(1, 2, 3);
    ColumnData array = WrappedArrays.leaf(INT, 3, bytes(0b101), values);
    assertEquals(1, array.nullCount());
    assertEquals(asList(1, null, 3), rows(array));
    values.putInt(0, 9);
    assertEquals(asList(9, null, 3), rows(array));
  }

  @Test
  void textsAndListsAndStructs() {
    ColumnData texts = WrappedArrays.leaf(TEXT, 2, null, ints(0, 1, 3), text("abc"));
    assertEquals(List.of("a", "bc"), rows(texts));
    ColumnData items = WrappedArrays.leaf(INT, 3, null, ints(1, 2, 3));
    ColumnData lists = WrappedArrays.nested(LIST, 2, null, List.of(ints(0, 0, 3)), List.of(items));
    assertEquals(List.of(List.of(), List.of(1, 2, 3)), rows(lists));
    ColumnData struct =
        WrappedArrays.nested(
            Field.of("s", new ArrowType.Struct(), TEXT, LIST),
            2,
            null,
            List.of(),
            List.of(texts, lists));
    assertEquals(Map.of("t", "bc", "l", List.of(1, 2, 3)), rows(struct).get(1));
  }

  @Test
  void unionsRunsAndDictionaries() {
    ColumnData items = WrappedArrays.leaf(INT, 2, null, ints(7, 8));
    ColumnData union =
        WrappedArrays.nested(
            Field.of("u", new ArrowType.Union(UnionMode.DENSE, List.of(4)), INT),
            3,
            null,
            List.of(bytes(4, 4, 4), ints(1, 0, 1)),
            List.of(items));
    assertEquals(List.of(8, 7, 8), rows(union));
    Field ends = Field.of("run_ends", new ArrowType.Int(32, true)).withNullable(false);
    ColumnData runs =
        WrappedArrays.nested(
            Field.of("r", new ArrowType.RunEndEncoded(), ends, INT),
            3,
            null,
            List.of(),
            List.of(WrappedArrays.leaf(ends, 2, null, ints(1, 3)), items));
    assertEquals(List.of(7, 8, 8), rows(runs));
    ColumnData words = WrappedArrays.leaf(TEXT, 2, null, ints(0, 1, 2), text("xy"));
    ColumnData indices =
        WrappedArrays.dictionary(encoded(), 3, bytes(0b011), bytes(1, 0, 99), words);
    assertEquals(asList("y", "x", null), rows(indices));
  }

  private static Field encoded() {
    return new Field(
        "d",
        true,
        new ArrowType.Utf8(),
        new DictionaryEncoding(1, new ArrowType.Int(8, true), false),
        List.of(),
        Metadata.EMPTY);
  }

  @Test
  void shortBuffersAreRefused() {
    refused("too small", () -> WrappedArrays.leaf(INT, 3, null, ints(1, 2)));
    refused("too small", () -> WrappedArrays.leaf(INT, 9, bytes(1), ints(new int[9])));
    refused("too small", () -> WrappedArrays.leaf(TEXT, 2, null, ints(0, 1), text("abc")));
  }

  @Test
  void offsetsThatLeaveTheDataAreRefused() {
    refused("not a range", () -> WrappedArrays.leaf(TEXT, 2, null, ints(0, 2, 1), text("abc")));
    refused("not a range", () -> WrappedArrays.leaf(TEXT, 1, null, ints(-1, 1), text("abc")));
    refused("not a range", () -> WrappedArrays.leaf(TEXT, 1, bytes(0), ints(0, 4), text("abc")));
    ColumnData items = WrappedArrays.leaf(INT, 1, null, ints(1));
    refused(
        "not a range",
        () -> WrappedArrays.nested(LIST, 1, null, List.of(ints(0, 2)), List.of(items)));
  }

  @Test
  void viewsThatLeaveTheirBufferAreRefused() {
    Field views = Field.of("v", new ArrowType.Utf8View());
    assertEquals(
        List.of("abcdefghijklm"),
        rows(WrappedArrays.leaf(views, 1, null, ints(13, 0, 0, 0), text("abcdefghijklm"))));
    refused(
        "leaves its buffer",
        () -> WrappedArrays.leaf(views, 1, null, ints(13, 0, 0, 1), text("abcdefghijklm")));
    refused(
        "names data buffer", () -> WrappedArrays.leaf(views, 1, null, ints(13, 0, 1, 0), text("")));
  }

  @Test
  void childrenIndicesAndRunsOutOfRangeAreRefused() {
    ColumnData items = WrappedArrays.leaf(INT, 1, null, ints(1));
    Field union = Field.of("u", new ArrowType.Union(UnionMode.DENSE, List.of(4)), INT);
    refused(
        "type id",
        () -> WrappedArrays.nested(union, 1, null, List.of(bytes(5), ints(0)), List.of(items)));
    refused(
        "offset 1",
        () -> WrappedArrays.nested(union, 1, null, List.of(bytes(4), ints(1)), List.of(items)));
    refused(
        "too few rows",
        () ->
            WrappedArrays.nested(
                Field.of("s", new ArrowType.Struct(), INT), 2, null, List.of(), List.of(items)));
    ColumnData words = WrappedArrays.leaf(TEXT, 1, null, ints(0, 1), text("x"));
    refused("index 1", () -> WrappedArrays.dictionary(encoded(), 1, null, bytes(1), words));
    Field ends = Field.of("run_ends", new ArrowType.Int(32, true)).withNullable(false);
    Field runs = Field.of("r", new ArrowType.RunEndEncoded(), ends, INT);
    ColumnData two = WrappedArrays.leaf(INT, 2, null, ints(1, 2));
    refused(
        "does not end behind",
        () ->
            WrappedArrays.nested(
                runs,
                2,
                null,
                List.of(),
                List.of(WrappedArrays.leaf(ends, 2, null, ints(2, 2)), two)));
    refused(
        "before the rows do",
        () ->
            WrappedArrays.nested(
                runs,
                4,
                null,
                List.of(),
                List.of(WrappedArrays.leaf(ends, 2, null, ints(2, 3)), two)));
  }

  @Test
  void anotherShapeIsRefused() {
    ColumnData items = WrappedArrays.leaf(INT, 1, null, ints(1));
    refused("2 buffers", () -> WrappedArrays.leaf(INT, 1, null, ints(1), ints(1)));
    refused("1 buffers", () -> WrappedArrays.leaf(TEXT, 1, null, ints(0, 0)));
    refused("children", () -> WrappedArrays.leaf(LIST, 0, null, ints(0)));
    refused(
        "children",
        () ->
            WrappedArrays.nested(
                Field.of("l", new ArrowType.ListType(), TEXT),
                1,
                null,
                List.of(ints(0, 1)),
                List.of(items)));
    refused("dictionary is missing", () -> WrappedArrays.leaf(encoded(), 0, null, bytes()));
    refused("is of int32", () -> WrappedArrays.dictionary(encoded(), 0, null, bytes(), items));
    refused("a length of -1", () -> WrappedArrays.leaf(INT, -1, null, ints()));
    refused(
        "not nullable", () -> WrappedArrays.leaf(INT.withNullable(false), 1, bytes(0), ints(1)));
    refused(
        "no validity bitmap",
        () -> WrappedArrays.leaf(Field.of("n", new ArrowType.Null()), 1, bytes(0)));
    refused(
        "the schema is",
        () -> WrappedArrays.batch(Schema.of(TEXT), 1, List.of(items), Metadata.EMPTY));
    refused(
        "1 rows, not 2",
        () -> WrappedArrays.batch(Schema.of(INT), 2, List.of(items), Metadata.EMPTY));
  }

  @Test
  void directMemoryThatIsNotAlignedIsRefused() {
    ByteBuffer odd = ints(0, 1).position(1);
    refused("multiple of 4", () -> WrappedArrays.leaf(INT, 1, null, odd));
  }
}
