package io.nanoarrow.build;

import static java.util.Arrays.asList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.schema.ArrowType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesBuildersTest {
  static Stream<ArrowType> texts() {
    return Stream.of(new ArrowType.Utf8(), new ArrowType.LargeUtf8(), new ArrowType.Utf8View());
  }

  static Stream<ArrowType> binaries() {
    return Stream.of(
        new ArrowType.Binary(), new ArrowType.LargeBinary(), new ArrowType.BinaryView());
  }

  /** Of every size from 0 to beyond a view's, in one, two, three and four bytes a character. */
  private static List<String> samples() {
    List<String> samples = new ArrayList<>();
    for (String unit : List.of("a", "é", "€", "😀", "a€", "xyzé")) {
      for (int count = 0; count < 40; count++) {
        samples.add(unit.repeat(count));
        samples.add("plain" + unit.repeat(count));
      }
    }
    samples.add("\u0000\u007F\u0080\u07FF\u0800\uD7FF\uE000\uFFFF");
    return samples;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void textOfEverySizeAndCharacter(ArrowType type) {
    List<String> samples = samples();
    assertEquals(samples, Built.rows(type, column -> samples.forEach(column.asUtf8()::append)));
    assertEquals(
        samples,
        Built.rows(
            type,
            column -> samples.forEach(each -> column.asUtf8().append(new StringBuilder(each)))));
    assertEquals(
        samples,
        Built.rows(
            type,
            column ->
                samples.forEach(
                    each -> column.asUtf8().appendUtf8(each.getBytes(StandardCharsets.UTF_8)))));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void nullsBetweenTexts(ArrowType type) {
    String[] values = {null, "", "a text that no view can hold", null, "b"};
    assertEquals(asList(values), Built.rows(type, column -> column.asUtf8().appendAll(values)));
    assertEquals(
        asList("", "a text that no view can hold"),
        Built.rows(type, column -> column.asUtf8().appendAll(values, 1, 2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "\uDC00", "abcdefgh\uD83D", "\uDE00\uD83D", "é\uD800é"})
  void surrogatesWithoutPairAreRefused(String value) {
    assertEquals(
        List.of("before", "after"),
        Built.rows(
            new ArrowType.Utf8(),
            column -> {
              column.asUtf8().append("before");
              assertThrows(IllegalArgumentException.class, () -> column.asUtf8().append(value));
              assertThrows(
                  IllegalArgumentException.class,
                  () -> column.asUtf8().append(new StringBuilder(value)));
              column.asUtf8().append("after");
            }));
  }

  @Test
  void refusalOfASurrogateSaysWhere() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Built.rows(new ArrowType.Utf8(), c -> c.asUtf8().append("é12\uD800")));
    assertEquals(
        "column f (string): character 3 of a text is a surrogate without its pair", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "C0 80",
        "C1 BF",
        "C2",
        "E0 9F BF",
        "ED A0 80",
        "EF BF",
        "F0 8F BF BF",
        "F4 90 80 80",
        "F5 80 80 80",
        "FF",
        "41 41 41 41 41 41 41 41 41 C3",
        "C3 41",
        "E2 82 41"
      })
  void bytesThatAreNotUtf8AreRefused(String hex) {
    byte[] bytes = new byte[hex.split(" ").length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(hex.split(" ")[i], 16);
    }
    assertEquals(
        List.of("ok"),
        Built.rows(
            new ArrowType.Utf8(),
            column -> {
              assertThrows(IllegalArgumentException.class, () -> column.asUtf8().appendUtf8(bytes));
              assertThrows(
                  IllegalArgumentException.class,
                  () -> column.asUtf8().appendUtf8(ByteBuffer.wrap(bytes)));
              column.asUtf8().appendUtf8(ByteBuffer.wrap(new byte[] {0, 'o', 'k'}).position(1));
            }));
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void bytesOfEverySize(ArrowType type) {
    List<Object> expected = new ArrayList<>();
    List<Object> rows =
        Built.rows(
            type,
            column -> {
              for (int size = 0; size < 100; size++) {
                byte[] bytes = new byte[size];
                java.util.Arrays.fill(bytes, (byte) (size + 100));
                expected.add(ByteBuffer.wrap(bytes));
                if (size % 2 == 0) {
                  column.asBinary().append(bytes);
                } else {
                  column.asBinary().append(ByteBuffer.wrap(bytes));
                }
              }
              column.asBinary().appendAll(new byte[][] {null, {7}});
            });
    expected.add(null);
    expected.add(Built.bytes(7));
    assertEquals(expected, rows);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 16})
  void fixedSizeBytesHaveTheirSize(int width) {
    byte[] value = new byte[width];
    java.util.Arrays.fill(value, (byte) 9);
    assertEquals(
        asList(ByteBuffer.wrap(value), null, ByteBuffer.wrap(value)),
        Built.rows(
            new ArrowType.FixedSizeBinary(width),
            column -> {
              column.asFixedSizeBinary().append(value);
              column.appendNull();
              column.asFixedSizeBinary().append(ByteBuffer.wrap(value));
              assertThrows(
                  IllegalArgumentException.class,
                  () -> column.asFixedSizeBinary().append(new byte[width + 1]));
            }));
  }
}
