package io.nanoarrow.build;

import static java.util.Arrays.asList;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberBuildersTest {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  @ParameterizedTest
  @CsvSource({
    "8, true, -128, 127",
    "8, false, 0, 255",
    "16, true, -32768, 32767",
    "16, false, 0, 65535",
    "32, true, -2147483648, 2147483647",
    "32, false, 0, 4294967295",
    "64, true, -9223372036854775808, 9223372036854775807",
    "64, false, 0, 18446744073709551615"
  })
  void integersGoToTheirLimitsAndNoFurther(
      int bits, boolean signed, BigInteger min, BigInteger max) {
    ArrowType.Int type = new ArrowType.Int(bits, signed);
    List<Object> rows =
        Built.rows(
            type,
            column -> {
              IntegerBuilder integers = column.asInteger();
              integers.append(min);
              integers.append(max);
              assertThrows(
                  IllegalArgumentException.class,
                  () -> integers.append(min.subtract(BigInteger.ONE)));
              assertThrows(
                  IllegalArgumentException.class, () -> integers.append(max.add(BigInteger.ONE)));
              assertThrows(IllegalArgumentException.class, () -> integers.append(TWO_TO_64));
              assertEquals(2, integers.length());
            });
    assertEquals(
        asList(min.toString(), max.toString()), asList(rows.get(0) + "", rows.get(1) + ""));
  }

  @Test
  void refusalNamesColumnTypeAndValue() {
    Consumer<ColumnBuilder> fill = column -> column.asInteger().append(300);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Built.rows(new ArrowType.Int(8, true), fill));
    assertEquals("column f (int8): 300 is out of range", e.getMessage());
  }

  @Test
  void longsOfUint64AreRefusedBelowZeroUnlessTheyAreBits() {
    List<Object> rows =
        Built.rows(
            new ArrowType.Int(64, false),
            column -> {
              assertThrows(IllegalArgumentException.class, () -> column.asLong().append(-1));
              column.asLong().appendBits(-1);
            });
    assertEquals(List.of(TWO_TO_64.subtract(BigInteger.ONE)), rows);
  }

  @Test
  void arraysAreAppendedWithTheirValidity() {
    boolean[] valid = {true, false, true, true};
    assertEquals(
        asList((byte) 2, null, (byte) 4),
        Built.rows(
            new ArrowType.Int(8, true),
            c -> c.asByte().appendAll(new byte[] {2, 3, 4, 5}, 0, 3, valid)));
    assertEquals(
        asList(null, (short) 4, (short) 5),
        Built.rows(
            new ArrowType.Int(16, true),
            c -> c.asShort().appendAll(new short[] {2, 3, 4, 5}, 1, 3, valid)));
    assertEquals(
        asList(2, null, 4, 5),
        Built.rows(
            new ArrowType.Int(32, true),
            c -> c.asInt().appendAll(new int[] {2, 3, 4, 5}, 0, 4, valid)));
    assertEquals(
        asList(2L, null, 4L, 5L),
        Built.rows(
            new ArrowType.Int(64, true),
            c -> c.asLong().appendAll(new long[] {2, 3, 4, 5}, 0, 4, valid)));
    assertEquals(
        asList(2f, null, 4f, 5f),
        Built.rows(
            new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
            c -> c.asFloat().appendAll(new float[] {2, 3, 4, 5}, 0, 4, valid)));
    assertEquals(
        asList(2f, null, 4f, 5f),
        Built.rows(
            new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
            c -> c.asHalfFloat().appendAll(new float[] {2, 3, 4, 5}, 0, 4, valid)));
    assertEquals(
        asList(2d, null, 4d, 5d),
        Built.rows(
            new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE),
            c -> c.asDouble().appendAll(new double[] {2, 3, 4, 5}, 0, 4, valid)));
    assertEquals(
        asList(true, null, false, true),
        Built.rows(
            new ArrowType.Bool(),
            c -> c.asBoolean().appendAll(new boolean[] {true, true, false, true}, 0, 4, valid)));
  }

  @Test
  void longsAreCheckedBeforeAnyIsAppended() {
    List<Object> rows =
        Built.rows(
            new ArrowType.Int(16, true),
            column -> {
              long[] values = {1, 70_000};
              assertThrows(
                  IllegalArgumentException.class, () -> column.asInteger().appendAll(values));
              column.asInteger().appendAll(values, 0, 2, new boolean[] {true, false});
            });
    assertEquals(asList((short) 1, null), rows);
  }

  @Test
  void negativeElementsOfUnsignedColumnsAreRefused() {
    Built.rows(
        new ArrowType.Int(32, false),
        column -> {
          int[] values = {1, -1};
          assertThrows(IllegalArgumentException.class, () -> column.asInt().appendAll(values));
          assertEquals(0, column.length());
        });
  }

  @Test
  void nullsOfAnArrayAreRefusedWhereTheFieldIsNotNullable() {
    Field field = Field.of("f", new ArrowType.Int(32, true)).withNullable(false);
    Built.rows(
        field,
        column -> {
          boolean[] valid = {true, false};
          assertThrows(
              IllegalArgumentException.class,
              () -> column.asInt().appendAll(new int[2], 0, 2, valid));
          assertThrows(IllegalArgumentException.class, column::appendNull);
          assertThrows(IllegalArgumentException.class, () -> column.appendObject(null));
          assertEquals(0, column.length());
        });
  }

  @Test
  void rangesOutsideOfTheArrayAreRefused() {
    Built.rows(
        new ArrowType.Int(32, true),
        column ->
            assertThrows(
                IndexOutOfBoundsException.class,
                () -> column.asInt().appendAll(new int[2], 1, 2, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 8000",
    "1, 3c00",
    "-2, c000",
    "65504, 7bff",
    "65519, 7bff",
    "65520, 7c00",
    "1e30, 7c00",
    "-Infinity, fc00",
    "NaN, 7e00",
    "6.103515625e-5, 400",
    "5.960464477539063e-8, 1",
    "2.9802322387695312e-8, 0",
    "2.9802326e-8, 1",
    "0.333251953125, 3555",
    "2049, 6800",
    "2051, 6802"
  })
  void halfFloatsAreRoundedToEven(float value, String bits) {
    assertEquals(bits, Integer.toHexString(HalfFloatBuilder.toHalf(value) & 0xFFFF));
  }

  @Test
  void doublesAreRoundedToHalfFloatsOnce() {
    // Just above the tie of 2048 and 2050; a float of it is the tie.
    List<Object> rows =
        Built.rows(
            new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
            column -> column.asFloatingPoint().append(2049.0000000001));
    assertEquals(List.of(2050f), rows);
  }

  @ParameterizedTest
  @CsvSource({"9, 2, 32", "18, 3, 64", "38, 10, 128", "76, 20, 256", "20, -3, 128", "5, 0, 32"})
  void decimalsGoToTheirPrecision(int precision, int scale, int bits) {
    BigInteger most = BigInteger.TEN.pow(precision).subtract(BigInteger.ONE);
    BigDecimal max = new BigDecimal(most, scale);
    List<Object> rows =
        Built.rows(
            new ArrowType.Decimal(precision, scale, bits),
            column -> {
              DecimalBuilder decimals = column.asDecimal();
              decimals.append(max);
              decimals.append(max.negate());
              decimals.append(BigDecimal.ZERO.setScale(500));
              decimals.appendUnscaled(-1);
              decimals.appendUnscaled(most.negate());
              for (BigInteger over : List.of(most.add(BigInteger.ONE), most.not())) {
                assertThrows(
                    IllegalArgumentException.class,
                    () -> decimals.append(new BigDecimal(over, scale)));
                assertThrows(IllegalArgumentException.class, () -> decimals.appendUnscaled(over));
              }
              assertThrows(
                  IllegalArgumentException.class,
                  () -> decimals.append(new BigDecimal(BigInteger.ONE, scale + 1)));
              assertThrows(
                  IllegalArgumentException.class,
                  () -> decimals.append(new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE)));
            });
    assertEquals(
        List.of(
            max,
            max.negate(),
            new BigDecimal(BigInteger.ZERO, scale),
            new BigDecimal(BigInteger.ONE.negate(), scale),
            max.negate()),
        rows);
  }

  @Test
  void trailingZerosOfDecimalsMayGo() {
    List<Object> rows =
        Built.rows(
            new ArrowType.Decimal(5, 2, 128),
            column -> column.asDecimal().append(new BigDecimal("1.50000")));
    assertEquals(List.of(new BigDecimal("1.50")), rows);
  }

  @Test
  void numbersAreTakenForEachOtherWhereNothingIsLost() {
    assertEquals(
        List.of(5L), Built.rows(new ArrowType.Int(64, true), c -> c.appendObject((byte) 5)));
    assertEquals(
        List.of(5d),
        Built.rows(
            new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), c -> c.appendObject(5)));
    Consumer<ColumnBuilder> inexact =
        column ->
            assertThrows(IllegalArgumentException.class, () -> column.appendObject(16_777_217));
    assertEquals(
        List.of(), Built.rows(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE), inexact));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Built.rows(new ArrowType.Int(64, true), c -> c.appendObject("5")));
    assertTrue(e.getMessage().contains("java.lang.String"), e.getMessage());
  }
}
