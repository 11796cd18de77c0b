package io.nanoarrow.pure.codec;

/** A Huffman decoding table (RFC 8878, 4.2). Immutable. */
final class HuffmanTable {
  private static final int MAX_BITS = 11;
  private static final int MAX_WEIGHTS = 255;
  private static final int MAX_WEIGHT_ACCURACY = 6;

  private final int maxBits;
  private final byte[] symbols;
  private final byte[] bits;
  private final int end;

  private HuffmanTable(byte[] weights, int count, int maxBits, int end) {
    this.maxBits = maxBits;
    this.end = end;
    this.symbols = new byte[1 << maxBits];
    this.bits = new byte[1 << maxBits];
    int at = 0;
    for (int weight = 1; weight <= maxBits; weight++) {
      for (int symbol = 0; symbol < count; symbol++) {
        if (weights[symbol] == weight) {
          int next = at + (1 << (weight - 1));
          java.util.Arrays.fill(symbols, at, next, (byte) symbol);
          java.util.Arrays.fill(bits, at, next, (byte) (maxBits + 1 - weight));
          at = next;
        }
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
    for (int i = to; i < to + count; i++) {
      int code = stream.peek(maxBits);
      out[i] = symbols[code];
      stream.skip(bits[code]);
    }
    if (stream.left() != 0) {
      throw new CodecException("a Huffman stream of another length");
    }
  }
}
