package io.nanoarrow.pure;

import io.nanoarrow.column.Interval;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.TimeUnit;
import io.nanoarrow.schema.UnionMode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One column of every type and layout, three rows each, the middle one mostly null. */
final class Samples {
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final byte MIDDLE_NULL = 0b101;

  private Samples() {}

  static List<Sample> all() {
    return List.of(
        Sample.of(f(new ArrowType.Null()), b -> b.node(3, 3), null, null, null),
        fixed(new ArrowType.Bool(), new byte[] {0b100}, false, true),
        fixed(new ArrowType.Int(8, true), bytes(1, 1, 0, 2), (byte) 1, (byte) 2),
        fixed(new ArrowType.Int(16, false), bytes(2, 65535, 0, 2), 65535, 2),
        fixed(INT32, bytes(4, -5, 0, 6), -5, 6),
        fixed(new ArrowType.Int(64, false), bytes(8, -1, 0, 6), max(), BigInteger.valueOf(6)),
        fixed(
            new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
            bytes(2, 0x3C00, 0, 0xC000),
            1f,
            -2f),
        fixed(
            new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
            bytes(8, Double.doubleToLongBits(1.5), 0, Double.doubleToLongBits(-2)),
            1.5,
            -2.0),
        fixed(new ArrowType.Decimal(9, 2, 32), bytes(4, 123, 0, -5), dec("1.23"), dec("-0.05")),
        fixed(new ArrowType.Decimal(18, 2, 64), bytes(8, 123, 0, -5), dec("1.23"), dec("-0.05")),
        fixed(new ArrowType.Decimal(38, 2, 128), bytes(16, 123, 0, -5), dec("1.23"), dec("-0.05")),
        fixed(new ArrowType.Decimal(76, 2, 256), bytes(32, 123, 0, -5), dec("1.23"), dec("-0.05")),
        fixed(
            new ArrowType.Date(DateUnit.DAY),
            bytes(4, 1, 0, 2),
            LocalDate.ofEpochDay(1),
            LocalDate.ofEpochDay(2)),
        fixed(
            new ArrowType.Date(DateUnit.MILLISECOND),
            bytes(8, 86400000, 0, 0),
            LocalDate.ofEpochDay(1),
            LocalDate.ofEpochDay(0)),
        fixed(
            new ArrowType.Time(TimeUnit.SECOND),
            bytes(4, 60, 0, 1),
            LocalTime.of(0, 1),
            LocalTime.of(0, 0, 1)),
        fixed(
            new ArrowType.Time(TimeUnit.NANOSECOND),
            bytes(8, 60_000_000_000L, 0, 1),
            LocalTime.of(0, 1),
            LocalTime.ofNanoOfDay(1)),
        fixed(
            new ArrowType.Timestamp(TimeUnit.MICROSECOND, null),
            bytes(8, 1_000_000, 0, 0),
            LocalDateTime.of(1970, 1, 1, 0, 0, 1),
            LocalDateTime.of(1970, 1, 1, 0, 0)),
        fixed(
            new ArrowType.Duration(TimeUnit.MILLISECOND),
            bytes(8, 5, 0, -5),
            Duration.ofMillis(5),
            Duration.ofMillis(-5)),
        fixed(
            new ArrowType.Interval(IntervalUnit.YEAR_MONTH),
            bytes(4, 13, 0, 1),
            new Interval(13, 0, 0),
            new Interval(1, 0, 0)),
        fixed(
            new ArrowType.Interval(IntervalUnit.DAY_TIME),
            bytes(4, 1, 2, 0, 0, 3, 4),
            new Interval(0, 1, 2_000_000),
            new Interval(0, 3, 4_000_000)),
        fixed(
            new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO),
            bytes(4, 1, 2, 3, 0, 0, 0, 0, 0, 4, 5, 6, 0),
            new Interval(1, 2, 3),
            new Interval(4, 5, 6)),
        binary(new ArrowType.Utf8(), 4),
        binary(new ArrowType.LargeUtf8(), 8),
        list(new ArrowType.ListType(), 4),
        list(new ArrowType.LargeList(), 8),
        view(),
        listView(new ArrowType.ListView(), 4),
        listView(new ArrowType.LargeListView(), 8),
        fixedSizeList(),
        struct(),
        map(),
        sparse(),
        dense(),
        runs());
  }

  static Field f(ArrowType type, Field... children) {
    return Field.of("f", type, children);
  }

  private static BigInteger max() {
    return BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }

  /** Returns numbers as little-endian bytes, sign-extended. */
  static byte[] bytes(int width, long... values) {
    byte[] bytes = new byte[width * values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i / width] >> Math.min(63, 8 * (i % width)));
    }
    return bytes;
  }

  private static Sample fixed(ArrowType type, byte[] values, Object first, Object last) {
    return Sample.of(
        f(type), b -> b.node(3, 1).buffer(MIDDLE_NULL).buffer(values), first, null, last);
  }

  private static Sample binary(ArrowType type, int width) {
    return Sample.of(
        f(type),
        b ->
            b.node(3, 1)
                .buffer(MIDDLE_NULL)
                .buffer(bytes(width, 0, 2, 2, 5))
                .buffer("abcde".getBytes(StandardCharsets.UTF_8)),
        "ab",
        null,
        "cde");
  }

  private static Sample view() {
    byte[] views =
        bytes(
            4,
            2,
            'a' | 'b' << 8,
            0,
            0,
            0,
            0,
            0,
            0,
            13,
            'l' | 'o' << 8 | 'n' << 16 | 'g' << 24,
            1,
            1);
    return Sample.of(
        f(new ArrowType.Utf8View()),
        b ->
            b.node(3, 1)
                .buffer(MIDDLE_NULL)
                .buffer(views)
                .buffer()
                .buffer("-long enough: ".getBytes(StandardCharsets.UTF_8))
                .variadic(2),
        "ab",
        null,
        "long enough: ");
  }

  private static Sample list(ArrowType type, int width) {
    return Sample.of(
        f(type, Field.of("item", INT32)),
        b ->
            b.node(3, 1)
                .node(3, 0)
                .buffer(MIDDLE_NULL)
                .buffer(bytes(width, 0, 1, 1, 3))
                .buffer()
                .ints(7, 8, 9),
        List.of(7),
        null,
        List.of(8, 9));
  }

  private static Sample listView(ArrowType type, int width) {
    return Sample.of(
        f(type, Field.of("item", INT32)),
        b ->
            b.node(3, 1)
                .node(3, 0)
                .buffer(MIDDLE_NULL)
                .buffer(bytes(width, 2, 0, 0))
                .buffer(bytes(width, 1, 0, 2))
                .buffer()
                .ints(8, 9, 7),
        List.of(7),
        null,
        List.of(8, 9));
  }

  private static Sample fixedSizeList() {
    return Sample.of(
        f(new ArrowType.FixedSizeList(2), Field.of("item", INT32)),
        b -> b.node(3, 1).node(6, 0).buffer(MIDDLE_NULL).buffer().ints(1, 2, 0, 0, 3, 4),
        List.of(1, 2),
        null,
        List.of(3, 4));
  }

  private static Sample struct() {
    return Sample.of(
        f(new ArrowType.Struct(), Field.of("x", INT32), Field.of("y", new ArrowType.Null())),
        b -> b.node(3, 1).node(3, 0).node(3, 3).buffer(MIDDLE_NULL).buffer().ints(1, 2, 3),
        pair(1),
        null,
        pair(3));
  }

  private static Map<String, Object> pair(int x) {
    Map<String, Object> pair = new java.util.LinkedHashMap<>();
    pair.put("x", x);
    pair.put("y", null);
    return pair;
  }

  private static Sample map() {
    Field entries =
        Field.of("e", new ArrowType.Struct(), Field.of("k", INT32), Field.of("v", INT32));
    return Sample.of(
        f(new ArrowType.MapType(true), entries),
        b ->
            b.node(3, 1)
                .node(2, 0)
                .node(2, 0)
                .node(2, 0)
                .buffer(MIDDLE_NULL)
                .ints(0, 1, 1, 2)
                .buffer()
                .buffer()
                .ints(1, 2)
                .buffer()
                .ints(3, 4),
        List.of(Map.entry(1, 3)),
        null,
        List.of(Map.entry(2, 4)));
  }

  private static Sample sparse() {
    return Sample.of(
        f(
            new ArrowType.Union(UnionMode.SPARSE, List.of(5, 2)),
            Field.of("x", INT32),
            Field.of("y", new ArrowType.Bool())),
        b ->
            b.node(3, 0)
                .node(3, 0)
                .node(3, 0)
                .buffer(bytes(1, 5, 2, 5))
                .buffer()
                .ints(1, 2, 3)
                .buffer()
                .buffer((byte) 0b010),
        1,
        true,
        3);
  }

  private static Sample dense() {
    return Sample.of(
        f(
            new ArrowType.Union(UnionMode.DENSE, List.of(0, 1)),
            Field.of("x", INT32),
            Field.of("y", new ArrowType.Bool())),
        b ->
            b.node(3, 0)
                .node(2, 0)
                .node(1, 0)
                .buffer(bytes(1, 0, 1, 0))
                .ints(1, 0, 0)
                .buffer()
                .ints(10, 20)
                .buffer()
                .buffer((byte) 1),
        20,
        true,
        10);
  }

  private static Sample runs() {
    return new Sample(
        f(
            new ArrowType.RunEndEncoded(),
            new Field(
                "run_ends",
                false,
                new ArrowType.Int(16, true),
                null,
                List.of(),
                io.nanoarrow.schema.Metadata.EMPTY),
            Field.of("values", INT32)),
        b ->
            b.node(3, 0)
                .node(2, 0)
                .node(2, 1)
                .buffer()
                .buffer(bytes(2, 2, 3))
                .buffer((byte) 0b10)
                .ints(0, 4),
        Arrays.asList(null, null, 4));
  }
}
