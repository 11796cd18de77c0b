package io.nanoarrow.pure.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers in arrays, and copies that may overlap. */
final class Bytes {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int WORD = 8;

  /** Up to which size copying word by word is faster. */
  private static final int SHORT_COPY = 64;

  private Bytes() {}

  static int unsignedShort(byte[] bytes, int at) {
    return (short) SHORT.get(bytes, at) & 0xFFFF;
  }

  static int integer(byte[] bytes, int at) {
    return (int) INT.get(bytes, at);
  }

  static long longer(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  static void putShort(byte[] bytes, int at, int value) {
    SHORT.set(bytes, at, (short) value);
  }

  static void putInteger(byte[] bytes, int at, int value) {
    INT.set(bytes, at, value);
  }

  static void putLonger(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  /** Returns how many bytes from {@code a} on are those from {@code b} on, before {@code end}. */
  static int common(byte[] bytes, int a, int b, int end) {
    int at = b;
    int distance = b - a;
    while (at <= end - WORD) {
      long different = longer(bytes, at) ^ longer(bytes, at - distance);
      if (different != 0) {
        return at - b + (Long.numberOfTrailingZeros(different) >>> 3);
      }
      at += WORD;
    }
    while (at < end && bytes[at] == bytes[at - distance]) {
      at++;
    }
    return at - b;
  }

  /** Copies bytes; what follows them in {@code to} may be overwritten with anything. */
  static void copy(byte[] from, int start, byte[] to, int at, int size) {
    if (size <= 2 * WORD && start <= from.length - 2 * WORD && at <= to.length - 2 * WORD) {
      LONG.set(to, at, (long) LONG.get(from, start));
      LONG.set(to, at + WORD, (long) LONG.get(from, start + WORD));
      return;
    }
    if (size > SHORT_COPY || size > from.length - start - WORD || size > to.length - at - WORD) {
      System.arraycopy(from, start, to, at, size);
      return;
    }
    for (int i = 0; i < size; i += WORD) {
      LONG.set(to, at + i, (long) LONG.get(from, start + i));
    }
  }

  /**
   * Copies {@code size} bytes from {@code distance} before, repeating them when they overlap; what
   * follows them may be overwritten with anything.
   */
  static void repeat(byte[] bytes, int at, int distance, int size) {
    if (distance >= WORD && size <= 2 * WORD && at <= bytes.length - 2 * WORD) {
      LONG.set(bytes, at, (long) LONG.get(bytes, at - distance));
      LONG.set(bytes, at + WORD, (long) LONG.get(bytes, at - distance + WORD));
      return;
    }
    if (distance >= WORD && size <= bytes.length - at - WORD) {
      for (int i = 0; i < size; i += WORD) {
        LONG.set(bytes, at + i, (long) LONG.get(bytes, at - distance + i));
      }
      return;
    }
    int copied = Math.min(distance, size);
    System.arraycopy(bytes, at - distance, bytes, at, copied);
    while (copied < size) {
      int more = Math.min(copied, size - copied);
      System.arraycopy(bytes, at, bytes, at + copied, more);
      copied += more;
    }
  }
}
