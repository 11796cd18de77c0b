package io.nanoarrow.pure.codec;

import java.util.Arrays;

/** A Huffman decoding table (RFC 8878, 4.2). Immutable. */
final class HuffmanTable {
  private static final int MAX_BITS = 11;
  private static final int MAX_WEIGHTS = 255;
  private static final int MAX_WEIGHT_ACCURACY = 6;

  /** What one read of a word gives whatever the position, and the codes that surely fit. */
  private static final int WORD_BITS = 56;

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
    while (at <= stop - AT_ONCE && stream.left() >= WORD_BITS) {
      long first = stream.position() - WORD_BITS;
      long word = Bytes.longer(in, (int) (first >>> 3)) >>> (first & 7);
      int left = WORD_BITS;
      for (int i = 0; i < AT_ONCE; i++) {
        int entry = entries[(int) (word >>> (left - maxBits)) & (entries.length - 1)];
        out[at++] = (byte) entry;
        left -= entry >> 8;
      }
      stream.skip(WORD_BITS - left);
    }
    while (at < stop) {
      int entry = entries[stream.peek(maxBits)];
      out[at++] = (byte) entry;
      stream.skip(entry >> 8);
    }
    if (stream.left() != 0) {
      throw new CodecException("a Huffman stream of another length");
    }
  }
}
