package io.nanoarrow.pure.codec;

/** The checksum of LZ4 frames. */
final class XxHash32 {
  private static final int PRIME1 = 0x9E3779B1;
  private static final int PRIME2 = 0x85EBCA77;
  private static final int PRIME3 = 0xC2B2AE3D;
  private static final int PRIME4 = 0x27D4EB2F;
  private static final int PRIME5 = 0x165667B1;

  private XxHash32() {}

  /** Returns the hash of a range, seed 0. */
  static int hash(byte[] bytes, int start, int size) {
    int at = start;
    int end = start + size;
    int hash;
    if (size >= 16) {
      int a = PRIME1 + PRIME2;
      int b = PRIME2;
      int c = 0;
      int d = -PRIME1;
      for (; at <= end - 16; at += 16) {
        a = round(a, Bytes.integer(bytes, at));
        b = round(b, Bytes.integer(bytes, at + 4));
        c = round(c, Bytes.integer(bytes, at + 8));
        d = round(d, Bytes.integer(bytes, at + 12));
      }
      hash =
          Integer.rotateLeft(a, 1)
              + Integer.rotateLeft(b, 7)
              + Integer.rotateLeft(c, 12)
              + Integer.rotateLeft(d, 18);
    } else {
      hash = PRIME5;
    }
    hash += size;
    for (; at <= end - 4; at += 4) {
      hash = Integer.rotateLeft(hash + Bytes.integer(bytes, at) * PRIME3, 17) * PRIME4;
    }
    for (; at < end; at++) {
      hash = Integer.rotateLeft(hash + (bytes[at] & 0xFF) * PRIME5, 11) * PRIME1;
    }
    hash = (hash ^ hash >>> 15) * PRIME2;
    hash = (hash ^ hash >>> 13) * PRIME3;
    return hash ^ hash >>> 16;
  }

  private static int round(int lane, int word) {
    return Integer.rotateLeft(lane + word * PRIME2, 13) * PRIME1;
  }
}
