package io.nanoarrow.pure.codec;

import java.util.Arrays;

/** A Huffman code for literals, made of their counts, and its description (RFC 8878, 4.2). */
final class HuffmanCode {
  static final int SYMBOLS = 256;
  private static final int MAX_BITS = 11;
  private static final int MAX_WEIGHT_ACCURACY = 6;
  private static final int MAX_DIRECT = 128;

  /** How many symbols fit between two flushes. */
  private static final int AT_ONCE = 5;

  private final int[] counts = new int[SYMBOLS];
  private final long[] sorted = new long[SYMBOLS];
  private final int[] weight = new int[2 * SYMBOLS];
  private final int[] parent = new int[2 * SYMBOLS];
  private final int[] lengths = new int[SYMBOLS];
  private final int[] codes = new int[SYMBOLS];
  private final BitWriter bits = new BitWriter();
  private int used;
  private int maxBits;
  private int lastSymbol;

  /** Makes the code of some bytes; false when there are fewer than two different ones. */
  boolean make(byte[] in, int from, int to) {
    Arrays.fill(counts, 0);
    for (int i = from; i < to; i++) {
      counts[in[i] & 0xFF]++;
    }
    used = 0;
    for (int s = 0; s < SYMBOLS; s++) {
      lengths[s] = 0;
      if (counts[s] > 0) {
        sorted[used++] = (long) counts[s] << 8 | s;
        lastSymbol = s;
      }
    }
    if (used < 2) {
      return false;
    }
    Arrays.sort(sorted, 0, used);
    makeTree();
    limitLengths();
    makeCodes();
    return true;
  }

  /** Joins the two lightest nodes until one is left; both kinds come in order of their weight. */
  private void makeTree() {
    for (int i = 0; i < used; i++) {
      weight[i] = (int) (sorted[i] >>> 8);
    }
    int leaf = 0;
    int inner = used;
    int nodes = 2 * used - 1;
    for (int next = used; next < nodes; next++) {
      int sum = 0;
      for (int i = 0; i < 2; i++) {
        boolean isLeaf = leaf < used && (inner == next || weight[leaf] <= weight[inner]);
        int lightest = isLeaf ? leaf++ : inner++;
        parent[lightest] = next;
        sum += weight[lightest];
      }
      weight[next] = sum;
    }
    int[] depth = weight;
    depth[nodes - 1] = 0;
    for (int i = nodes - 2; i >= 0; i--) {
      depth[i] = depth[parent[i]] + 1;
      if (i < used) {
        lengths[(int) sorted[i] & 0xFF] = depth[i];
      }
    }
  }

  /** Cuts codes that are too long, and makes others longer and shorter until all add up again. */
  private void limitLengths() {
    int room = 1 << MAX_BITS;
    boolean isCut = false;
    for (int i = 0; i < used; i++) {
      int symbol = (int) sorted[i] & 0xFF;
      isCut |= lengths[symbol] > MAX_BITS;
      lengths[symbol] = Math.min(lengths[symbol], MAX_BITS);
      room -= 1 << MAX_BITS - lengths[symbol];
    }
    if (!isCut) {
      return;
    }
    while (room < 0) {
      for (int i = 0; i < used && room < 0; i++) {
        int symbol = (int) sorted[i] & 0xFF;
        if (lengths[symbol] < MAX_BITS) {
          lengths[symbol]++;
          room += 1 << MAX_BITS - lengths[symbol];
        }
      }
    }
    while (room > 0) {
      for (int i = used - 1; i >= 0 && room > 0; i--) {
        int symbol = (int) sorted[i] & 0xFF;
        int cost = 1 << MAX_BITS - lengths[symbol];
        if (cost <= room) {
          lengths[symbol]--;
          room -= cost;
        }
      }
    }
  }

  /** Gives the longest codes the lowest numbers, those of one length in the symbols' order. */
  private void makeCodes() {
    maxBits = 0;
    int[] next = new int[MAX_BITS + 2];
    for (int s = 0; s <= lastSymbol; s++) {
      maxBits = Math.max(maxBits, lengths[s]);
      next[lengths[s]]++;
    }
    int code = 0;
    for (int length = maxBits; length > 0; length--) {
      int count = next[length];
      next[length] = code;
      code = code + count >>> 1;
    }
    for (int s = 0; s <= lastSymbol; s++) {
      codes[s] = lengths[s] == 0 ? 0 : next[lengths[s]]++;
    }
  }

  /** Returns the bytes that the code makes of what it was made of, its description left out. */
  int contentSize() {
    long size = 0;
    for (int s = 0; s <= lastSymbol; s++) {
      size += (long) counts[s] * lengths[s];
    }
    return (int) (size + 7 >>> 3);
  }

  /** Writes the description and returns where it ends, or -1 when it has no form. */
  int describe(byte[] out, int at) {
    int end = describeWithFse(out, at + 1);
    int size = end - at - 1;
    boolean isDirectPossible = lastSymbol <= MAX_DIRECT;
    if (end >= 0 && size < MAX_DIRECT && (!isDirectPossible || size < (lastSymbol + 1) / 2)) {
      out[at] = (byte) size;
      return end;
    } else if (!isDirectPossible) {
      return -1;
    }
    out[at] = (byte) (127 + lastSymbol);
    for (int s = 0; s < lastSymbol; s += 2) {
      int second = s + 1 < lastSymbol ? weight(s + 1) : 0;
      out[at + 1 + s / 2] = (byte) (weight(s) << 4 | second);
    }
    return at + 1 + (lastSymbol + 1) / 2;
  }

  private int weight(int symbol) {
    return lengths[symbol] == 0 ? 0 : maxBits + 1 - lengths[symbol];
  }

  /**
   * Writes the weights of all symbols but the last, by turns with two states; -1 if all are one.
   */
  private int describeWithFse(byte[] out, int at) {
    int[] weights = new int[MAX_BITS + 2];
    for (int s = 0; s < lastSymbol; s++) {
      weights[weight(s)]++;
    }
    int distinct = (int) Arrays.stream(weights).filter(count -> count > 0).count();
    if (distinct < 2 || lastSymbol < 3) {
      return -1;
    }
    int accuracy = FseCounts.accuracy(lastSymbol, distinct, MAX_WEIGHT_ACCURACY);
    short[] probabilities = FseCounts.normalize(weights, weights.length, lastSymbol, accuracy);
    FseCode code = new FseCode(accuracy, probabilities);
    bits.start(out, FseCounts.write(probabilities, accuracy, new BitWriter(), out, at));
    int[] states = new int[2];
    for (int s = lastSymbol - 1; s >= 0; s--) {
      boolean isFirst = s >= lastSymbol - 2;
      states[s & 1] = isFirst ? code.last(weight(s)) : code.before(states[s & 1], weight(s), bits);
      bits.flush();
    }
    code.writeFirst(states[1], bits);
    code.writeFirst(states[0], bits);
    return bits.finishBackward();
  }

  /** Writes bytes, the last one first, and returns where they end. */
  int encode(byte[] in, int from, int to, byte[] out, int at) {
    bits.start(out, at);
    int i = to - 1;
    for (; i >= from + AT_ONCE - 1; i -= AT_ONCE) {
      for (int k = 0; k < AT_ONCE; k++) {
        int symbol = in[i - k] & 0xFF;
        bits.add(codes[symbol], lengths[symbol]);
      }
      bits.flush();
    }
    for (; i >= from; i--) {
      int symbol = in[i] & 0xFF;
      bits.add(codes[symbol], lengths[symbol]);
      bits.flush();
    }
    return bits.finishBackward();
  }
}
