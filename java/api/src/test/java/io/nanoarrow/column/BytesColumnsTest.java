package io.nanoarrow.column;

import static io.nanoarrow.column.Hostile.assertInvalid;
import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.bytes;
import static io.nanoarrow.testing.TestArrays.column;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.i64;
import static io.nanoarrow.testing.TestArrays.inline;
import static io.nanoarrow.testing.TestArrays.strings;
import static io.nanoarrow.testing.TestArrays.text;
import static io.nanoarrow.testing.TestArrays.valid;
import static io.nanoarrow.testing.TestArrays.views;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BytesColumnsTest {
  private static final String LONG_TEXT = "more than twelve bytes";
  private static final long[] LONG_VIEW = {LONG_TEXT.length(), 0, 1, 2};

  /** The rows "", "αβ", null, LONG_TEXT in each layout. */
  static Stream<ColumnData> layouts() {
    ArrowBuffer data = text("αβ" + LONG_TEXT);
    ColumnData small =
        array(new ArrowType.Utf8(), 4, i32(0, 0, 4, 4, 4 + LONG_TEXT.length()), data);
    ColumnData large =
        array(new ArrowType.LargeUtf8(), 4, i64(0, 0, 4, 4, 4 + LONG_TEXT.length()), data);
    byte[] greek = "αβ".getBytes(StandardCharsets.UTF_8);
    long prefix = ByteBuffer.wrap(greek).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt();
    ColumnData view =
        array(
            new ArrowType.Utf8View(),
            4,
            views(inline(""), new long[] {4, prefix, 0, 0}, new long[] {9, 9, 9, 9}, LONG_VIEW),
            text("unused"),
            text("__" + LONG_TEXT));
    return Stream.of(small, large, view).map(each -> valid("1101", each));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void readsTextOfEveryLayout(ColumnData data) {
    Utf8Column column = column(data).asUtf8();
    assertEquals("", column.getString(0));
    assertEquals("αβ", column.getString(1));
    assertNull(column.getString(2));
    assertNull(column.getBytes(2));
    assertNull(column.getByteBuffer(2));
    assertEquals(0, column.byteLength(2));
    assertEquals(LONG_TEXT, column.getString(3));
    assertEquals(LONG_TEXT, column.getObject(3));
    assertEquals(4, column.byteLength(1));
    byte[] target = new byte[6];
    assertEquals(4, column.copyTo(1, target, 1));
    assertEquals("αβ", new String(target, 1, 4, StandardCharsets.UTF_8));
    assertThrows(IndexOutOfBoundsException.class, () -> column.copyTo(1, target, 3));
    ByteBuffer slice = column.getByteBuffer(3);
    assertTrue(slice.isReadOnly());
    assertEquals(LONG_TEXT, StandardCharsets.UTF_8.decode(slice).toString());
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void honoursOffset(ColumnData data) {
    Utf8Column column = column(data.slice(1, 3)).asUtf8();
    assertEquals("αβ", column.getString(0));
    assertTrue(column.isNull(1));
    assertEquals(LONG_TEXT, column.getString(2));
    assertEquals(1, column.nullCount());
    assertThrows(IndexOutOfBoundsException.class, () -> column.getString(3));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void equalAcrossLayouts(ColumnData data) {
    Utf8Column column = column(data).asUtf8();
    Utf8Column plain = column(strings("", "αβ", null, LONG_TEXT)).asUtf8();
    for (int row = 0; row < 4; row++) {
      assertTrue(column.bytesEqual(row, plain, row));
    }
    assertFalse(column.bytesEqual(0, plain, 1));
    assertFalse(column.bytesEqual(2, plain, 0));
  }

  @Test
  void textIsCutAtTheLimit() {
    Column column = column(strings("abcdefgh", "\uD83D\uDE00\uD83D\uDE00"));
    assertEquals("abcdefgh", column.text(0));
    assertEquals("abcdefgh", column.text(0, 8));
    assertEquals("abc…", column.text(0, 4));
    assertEquals("\uD83D\uDE00…", column.text(1, 3));
    assertEquals("…", column.text(0, 0));
  }

  @Test
  void invalidUtf8BecomesReplacementCharacters() {
    Utf8Column column =
        column(array(new ArrowType.Utf8(), 1, i32(0, 2), bytes(0xFF, 'a'))).asUtf8();
    assertEquals("\uFFFDa", column.getString(0));
    assertArrayEquals(new byte[] {(byte) 0xFF, 'a'}, column.getBytes(0));
  }

  @Test
  void binaryIsShownInHex() {
    BinaryColumn column =
        column(array(new ArrowType.LargeBinary(), 1, i64(0, 2), bytes(0xAB, 1))).asBinary();
    assertEquals("ab01", column.text(0));
    assertArrayEquals(new byte[] {(byte) 0xAB, 1}, (byte[]) column.getObject(0));
  }

  @Test
  void fixedSizeBinary() {
    FixedSizeBinaryColumn column =
        column(array(new ArrowType.FixedSizeBinary(2), 3, bytes(1, 2, 3, 4, 5, 6)).slice(1, 2))
            .asFixedSizeBinary();
    assertEquals(2, column.byteWidth());
    assertArrayEquals(new byte[] {5, 6}, column.getBytes(1));
    FixedSizeBinaryColumn empty =
        column(array(new ArrowType.FixedSizeBinary(0), 3, ArrowBuffer.EMPTY)).asFixedSizeBinary();
    assertArrayEquals(new byte[0], empty.getBytes(2));
    assertInvalid(
        "f",
        "do not fit",
        () -> column(array(new ArrowType.FixedSizeBinary(2), 2, bytes(1, 2, 3))));
  }

  @Test
  void emptyColumnMayHaveNoOffsets() {
    ColumnData data = array(new ArrowType.Utf8(), 0, ArrowBuffer.EMPTY, ArrowBuffer.EMPTY);
    assertEquals(0, column(data).asUtf8().length());
  }

  @Test
  void hostileOffsetsAreInvalid() {
    for (long[] pair :
        List.of(new long[] {2, 1}, new long[] {0, 5}, new long[] {-1, 2}, new long[] {-2, -1})) {
      Utf8Column small = column(array(new ArrowType.Utf8(), 1, i32(pair), text("abcd"))).asUtf8();
      assertInvalid("f", "offsets", () -> small.getString(0));
      assertInvalid("f", "offsets", () -> small.byteLength(0));
      assertInvalid("f", "offsets", () -> small.getByteBuffer(0));
      assertInvalid("f", "offsets", () -> small.copyTo(0, new byte[9], 0));
      assertInvalid("f", "offsets", () -> small.text(0, 3));
      Utf8Column large =
          column(array(new ArrowType.LargeUtf8(), 1, i64(pair), text("abcd"))).asUtf8();
      assertInvalid("f", "offsets", () -> large.getBytes(0));
    }
    Utf8Column extreme =
        column(array(new ArrowType.LargeUtf8(), 1, i64(Long.MIN_VALUE, Long.MAX_VALUE), text("a")))
            .asUtf8();
    assertInvalid("f", "offsets", () -> extreme.getString(0));
  }

  @Test
  void offsetsTooFewIsInvalid() {
    assertInvalid(
        "f", "too small", () -> column(array(new ArrowType.Utf8(), 2, i32(0, 1), text("abcd"))));
  }

  @Test
  void hostileViewsAreInvalid() {
    ArrowBuffer data = text("thirteen bytes and more");
    long size = data.sizeBytes();
    long[][] hostile = {
      {-1, 0, 0, 0},
      {13, 0, 1, 0},
      {13, 0, -1, 0},
      {13, 0, 0, -1},
      {13, 0, 0, size - 12},
      {Integer.MAX_VALUE, 0, 0, 1},
      {13, 0, Integer.MAX_VALUE, 0},
    };
    for (long[] view : hostile) {
      Utf8Column column = column(array(new ArrowType.Utf8View(), 1, views(view), data)).asUtf8();
      assertInvalid("f", "view", () -> column.getString(0));
      assertInvalid("f", "view", () -> column.byteLength(0));
      assertInvalid("f", "view", () -> column.getByteBuffer(0));
    }
    Utf8Column last =
        column(array(new ArrowType.Utf8View(), 1, views(new long[] {13, 0, 0, size - 13}), data))
            .asUtf8();
    assertEquals(13, last.byteLength(0));
  }

  @Test
  void viewWithoutDataBuffersIsInvalidOnlyWhenItNeedsOne() {
    Utf8Column column =
        column(array(new ArrowType.Utf8View(), 2, views(inline("abc"), new long[] {13, 0, 0, 0})))
            .asUtf8();
    assertEquals("abc", column.getString(0));
    assertInvalid("f", "view", () -> column.getString(1));
  }

  @Test
  void valueLargerThanAnArrayIsUnsupported() {
    ArrowFormatException e =
        assertThrows(
            ArrowFormatException.class,
            () -> {
              throw column(strings("a")).tooLarge(1L << 40);
            });
    assertEquals(ErrorKind.UNSUPPORTED, e.kind());
    assertEquals("f", e.columnPath());
  }

  @Test
  void bytesOfEverySizeAreToldApartInTheirLast() {
    for (int size = 1; size < 140; size++) {
      String same = "a".repeat(size);
      Utf8Column column = column(strings("x", same, same, "a".repeat(size - 1) + "b")).asUtf8();
      assertTrue(column.bytesEqual(1, column, 2));
      assertFalse(column.bytesEqual(1, column, 3));
    }
  }

  @Test
  void textOfAColumnNamesWhatBreaksTheFormat() {
    Column column = column(array(new ArrowType.Utf8(), 1, i32(2, 1), text("abcd")));
    assertEquals("f: string, 1 rows [<INVALID_DATA>]", column.toString());
  }
}
