package io.nanoarrow.crosscheck.json;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.memory.HeapRegion;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Little-endian bytes that are added to, up to what one array holds. One thread. */
final class Growing {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private byte[] bytes = new byte[64];
  private int size;
  private long bits;

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
  }

  int sizeBytes() {
    return size;
  }

  void addByte(int value) {
    int at = room(1); // Before the array is looked at, which may be another one afterwards.
    bytes[at] = (byte) value;
  }

  void addShort(int value) {
    int at = room(Short.BYTES);
    SHORTS.set(bytes, at, (short) value);
  }

  void addInt(int value) {
    int at = room(Integer.BYTES);
    INTS.set(bytes, at, value);
  }

  void addLong(long value) {
    int at = room(Long.BYTES);
    LONGS.set(bytes, at, value);
  }

  void add(byte[] more) {
    int at = room(more.length);
    System.arraycopy(more, 0, bytes, at, more.length);
  }

  void addZeros(int count) {
    room(count);
  }

  /** Adds a bit behind those that were added before; bits and bytes do not go together. */
  void addBit(boolean value) {
    if ((bits & 7) == 0) {
      room(1);
    }
    if (value) {
      bytes[size - 1] |= (byte) (1 << (bits & 7));
    }
    bits++;
  }

  /** Returns the number of bits added. */
  long bitCount() {
    return bits;
  }

  /** Returns a bit that was added. */
  boolean bit(int index) {
    return (bytes[index >> 3] >> (index & 7) & 1) != 0;
  }

  /** Returns the bytes as a buffer; nothing may be added afterwards. */
  ArrowBuffer toBuffer() {
    return size == 0
        ? ArrowBuffer.EMPTY
        : new ArrowBuffer(new HeapRegion(ByteBuffer.wrap(bytes, 0, size)), 0, size);
  }

  /** Makes room and returns where it begins; the room is zero. */
  private int room(int count) {
    if (count > MAX_BYTES - size) {
      throw new ArrowFormatException(
          ErrorKind.LIMIT_EXCEEDED, "a buffer of more than " + MAX_BYTES + " bytes in JSON");
    }
    int at = size;
    size += count;
    if (size > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(size, Math.min(MAX_BYTES, bytes.length * 2L)));
    }
    return at;
  }
}
