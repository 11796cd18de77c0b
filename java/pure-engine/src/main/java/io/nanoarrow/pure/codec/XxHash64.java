package io.nanoarrow.pure.codec;

/** The checksum of Zstandard frames. */
final class XxHash64 {
  private static final long PRIME1 = 0x9E3779B185EBCA87L;
  private static final long PRIME2 = 0xC2B2AE3D27D4EB4FL;
  private static final long PRIME3 = 0x165667B19E3779F9L;
  private static final long PRIME4 = 0x85EBCA77C2B2AE63L;
  private static final long PRIME5 = 0x27D4EB2F165667C5L;

  private XxHash64() {}

  /** Returns the hash of a range, seed 0. */
  static long hash(byte[] bytes, int start, int size) {
    int at = start;
    int end = start + size;
    long hash = PRIME5;
    if (size >= 32) {
      long[] lanes = {PRIME1 + PRIME2, PRIME2, 0, -PRIME1};
      for (; at <= end - 32; at += 32) {
        for (int i = 0; i < 4; i++) {
          lanes[i] = round(lanes[i], Bytes.longer(bytes, at + 8 * i));
        }
      }
      hash =
          Long.rotateLeft(lanes[0], 1)
              + Long.rotateLeft(lanes[1], 7)
              + Long.rotateLeft(lanes[2], 12)
              + Long.rotateLeft(lanes[3], 18);
      for (long lane : lanes) {
        hash = (hash ^ round(0, lane)) * PRIME1 + PRIME4;
      }
    }
    hash += size;
    for (; at <= end - 8; at += 8) {
      long lane = round(0, Bytes.longer(bytes, at));
      hash = Long.rotateLeft(hash ^ lane, 27) * PRIME1 + PRIME4;
    }
    if (at <= end - 4) {
      long word = Bytes.integer(bytes, at) & 0xFFFFFFFFL;
      hash = Long.rotateLeft(hash ^ word * PRIME1, 23) * PRIME2 + PRIME3;
      at += 4;
    }
    for (; at < end; at++) {
      hash = Long.rotateLeft(hash ^ (bytes[at] & 0xFF) * PRIME5, 11) * PRIME1;
    }
    hash = (hash ^ hash >>> 33) * PRIME2;
    hash = (hash ^ hash >>> 29) * PRIME3;
    return hash ^ hash >>> 32;
  }

  private static long round(long lane, long word) {
    return Long.rotateLeft(lane + word * PRIME2, 31) * PRIME1;
  }
}
