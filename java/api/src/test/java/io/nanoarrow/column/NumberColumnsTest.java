package io.nanoarrow.column;

import static io.nanoarrow.column.Hostile.assertInvalid;
import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.bits;
import static io.nanoarrow.testing.TestArrays.column;
import static io.nanoarrow.testing.TestArrays.f32;
import static io.nanoarrow.testing.TestArrays.f64;
import static io.nanoarrow.testing.TestArrays.i16;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.i64;
import static io.nanoarrow.testing.TestArrays.i8;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.valid;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.FloatingPointPrecision;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberColumnsTest {
  private static ArrowType.Int type(int bits, boolean signed) {
    return new ArrowType.Int(bits, signed);
  }

  private static ArrowBuffer integers(int bits, long... values) {
    return switch (bits) {
      case 8 -> i8(values);
      case 16 -> i16(values);
      case 32 -> i32(values);
      default -> i64(values);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "8, true, -1",
    "16, true, -1",
    "32, true, -1",
    "64, true, -1",
    "8, false, 255",
    "16, false, 65535",
    "32, false, 4294967295",
    "64, false, 18446744073709551615"
  })
  void widensBySignOrZeros(int bits, boolean signed, BigInteger expected) {
    IntegerColumn column = column(array(type(bits, signed), 2, integers(bits, 7, -1))).asInteger();
    assertEquals(expected.longValue(), column.getLong(1));
    assertEquals(expected, column.getBigInteger(1));
    assertEquals(7, column.getLong(0));
    assertEquals(signed, column.isSigned());
  }

  @ParameterizedTest
  @CsvSource({
    "8, true, java.lang.Byte", "16, true, java.lang.Short", "32, true, java.lang.Integer",
    "64, true, java.lang.Long", "8, false, java.lang.Short", "16, false, java.lang.Integer",
    "32, false, java.lang.Long", "64, false, java.math.BigInteger"
  })
  void boxesToTheClassThatHoldsEveryValue(int bits, boolean signed, Class<?> boxed) {
    Object value = column(array(type(bits, signed), 1, integers(bits, -2))).getObject(0);
    assertEquals(boxed, value.getClass());
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
    BigInteger expected = BigInteger.TWO.negate();
    assertEquals((signed ? expected : expected.add(modulus)).toString(), value.toString());
  }

  @Test
  void readsBitsOfEveryWidth() {
    assertEquals((byte) -3, column(array(type(8, false), 1, i8(-3))).asByte().getByte(0));
    assertEquals((short) -3, column(array(type(16, true), 1, i16(-3))).asShort().getShort(0));
    assertEquals(-3, column(array(type(32, true), 1, i32(-3))).asInt().getInt(0));
    assertEquals(-3, column(array(type(64, true), 1, i64(-3))).asLong().getLong(0));
  }

  @Test
  void honoursOffsetInValuesAndNulls() {
    IntColumn column = column(ints(1, null, 3, null, 5).slice(1, 3)).asInt();
    assertEquals(3, column.length());
    assertTrue(column.isNull(0));
    assertFalse(column.isNull(1));
    assertEquals(3, column.getInt(1));
    assertNull(column.getObject(2));
    assertEquals(2, column.nullCount());
  }

  @Test
  void copiesRangesOfEveryWidth() {
    int[] ints = new int[4];
    column(ints(1, 2, 3, 4, 5).slice(1, 4)).asInt().copyTo(1, ints, 1, 2);
    assertArrayEquals(new int[] {0, 3, 4, 0}, ints);
    long[] longs = new long[3];
    column(array(type(64, true), 4, i64(1, -2, 3, 4))).asLong().copyTo(1, longs, 0, 3);
    assertArrayEquals(new long[] {-2, 3, 4}, longs);
    column(array(type(32, false), 3, i32(1, -1, 3))).asInteger().copyTo(0, longs, 0, 2);
    assertArrayEquals(new long[] {1, 0xFFFF_FFFFL, 4}, longs);
    short[] shorts = new short[2];
    column(array(type(16, true), 2, i16(-5, 6))).asShort().copyTo(0, shorts, 0, 2);
    assertArrayEquals(new short[] {-5, 6}, shorts);
    byte[] bytes = new byte[2];
    column(array(type(8, true), 2, i8(-5, 6)).slice(1, 1)).asByte().copyTo(0, bytes, 1, 1);
    assertArrayEquals(new byte[] {0, 6}, bytes);
    boolean[] booleans = new boolean[3];
    column(array(new ArrowType.Bool(), 4, bits("0110")).slice(1, 3))
        .asBoolean()
        .copyTo(0, booleans, 0, 3);
    assertArrayEquals(new boolean[] {true, true, false}, booleans);
  }

  @Test
  void copyRefusesRowsAndTargetsOutOfRange() {
    IntColumn column = column(ints(1, 2, 3)).asInt();
    int[] target = new int[3];
    assertThrows(IndexOutOfBoundsException.class, () -> column.copyTo(1, target, 0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> column.copyTo(-1, target, 0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> column.copyTo(0, target, 2, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> column.copyTo(0, target, 0, -1));
  }

  @Test
  void rowsOutOfRangeAreRefused() {
    IntColumn column = column(ints(1, 2, 3).slice(1, 1)).asInt();
    assertThrows(IndexOutOfBoundsException.class, () -> column.getInt(1));
    assertThrows(IndexOutOfBoundsException.class, () -> column.getInt(-1));
    assertThrows(IndexOutOfBoundsException.class, () -> column.isNull(Long.MAX_VALUE));
    assertThrows(IndexOutOfBoundsException.class, () -> column.getObject(1));
  }

  @Test
  void closedLeaseEndsEveryGetter() {
    Lease lease = new Lease("RecordBatch");
    Column column = Columns.of(ints(1, 2), lease, "f");
    lease.close();
    assertThrows(IllegalStateException.class, () -> column.asInt().getInt(0));
    assertThrows(IllegalStateException.class, () -> column.isNull(0));
    assertThrows(IllegalStateException.class, column::nullCount);
    assertThrows(IllegalStateException.class, () -> column.getObject(0));
    assertThrows(IllegalStateException.class, () -> column.asInt().copyTo(0, new int[1], 0, 1));
    assertTrue(column.toString().contains("closed"));
  }

  @Test
  void emptyColumnNeedsNoBytes() {
    Column column = column(array(type(64, true), 0, ArrowBuffer.EMPTY));
    assertEquals(0, column.length());
    assertEquals(0, column.nullCount());
  }

  @Test
  void bufferTooSmallForOffsetAndRowsIsInvalid() {
    ColumnData three = array(type(32, true), 3, i32(1, 2, 3));
    ColumnData beyond =
        new ColumnData(three.field(), 3, 1, 0, null, three.buffers(), three.children(), null);
    assertInvalid("f", "too small", () -> column(beyond));
    assertInvalid("f", "too small", () -> column(array(new ArrowType.Bool(), 9, bits("1"))));
    assertInvalid("f", "missing", () -> column(array(type(32, true), 1)));
    ColumnData huge =
        new ColumnData(
            three.field(), 1, Long.MAX_VALUE - 1, 0, null, three.buffers(), three.children(), null);
    assertInvalid("f", "too small", () -> column(huge));
  }

  @Test
  void validityTooSmallIsInvalid() {
    assertInvalid(
        "f", "validity", () -> column(valid("1", array(type(8, true), 9, i8(new long[9])))));
  }

  @Test
  void countsNullsAcrossWordsAndOffsets() {
    String bits =
        new Random(7).ints(256, 0, 2).mapToObj(Integer::toString).collect(Collectors.joining());
    ColumnData all = valid(bits, array(type(8, true), 256, i8(new long[256])));
    for (int start = 0; start < 70; start++) {
      for (int count : new int[] {0, 1, 63, 64, 65, 180}) {
        long expected = bits.substring(start, start + count).chars().filter(c -> c == '0').count();
        assertEquals(expected, column(all.slice(start, count)).nullCount());
      }
    }
  }

  @Test
  void declaredNullCountIsUsedOnlyWhenPossible() {
    ColumnData data = ints(1, null, 3);
    ColumnData lying =
        new ColumnData(
            data.field(), 3, 0, 77, data.validity(), data.buffers(), data.children(), null);
    assertEquals(1, column(lying).nullCount());
  }

  @Test
  void allNullColumn() {
    Column column = column(ints(null, null));
    assertEquals(2, column.nullCount());
    assertNull(column.getObject(1));
    assertEquals("null", column.text(0));
  }

  @Test
  void floats() {
    FloatColumn floats =
        column(
                array(
                    new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE),
                    3,
                    f32(1.5f, Float.NaN, -0f)))
            .asFloat();
    assertEquals(1.5, floats.getDouble(0));
    assertTrue(Float.isNaN(floats.getFloat(1)));
    assertEquals(-0f, floats.getObject(2));
    float[] copy = new float[2];
    floats.copyTo(1, copy, 0, 2);
    assertArrayEquals(new float[] {Float.NaN, -0f}, copy);
    DoubleColumn doubles =
        column(array(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE), 2, f64(1.25, -2)))
            .asDouble();
    assertEquals(-2, doubles.asFloatingPoint().getDouble(1));
    double[] wide = new double[2];
    doubles.copyTo(0, wide, 0, 2);
    assertArrayEquals(new double[] {1.25, -2}, wide);
  }

  @ParameterizedTest
  @CsvSource({
    "0x0000, 0",
    "0x8000, -0",
    "0x3c00, 1",
    "0xc000, -2",
    "0x7bff, 65504",
    "0x0001, 5.9604645E-8",
    "0x03ff, 6.097555E-5",
    "0x0400, 6.1035156E-5",
    "0x7c00, Infinity",
    "0xfc00, -Infinity",
    "0x7e00, NaN",
    "0x3555, 0.33325195"
  })
  void halfFloats(String bits, float expected) {
    HalfFloatColumn column =
        column(
                array(
                    new ArrowType.FloatingPoint(FloatingPointPrecision.HALF),
                    1,
                    i16(Integer.decode(bits))))
            .asHalfFloat();
    assertEquals(expected, column.getFloat(0));
    assertEquals(expected, column.getObject(0));
    assertEquals((short) (int) Integer.decode(bits), column.getShort(0));
  }

  @Test
  void decimalsOfEveryWidth() {
    assertEquals(
        new BigDecimal("-1.23"),
        column(array(new ArrowType.Decimal(5, 2, 32), 1, i32(-123))).asDecimal().getDecimal(0));
    assertEquals(
        new BigDecimal("1.23E+4"),
        column(array(new ArrowType.Decimal(5, -2, 64), 1, i64(123))).asDecimal().getDecimal(0));
    DecimalColumn wide =
        column(array(new ArrowType.Decimal(38, 0, 128), 2, i64(5, 1, -1, -1))).asDecimal();
    assertEquals(
        new BigDecimal(BigInteger.ONE.shiftLeft(64).add(BigInteger.valueOf(5))),
        wide.getDecimal(0));
    assertEquals(-1, wide.getUnscaledLong(1));
    assertThrows(ArithmeticException.class, () -> wide.getUnscaledLong(0));
    DecimalColumn widest =
        column(array(new ArrowType.Decimal(76, 1, 256), 1, i64(0, 0, 0, Long.MIN_VALUE)))
            .asDecimal();
    assertEquals(BigInteger.ONE.shiftLeft(255).negate(), widest.getUnscaled(0));
    assertEquals(256, widest.bitWidth());
    assertNull(column(valid("0", array(new ArrowType.Decimal(5, 2, 32), 1, i32(1)))).getObject(0));
  }

  @Test
  void booleansAndNull() {
    BooleanColumn column =
        column(valid("110", array(new ArrowType.Bool(), 3, bits("011"))).slice(1, 2)).asBoolean();
    assertTrue(column.getBoolean(0));
    assertEquals(true, column.getObject(0));
    assertNull(column.getObject(1));
    NullColumn nulls = column(array(new ArrowType.Null(), 3)).asNull();
    assertEquals(3, nulls.nullCount());
    assertTrue(nulls.isNull(2));
    assertThrows(IndexOutOfBoundsException.class, () -> nulls.isNull(3));
  }

  @Test
  void wrongTypeNamesBothAndThePath() {
    Column column = Columns.of(ints(1), new Lease("test"), "a.b");
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, column::asUtf8);
    assertTrue(e.getMessage().contains("a.b"), e.getMessage());
    assertTrue(e.getMessage().contains("int32"), e.getMessage());
    assertTrue(e.getMessage().contains("string"), e.getMessage());
    assertThrows(IllegalArgumentException.class, column::asLong);
    assertThrows(IllegalArgumentException.class, column::asDictionary);
  }
}
