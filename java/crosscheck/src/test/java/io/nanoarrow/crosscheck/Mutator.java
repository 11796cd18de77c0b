package io.nanoarrow.crosscheck;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages good input: bits, bytes, numbers, ranges, ends. The same seed gives the same damage. */
final class Mutator {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    3,
    4,
    7,
    8,
    9,
    16,
    64,
    127,
    128,
    255,
    256,
    65535,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final int MOST_AT_ONCE = 4;
  private static final int LONGEST_RANGE = 64;

  private final List<byte[]> good;
  private final Random random;

  Mutator(List<byte[]> good, long seed) {
    this.good = good;
    this.random = new Random(seed);
  }

  byte[] next() {
    byte[] bytes = any().clone();
    int count = 1 + random.nextInt(MOST_AT_ONCE);
    for (int i = 0; i < count && bytes.length > 0; i++) {
      bytes = damage(bytes);
    }
    return bytes;
  }

  private byte[] any() {
    return good.get(random.nextInt(good.size()));
  }

  private byte[] damage(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 3, 4 -> bytes[at] = (byte) random.nextInt();
      case 5, 6 -> put(bytes, at & ~3, 4, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 7 -> put(bytes, at & ~7, 8, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 8 -> put(bytes, at & ~3, 4, get(bytes, at & ~3) + random.nextInt(17) - 8);
      case 9 -> splice(bytes, at, any());
      case 10 -> splice(bytes, at & ~7, bytes.clone());
      default -> {
        return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at) : remove(bytes, at & ~7);
      }
    }
    return bytes;
  }

  private static long get(byte[] bytes, int at) {
    long value = 0;
    for (int i = Math.min(bytes.length, at + 4) - 1; i >= at; i--) {
      value = value << 8 | bytes[i] & 0xFF;
    }
    return value;
  }

  private static void put(byte[] bytes, int at, int size, long value) {
    for (int i = 0; i < size && at + i < bytes.length; i++) {
      bytes[at + i] = (byte) (value >> 8 * i);
    }
  }

  private void splice(byte[] bytes, int at, byte[] from) {
    int start = random.nextInt(from.length) & ~3;
    int size = 1 + random.nextInt(LONGEST_RANGE);
    size = Math.min(size, Math.min(from.length - start, bytes.length - at));
    System.arraycopy(from, start, bytes, at, size);
  }

  private byte[] remove(byte[] bytes, int at) {
    int size = Math.min(8 * (1 + random.nextInt(8)), bytes.length - at);
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - size);
    System.arraycopy(bytes, at + size, shorter, at, bytes.length - size - at);
    return shorter;
  }
}
