package io.nanoarrow.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.column.BytesColumn;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.testing.TestArrays;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrowBufferTest {
  private static final int SIZE = 100;
  private static final byte[] BYTES = SmallWindows.counting(SIZE);
  private static final ByteBuffer EXPECTED = ByteBuffer.wrap(BYTES).order(ByteOrder.LITTLE_ENDIAN);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 64, 92})
  void readsEveryWidthAcrossWindows(int start) {
    ArrowBuffer buffer = new ArrowBuffer(new SmallWindows(BYTES), start, SIZE - start);
    for (int at = 0; at < SIZE - start; at++) {
      assertEquals(EXPECTED.get(start + at), buffer.getByte(at));
      if (at <= SIZE - start - 2) {
        assertEquals(EXPECTED.getShort(start + at), buffer.getShort(at));
      }
      if (at <= SIZE - start - 4) {
        assertEquals(EXPECTED.getInt(start + at), buffer.getInt(at));
        assertEquals(
            Float.floatToRawIntBits(EXPECTED.getFloat(start + at)),
            Float.floatToRawIntBits(buffer.getFloat(at)));
      }
      if (at <= SIZE - start - 8) {
        assertEquals(EXPECTED.getLong(start + at), buffer.getLong(at));
        assertEquals(EXPECTED.getDouble(start + at), buffer.getDouble(at));
      }
    }
  }

  @Test
  void readsBits() {
    ArrowBuffer buffer = new ArrowBuffer(new SmallWindows(BYTES), 1, 99);
    assertTrue(buffer.getBit(0));
    assertFalse(buffer.getBit(1));
    assertTrue(buffer.getBit(8 * 49 + 5));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.getBit(99 * 8));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.getBit(-1));
  }

  @Test
  void copiesRangesOfEverySizeAcrossWindows() {
    ArrowBuffer buffer = new ArrowBuffer(new SmallWindows(BYTES), 3, 97);
    for (int at = 0; at < 97; at += 7) {
      for (int count = 0; count <= 97 - at; count++) {
        byte[] target = new byte[count + 2];
        buffer.copyTo(at, target, 1, count);
        assertArrayEquals(
            Arrays.copyOfRange(BYTES, 3 + at, 3 + at + count),
            Arrays.copyOfRange(target, 1, 1 + count));
      }
    }
  }

  @Test
  void valuesThatLieAcrossWindowsAreCopiedForAByteBuffer() {
    byte[] offsets = {1, 0, 0, 0, 32, 0, 0, 0, 48, 0, 0, 0};
    ColumnData data =
        TestArrays.array(
            new ArrowType.Binary(),
            2,
            ArrowBuffer.wrap(offsets),
            new ArrowBuffer(new SmallWindows(BYTES), 0, SIZE));
    BytesColumn column = TestArrays.column(data).asBytes();
    assertEquals(EXPECTED.slice(1, 31), column.getByteBuffer(0));
    assertEquals(EXPECTED.slice(32, 16), column.getByteBuffer(1));
    assertTrue(column.getByteBuffer(0).isReadOnly());
    assertEquals(ByteOrder.LITTLE_ENDIAN, column.getByteBuffer(0).order());
  }

  @Test
  void viewsOfUpToAStrideCanAlwaysBeHad() {
    SmallWindows region = new SmallWindows(BYTES);
    ArrowBuffer buffer = new ArrowBuffer(region, 0, SIZE);
    for (int at = 0; at + SmallWindows.STRIDE <= SIZE; at++) {
      ByteBuffer expected = EXPECTED.slice(at, SmallWindows.STRIDE);
      assertEquals(expected, buffer.transientView(at, SmallWindows.STRIDE));
      assertEquals(expected, buffer.asByteBuffer(at, SmallWindows.STRIDE));
    }
    assertThrows(IllegalStateException.class, () -> buffer.transientView(1, 31));
    assertThrows(IllegalStateException.class, () -> buffer.asByteBuffer(1, 31));
    assertEquals(31, buffer.transientView(0, 31).remaining());
  }

  @Test
  void noBytesAtTheEndOfARegionAreFine() {
    SmallWindows region = new SmallWindows(SmallWindows.counting(32));
    ArrowBuffer none = new ArrowBuffer(region, 32, 0);
    assertEquals(0, none.asByteBuffer().remaining());
    assertEquals(0, none.transientView(0, 0).remaining());
    ArrowBuffer all = new ArrowBuffer(region, 0, 32);
    assertEquals(0, all.transientView(32, 0).remaining());
    assertEquals(0, all.asByteBuffer(32, 0).remaining());
    assertEquals(0, all.slice(32, 0).sizeBytes());
  }

  @Test
  void everyAccessOutOfRangeIsRefused() {
    ArrowBuffer buffer = new ArrowBuffer(new SmallWindows(BYTES), 10, 20);
    long[] outside = {-1, 20, Long.MIN_VALUE, Long.MAX_VALUE};
    for (long at : outside) {
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.getByte(at));
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.getShort(at));
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.getInt(at));
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.getLong(at));
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.asByteBuffer(at, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.transientView(at, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.slice(at, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.copyTo(at, new byte[1], 0, 1));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.getLong(13));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.copyTo(0, new byte[1], 0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.copyTo(0, new byte[1], 0, -1));
    SmallWindows region = new SmallWindows(BYTES);
    assertThrows(IndexOutOfBoundsException.class, () -> new ArrowBuffer(region, 90, 11));
    assertThrows(IndexOutOfBoundsException.class, () -> new ArrowBuffer(region, -1, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> new ArrowBuffer(region, 1, Long.MAX_VALUE));
  }

  @Test
  void wrappedArraysReadTheSame() {
    ArrowBuffer buffer = ArrowBuffer.wrap(BYTES).slice(5, 50);
    assertEquals(EXPECTED.getLong(8), buffer.getLong(3));
    assertEquals(5, buffer.regionOffset());
    assertEquals(50, buffer.sizeBytes());
    ByteBuffer raw = buffer.asByteBuffer();
    assertThrows(ReadOnlyBufferException.class, () -> raw.put(0, (byte) 1));
    assertEquals(ByteOrder.LITTLE_ENDIAN, raw.order());
  }
}
