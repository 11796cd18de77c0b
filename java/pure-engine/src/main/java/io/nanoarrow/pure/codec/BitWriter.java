package io.nanoarrow.pure.codec;

/** Bits into an array, the first into the lowest of the first byte; eight bytes behind are used. */
final class BitWriter {
  private byte[] out = {};
  private int at;
  private long bits;
  private int count;

  void start(byte[] target, int from) {
    out = target;
    at = from;
    bits = 0;
    count = 0;
  }

  /** Adds the low bits of a value that has no others; up to 56 between two flushes. */
  void add(long value, int size) {
    bits |= value << count;
    count += size;
  }

  void flush() {
    Bytes.putLonger(out, at, bits);
    at += count >>> 3;
    bits >>>= count & 56;
    count &= 7;
  }

  /** Fills the last byte with zeros and returns where it ends. */
  int finish() {
    flush();
    return at + (count > 0 ? 1 : 0);
  }

  /** Adds the mark from which backward readers begin and returns where it ends. */
  int finishBackward() {
    add(1, 1);
    return finish();
  }
}
