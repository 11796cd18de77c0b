package io.nanoarrow.pure.codec;

/**
 * Finite state entropy for writing. States count from {@code 1 << accuracy}. A reader's table gives
 * each symbol as many states as its probability says; the i-th of them is reached from all states
 * whose leading bits are probability + i. Immutable.
 */
final class FseCode {
  private static final double LOG2 = Math.log(2);

  private final int accuracy;
  private final short[] probabilities;

  /** For each symbol where its states begin in {@link #states}. */
  private final int[] first;

  private final short[] states;

  /** From this state on a symbol takes {@link #bits} bits, below it one less. */
  private final int[] threshold;

  private final byte[] bits;

  FseCode(int accuracy, short[] probabilities) {
    this.accuracy = accuracy;
    this.probabilities = probabilities;
    int symbols = probabilities.length;
    first = new int[symbols + 1];
    threshold = new int[symbols];
    bits = new byte[symbols];
    for (int s = 0; s < symbols; s++) {
      int number = Math.abs(probabilities[s]);
      first[s + 1] = first[s] + number;
      if (number > 0) {
        bits[s] = (byte) (accuracy - (31 - Integer.numberOfLeadingZeros(number)));
        threshold[s] = number << bits[s];
      }
    }
    states = new short[1 << accuracy];
    placeStates(spread(accuracy, probabilities));
  }

  private void placeStates(byte[] symbolOfState) {
    int[] next = first.clone();
    for (int state = 0; state < symbolOfState.length; state++) {
      states[next[symbolOfState[state]]++] = (short) (symbolOfState.length + state);
    }
  }

  /** Returns the symbol of each state (RFC 8878, 4.1.1, "From normalized distribution"). */
  private static byte[] spread(int accuracy, short[] probabilities) {
    int size = 1 << accuracy;
    byte[] symbols = new byte[size];
    int high = size;
    for (int s = 0; s < probabilities.length; s++) {
      if (probabilities[s] < 0) {
        symbols[--high] = (byte) s;
      }
    }
    int step = (size >> 1) + (size >> 3) + 3;
    int at = 0;
    for (int s = 0; s < probabilities.length; s++) {
      for (int i = 0; i < probabilities[s]; i++) {
        symbols[at] = (byte) s;
        do {
          at = at + step & size - 1;
        } while (at >= high);
      }
    }
    return symbols;
  }

  /** Returns a state in which a reader finds a symbol, and which takes at least a bit to leave. */
  int last(int symbol) {
    return states[first[symbol]];
  }

  /** Writes the bits that lead to {@code state} and returns the state before, that of a symbol. */
  int before(int state, int symbol, BitWriter out) {
    int size = state >= threshold[symbol] ? bits[symbol] : bits[symbol] - 1;
    out.add(state & (1 << size) - 1, size);
    return states[first[symbol] + (state >>> size) - Math.abs(probabilities[symbol])];
  }

  /** Writes a reader's first state. */
  void writeFirst(int state, BitWriter out) {
    out.add(state - (1 << accuracy), accuracy);
  }

  /** Returns about how many bits symbols take, which all have a probability. */
  double cost(int[] counts, int symbols) {
    double cost = 0;
    for (int s = 0; s < symbols; s++) {
      if (counts[s] > 0) {
        double share = Math.abs(probabilities[s]) / (double) (1 << accuracy);
        cost -= counts[s] * Math.log(share) / LOG2;
      }
    }
    return cost;
  }
}
