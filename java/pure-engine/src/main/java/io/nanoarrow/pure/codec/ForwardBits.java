package io.nanoarrow.pure.codec;

/** Bits from the lowest of the first byte on; a handful at a time; the array is padded. */
final class ForwardBits {
  private final byte[] bytes;
  private final long limit;
  private long position;

  ForwardBits(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = 8L * from;
    this.limit = 8L * to;
  }

  int read(int count) throws CodecException {
    if (count > limit - position) {
      throw new CodecException("Zstandard bits that end too early");
    }
    long word = Bytes.longer(bytes, (int) (position >>> 3)) >>> (position & 7);
    position += count;
    return (int) word & (1 << count) - 1;
  }

  /** Returns the first byte of which nothing was read. */
  int end() {
    return (int) ((position + 7) >>> 3);
  }
}
