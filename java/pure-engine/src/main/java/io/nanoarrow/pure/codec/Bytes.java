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

  /** Copies {@code size} bytes from {@code distance} before, repeating them when they overlap. */
  static void repeat(byte[] bytes, int at, int distance, int size) {
    int copied = Math.min(distance, size);
    System.arraycopy(bytes, at - distance, bytes, at, copied);
    while (copied < size) {
      int more = Math.min(copied, size - copied);
      System.arraycopy(bytes, at, bytes, at + copied, more);
      copied += more;
    }
  }
}
