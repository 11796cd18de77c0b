package io.nanoarrow.pure.codec;

/**
 * Bits of a Zstandard stream that is read from its end: the highest bit of the last byte marks
 * where. The array goes on for {@link Codec#PADDING} bytes behind the stream.
 */
final class BackwardBits {
  private final byte[] bytes;
  private final long start;
  private long position;

  /** A reader of {@code [from, to)}. */
  BackwardBits(byte[] bytes, int from, int to) throws CodecException {
    if (to <= from || bytes[to - 1] == 0) {
      throw new CodecException("a Zstandard bit stream without its end mark");
    }
    this.bytes = bytes;
    this.start = 8L * from;
    int last = bytes[to - 1] & 0xFF;
    this.position = 8L * (to - 1) + 31 - Integer.numberOfLeadingZeros(last);
  }

  /** Returns where the next bits end, counted from the start of the array. */
  long position() {
    return position;
  }

  /** Returns how many bits are left. */
  long left() {
    return position - start;
  }

  /** Returns the next bits, 0 to 32, with zeros after the last; consumes nothing. */
  int peek(int count) {
    long from = position - count;
    if (from >= start) {
      return bits(from, count);
    }
    int there = (int) (position - start);
    return there <= 0 ? 0 : bits(start, there) << (count - there);
  }

  private int bits(long from, int count) {
    long word = Bytes.longer(bytes, (int) (from >>> 3)) >>> (from & 7);
    return (int) (word & ((1L << count) - 1));
  }

  /** Consumes bits; whether they were there is asked of {@link #left}. */
  void skip(int count) {
    position -= count;
  }

  /** Reads bits, 0 to 32. */
  int read(int count) throws CodecException {
    if (count > left()) {
      throw new CodecException("a Zstandard bit stream that ends too early");
    }
    int bits = peek(count);
    position -= count;
    return bits;
  }
}
