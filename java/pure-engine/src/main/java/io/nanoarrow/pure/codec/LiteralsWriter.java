package io.nanoarrow.pure.codec;

/** The literals section of Zstandard blocks (RFC 8878, 3.1.1.3.1). One thread. */
final class LiteralsWriter {
  private static final int RAW = 0;
  private static final int RUN = 1;
  private static final int CODED = 2;

  /** Fewer literals are not worth a tree. */
  private static final int LEAST_CODED = 48;

  /** From here on four streams are read side by side. */
  private static final int LEAST_FOUR = 256;

  private static final int JUMP_TABLE_SIZE = 6;

  private final HuffmanCode code = new HuffmanCode();

  /** Writes literals and returns where they end. */
  int write(byte[] literals, int count, byte[] out, int at) {
    if (count >= LEAST_CODED) {
      boolean isMixed = code.make(literals, 0, count);
      if (!isMixed) {
        int body = plainHead(RUN, count, out, at);
        out[body] = literals[0];
        return body + 1;
      }
      if (code.contentSize() < count - (count >> 5)) {
        int end = writeCoded(literals, count, out, at);
        if (end >= 0 && end - at < count) {
          return end;
        }
      }
    }
    int body = plainHead(RAW, count, out, at);
    System.arraycopy(literals, 0, out, body, count);
    return body + count;
  }

  private static int plainHead(int kind, int count, byte[] out, int at) {
    if (count < 32) {
      out[at] = (byte) (kind | count << 3);
      return at + 1;
    } else if (count < 1 << 12) {
      Bytes.putShort(out, at, kind | 1 << 2 | count << 4);
      return at + 2;
    }
    Bytes.putInteger(out, at, kind | 3 << 2 | count << 4);
    return at + 3;
  }

  private int writeCoded(byte[] literals, int count, byte[] out, int at) {
    int format = count < LEAST_FOUR ? 0 : count < 1 << 10 ? 1 : count < 1 << 14 ? 2 : 3;
    int bits = format < 2 ? 10 : format == 2 ? 14 : 18;
    int headSize = Math.max(3, format + 2);
    int body = at + headSize;
    int end = code.describe(out, body);
    if (end < 0) {
      return -1;
    }
    end = format == 0 ? code.encode(literals, 0, count, out, end) : four(literals, count, out, end);
    long size = end - body;
    if (end < 0 || size >= 1L << bits) {
      return -1;
    }
    long head = CODED | format << 2 | (long) count << 4 | size << 4 + bits;
    for (int i = 0; i < headSize; i++) {
      out[at + i] = (byte) (head >>> 8 * i);
    }
    return end;
  }

  private int four(byte[] literals, int count, byte[] out, int at) {
    int each = (count + 3) / 4;
    int end = at + JUMP_TABLE_SIZE;
    for (int i = 0; i < 4; i++) {
      int begin = end;
      end = code.encode(literals, i * each, Math.min(count, (i + 1) * each), out, begin);
      if (i < 3) {
        if (end - begin > 0xFFFF) {
          return -1;
        }
        Bytes.putShort(out, at + 2 * i, end - begin);
      }
    }
    return end;
  }
}
