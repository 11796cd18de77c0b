package io.nanoarrow.transform;

import io.nanoarrow.memory.ArrowBuffer;

/** Bits that are appended, many at once. */
final class BitAppender {
  private static final int MOST = 56;

  private final GrowingBuffer bytes = new GrowingBuffer();
  private long size;

  void append(ArrowBuffer source, long start, long count) {
    for (long done = 0; done < count; ) {
      int piece = (int) Math.min(MOST, count - done);
      bytes.appendBits(size, read(source, start + done, piece), piece);
      size += piece;
      done += piece;
    }
  }

  private static long read(ArrowBuffer source, long bit, int count) {
    long at = bit >> 3;
    int shift = (int) (bit & 7);
    long bits = 0;
    if (source.sizeBytes() - at >= Long.BYTES) {
      bits = source.getLong(at);
    } else {
      for (int i = 0; i * Byte.SIZE < shift + count; i++) {
        bits |= (source.getByte(at + i) & 0xffL) << i * Byte.SIZE;
      }
    }
    return bits >>> shift & (1L << count) - 1;
  }

  void fill(boolean value, long count) {
    for (long done = 0; done < count; ) {
      int piece = (int) Math.min(MOST, count - done);
      bytes.appendBits(size, value ? (1L << piece) - 1 : 0, piece);
      size += piece;
      done += piece;
    }
  }

  ArrowBuffer view() {
    return bytes.view();
  }

  void reset() {
    bytes.reset();
    size = 0;
  }
}
