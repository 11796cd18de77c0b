package io.nanoarrow.pure.codec;

/** A decoding table of finite state entropy (RFC 8878, 4.1). Immutable. */
final class FseTable {
  private static final int MIN_ACCURACY = 5;

  private final int accuracy;

  /** For each state its symbol (8 bits), the bits to read (8), what to add them to (16). */
  private final int[] entries;

  private FseTable(int accuracy) {
    this.accuracy = accuracy;
    this.entries = new int[1 << accuracy];
  }

  /** A table read from a stream, and where it ended. */
  record Described(FseTable table, int end) {}

  /** A table that knows one symbol and needs no bits. */
  static FseTable single(int symbol) {
    FseTable table = new FseTable(0);
    table.entries[0] = symbol;
    return table;
  }

  /** Makes the table of probabilities, -1 for "less than one". */
  static FseTable of(int accuracy, short[] probabilities) throws CodecException {
    FseTable table = new FseTable(accuracy);
    table.spread(probabilities);
    return table;
  }

  /** Reads the probabilities in {@code [at, end)} of padded bytes. */
  static Described read(byte[] bytes, int at, int end, int maxAccuracy, int maxSymbol)
      throws CodecException {
    ForwardBits in = new ForwardBits(bytes, at, end);
    int accuracy = in.read(4) + MIN_ACCURACY;
    if (accuracy > maxAccuracy) {
      throw new CodecException("a Zstandard table of accuracy " + accuracy);
    }
    short[] probabilities = new short[maxSymbol + 1];
    int left = 1 << accuracy;
    int symbol = 0;
    while (left > 0) {
      if (symbol > maxSymbol) {
        throw new CodecException("a Zstandard table with too many symbols");
      }
      int probability = probability(in, left);
      probabilities[symbol++] = (short) probability;
      left -= Math.abs(probability);
      if (probability == 0) {
        int zeros;
        do {
          zeros = in.read(2);
          symbol += zeros;
        } while (zeros == 3);
      }
    }
    return new Described(of(accuracy, probabilities), in.end());
  }

  /** Reads one value of 0 to left + 1, the small ones in a bit less, and takes one off. */
  private static int probability(ForwardBits in, int left) throws CodecException {
    int width = 32 - Integer.numberOfLeadingZeros(left + 1);
    int half = 1 << (width - 1);
    int small = (1 << width) - 1 - (left + 1);
    int low = in.read(width - 1);
    if (low < small) {
      return low - 1;
    }
    int value = low + (in.read(1) != 0 ? half : 0);
    return (value >= half ? value - small : value) - 1;
  }

  private void spread(short[] probabilities) throws CodecException {
    int size = entries.length;
    int high = size;
    int[] next = new int[probabilities.length];
    for (int s = 0; s < probabilities.length; s++) {
      next[s] = Math.abs(probabilities[s]);
      if (probabilities[s] < 0) {
        entries[--high] = s;
      }
    }
    int step = (size >> 1) + (size >> 3) + 3;
    int at = 0;
    for (int s = 0; s < probabilities.length; s++) {
      for (int i = 0; i < probabilities[s]; i++) {
        entries[at] = s;
        do {
          at = (at + step) & (size - 1);
        } while (at >= high);
      }
    }
    if (at != 0) {
      throw new CodecException("a Zstandard table that does not add up");
    }
    for (int state = 0; state < size; state++) {
      int symbol = entries[state];
      int number = next[symbol]++;
      int bits = accuracy - (31 - Integer.numberOfLeadingZeros(number));
      entries[state] = symbol | bits << 8 | (number << bits) - size << 16;
    }
  }

  int firstState(BackwardBits in) throws CodecException {
    return in.read(accuracy);
  }

  int symbol(int state) {
    return entries[state] & 0xFF;
  }

  /** Returns the bits that the next state takes. */
  int bits(int state) {
    return entries[state] >> 8 & 0xFF;
  }

  /** Returns what the next bits are added to for the next state. */
  int base(int state) {
    return entries[state] >>> 16;
  }

  int nextState(int state, BackwardBits in) throws CodecException {
    int entry = entries[state];
    return (entry >>> 16) + in.read(entry >> 8 & 0xFF);
  }
}
