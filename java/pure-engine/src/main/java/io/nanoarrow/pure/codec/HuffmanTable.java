package io.nanoarrow.pure.codec;

import java.util.Arrays;

/** A Huffman decoding table (RFC 8878, 4.2). Immutable. */
final class HuffmanTable {
  private static final int MAX_BITS = 11;
  private static final int MAX_WEIGHTS = 255;
  private static final int MAX_WEIGHT_ACCURACY = 6;

  /** The codes that surely lie in one word, whatever the position. */
  private static final int AT_ONCE = 5;

  private final int maxBits;

  /** For each code its symbol (low 8 bits) and its length. */
  private final short[] entries;

  private final int end;

  private HuffmanTable(byte[] weights, int count, int maxBits, int end) {
    this.maxBits = maxBits;
    this.end = end;
    this.entries = new short[1 << maxBits];
    int[] starts = new int[maxBits + 2];
    for (int symbol = 0; symbol < count; symbol++) {
      int weight = weights[symbol];
      starts[weight + 1] += weight == 0 ? 0 : 1 << (weight - 1);
    }
    for (int weight = 1; weight <= maxBits; weight++) {
      starts[weight + 1] += starts[weight];
    }
    for (int symbol = 0; symbol < count; symbol++) {
      int weight = weights[symbol];
      if (weight != 0) {
        int next = starts[weight] + (1 << (weight - 1));
        short entry = (short) (symbol | maxBits + 1 - weight << 8);
        Arrays.fill(entries, starts[weight], next, entry);
        starts[weight] = next;
      }
    }
  }

  /** Reads the description of a tree in {@code [at, end)} of padded bytes. */
  static HuffmanTable read(byte[] in, int at, int end) throws CodecException {
    if (at >= end) {
      throw new CodecException("a Huffman tree that is missing");
    }
    int head = in[at] & 0xFF;
    byte[] weights = new byte[MAX_WEIGHTS + 1];
    int size = head < 128 ? head : (head - 126) / 2;
    if (size > end - at - 1) {
      throw new CodecException("a Huffman tree that ends too early");
    }
    int after = at + 1 + size;
    int count = head - 127;
    if (head < 128) {
      count = compressedWeights(in, at + 1, after, weights);
    } else {
      for (int i = 0; i < count; i++) {
        weights[i] = (byte) (in[at + 1 + i / 2] >> (i % 2 == 0 ? 4 : 0) & 15);
      }
    }
    return complete(weights, count, after);
  }

  private static int compressedWeights(byte[] in, int at, int end, byte[] weights)
      throws CodecException {
    FseTable.Described described = FseTable.read(in, at, end, MAX_WEIGHT_ACCURACY, MAX_BITS + 1);
    FseTable table = described.table();
    BackwardBits bits = new BackwardBits(in, described.end(), end);
    int state = table.firstState(bits);
    int other = table.firstState(bits);
    int count = 0;
    while (true) {
      if (count >= MAX_WEIGHTS - 1) {
        throw new CodecException("a Huffman tree with too many symbols");
      }
      weights[count++] = (byte) table.symbol(state);
      if (table.bits(state) > bits.left()) {
        weights[count++] = (byte) table.symbol(other);
        return count;
      }
      int next = table.nextState(state, bits);
      state = other;
      other = next;
    }
  }

  /** Adds the weight that is left out, which makes the codes complete. */
  private static HuffmanTable complete(byte[] weights, int count, int end) throws CodecException {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      if (weights[i] > MAX_BITS) {
        throw new CodecException("a Huffman code that is too long");
      }
      sum += weights[i] == 0 ? 0 : 1 << (weights[i] - 1);
    }
    int maxBits = 32 - Integer.numberOfLeadingZeros(sum);
    int rest = (1 << maxBits) - sum;
    if (sum == 0 || maxBits > MAX_BITS || Integer.bitCount(rest) != 1) {
      throw new CodecException("a Huffman tree that does not add up");
    }
    weights[count] = (byte) (32 - Integer.numberOfLeadingZeros(rest));
    return new HuffmanTable(weights, count + 1, maxBits, end);
  }

  /** Returns the byte after the description. */
  int end() {
    return end;
  }

  /** Decodes one stream to its last bit into {@code [to, to + count)}. */
  void decode(byte[] in, int from, int end, byte[] out, int to, int count) throws CodecException {
    BackwardBits stream = new BackwardBits(in, from, end);
    int stop = to + count;
    int at = to;
    while (at <= stop - AT_ONCE && stream.left() >= Long.SIZE) {
      long word = top(in, stream.position());
      int used = 0;
      for (int i = 0; i < AT_ONCE; i++) {
        int entry = entries[(int) (word >>> Long.SIZE - maxBits)];
        out[at++] = (byte) entry;
        word <<= entry >> 8;
        used += entry >> 8;
      }
      stream.skip(used);
    }
    finish(stream, out, at, stop);
  }

  /**
   * Decodes four streams side by side, so that the steps of one fill the waits of another.
   *
   * @param bounds where the streams begin and the last one ends
   * @param each values of each stream but the last, which has the rest
   */
  void decodeFour(byte[] in, int[] bounds, byte[] out, int count, int each) throws CodecException {
    BackwardBits s0 = new BackwardBits(in, bounds[0], bounds[1]);
    BackwardBits s1 = new BackwardBits(in, bounds[1], bounds[2]);
    BackwardBits s2 = new BackwardBits(in, bounds[2], bounds[3]);
    BackwardBits s3 = new BackwardBits(in, bounds[3], bounds[4]);
    short[] table = entries;
    int shift = Long.SIZE - maxBits;
    int last = count - 3 * each;
    int at = 0;
    while (at <= last - AT_ONCE
        && Math.min(Math.min(s0.left(), s1.left()), Math.min(s2.left(), s3.left())) >= Long.SIZE) {
      long w0 = top(in, s0.position());
      long w1 = top(in, s1.position());
      long w2 = top(in, s2.position());
      long w3 = top(in, s3.position());
      int u0 = 0;
      int u1 = 0;
      int u2 = 0;
      int u3 = 0;
      for (int i = 0; i < AT_ONCE; i++, at++) {
        int e0 = table[(int) (w0 >>> shift) & table.length - 1];
        int e1 = table[(int) (w1 >>> shift) & table.length - 1];
        int e2 = table[(int) (w2 >>> shift) & table.length - 1];
        int e3 = table[(int) (w3 >>> shift) & table.length - 1];
        out[at] = (byte) e0;
        out[at + each] = (byte) e1;
        out[at + 2 * each] = (byte) e2;
        out[at + 3 * each] = (byte) e3;
        w0 <<= e0 >> 8;
        w1 <<= e1 >> 8;
        w2 <<= e2 >> 8;
        w3 <<= e3 >> 8;
        u0 += e0 >> 8;
        u1 += e1 >> 8;
        u2 += e2 >> 8;
        u3 += e3 >> 8;
      }
      s0.skip(u0);
      s1.skip(u1);
      s2.skip(u2);
      s3.skip(u3);
    }
    finish(s0, out, at, each);
    finish(s1, out, at + each, 2 * each);
    finish(s2, out, at + 2 * each, 3 * each);
    finish(s3, out, at + 3 * each, count);
  }

  /** Returns the bits before a position, the last of them highest; 57 at least, if they exist. */
  private static long top(byte[] in, long position) {
    int end = (int) (position + 7 >>> 3);
    return Bytes.longer(in, end - Long.BYTES) << 8L * end - position;
  }

  private void finish(BackwardBits stream, byte[] out, int from, int stop) throws CodecException {
    for (int at = from; at < stop; at++) {
      int entry = entries[stream.peek(maxBits)];
      out[at] = (byte) entry;
      stream.skip(entry >> 8);
    }
    if (stream.left() != 0) {
      throw new CodecException("a Huffman stream of another length");
    }
  }
}
