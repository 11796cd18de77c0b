package io.nanoarrow.build;

import java.nio.ByteBuffer;

/** UTF-8 into and in buffers. */
final class Utf8Text {
  /** Bytes behind a value that may be written or read, whatever they are. */
  static final int SLACK = 16;

  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8Text() {}

  static boolean isAscii(String text) {
    int count = text.length();
    int all = 0;
    for (int i = 0; i < count; i++) {
      all |= text.charAt(i);
    }
    return all < 0x80;
  }

  /** Puts the low byte of each character, which is what the method is deprecated for. */
  @SuppressWarnings("deprecation")
  static void putLowBytes(String text, byte[] out, int at) {
    text.getBytes(0, text.length(), out, at);
  }

  /**
   * Returns the bytes that a text has.
   *
   * @return {@code ~index} of a surrogate without its pair when there is one
   */
  static long sizeBytes(CharSequence text) {
    int count = text.length();
    long size = 0;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        size++;
      } else if (c < 0x800) {
        size += 2;
      } else if (!Character.isSurrogate(c)) {
        size += 3;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < count
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        size += 4;
        i++;
      } else {
        return ~i;
      }
    }
    return size;
  }

  /** Puts a text that {@link #sizeBytes} has checked. */
  static void put(CharSequence text, ByteBuffer out, int start) {
    int count = text.length();
    int at = start;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        out.put(at++, (byte) c);
      } else if (c < 0x800) {
        out.put(at++, (byte) (0xC0 | c >> 6));
        out.put(at++, trailing(c));
      } else if (!Character.isSurrogate(c)) {
        out.put(at++, (byte) (0xE0 | c >> 12));
        out.put(at++, trailing(c >> 6));
        out.put(at++, trailing(c));
      } else {
        i++;
        int point = Character.toCodePoint(c, text.charAt(i));
        out.put(at++, (byte) (0xF0 | point >> 18));
        out.put(at++, trailing(point >> 12));
        out.put(at++, trailing(point >> 6));
        out.put(at++, trailing(point));
      }
    }
  }

  private static byte trailing(int bits) {
    return (byte) (0x80 | bits & 0x3F);
  }

  /**
   * Returns where the first sequence begins that is not UTF-8 (RFC 3629), or -1.
   *
   * @param end {@link #SLACK} bytes behind it can be read
   */
  static int invalidAt(ByteBuffer bytes, int start, int end) {
    int at = start;
    while (at < end) {
      if (end - at >= Long.BYTES && (bytes.getLong(at) & HIGH_BITS) == 0) {
        at += Long.BYTES;
        continue;
      }
      int size = sequenceSize(bytes, at, end);
      if (size == 0) {
        return at;
      }
      at += size;
    }
    return -1;
  }

  /** Returns the size of the valid sequence at {@code at}, 0 when there is none. */
  private static int sequenceSize(ByteBuffer bytes, int at, int end) {
    int first = bytes.get(at) & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (size == 0 || size > end - at) {
      return 0;
    }
    int second = bytes.get(at + 1) & 0xFF;
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    boolean valid = second >= low && second <= high;
    for (int i = 2; i < size; i++) {
      valid &= (bytes.get(at + i) & 0xC0) == 0x80;
    }
    return valid ? size : 0;
  }
}
