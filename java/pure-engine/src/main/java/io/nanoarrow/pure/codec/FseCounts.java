package io.nanoarrow.pure.codec;

/** Probabilities for finite state entropy: from counts, and into a stream (RFC 8878, 4.1.1). */
final class FseCounts {
  private static final int MIN_ACCURACY = 5;

  private FseCounts() {}

  /** Returns an accuracy that suits so many symbols, in range, with a state for each of some. */
  static int accuracy(int total, int distinct, int maxAccuracy) {
    int wanted = 30 - Integer.numberOfLeadingZeros(Math.max(1, total - 1)) - 1;
    int least = 32 - Integer.numberOfLeadingZeros(distinct);
    return Math.min(maxAccuracy, Math.max(Math.max(MIN_ACCURACY, least), wanted));
  }

  /**
   * Scales counts so that they add up to {@code 1 << accuracy}, each that is not zero to at least
   * one.
   *
   * @param counts of two symbols or more, of no more than there are states
   */
  static short[] normalize(int[] counts, int symbols, int total, int accuracy) {
    short[] probabilities = new short[symbols];
    int left = 1 << accuracy;
    int most = 0;
    for (int s = 0; s < symbols; s++) {
      if (counts[s] > 0) {
        long scaled = (((long) counts[s] << accuracy) + total / 2) / total;
        probabilities[s] = (short) Math.max(1, scaled);
        left -= probabilities[s];
      }
      most = probabilities[s] > probabilities[most] ? s : most;
    }
    while (left < 0) {
      int largest = 0;
      for (int s = 0; s < symbols; s++) {
        largest = probabilities[s] > probabilities[largest] ? s : largest;
      }
      int taken = Math.min(-left, Math.max(1, probabilities[largest] / 8));
      probabilities[largest] -= (short) taken;
      left += taken;
    }
    probabilities[most] += (short) left;
    return probabilities;
  }

  /** Writes probabilities and returns where they end. */
  static int write(short[] probabilities, int accuracy, BitWriter bits, byte[] out, int at) {
    bits.start(out, at);
    bits.add(accuracy - MIN_ACCURACY, 4);
    int left = 1 << accuracy;
    int symbol = 0;
    while (left > 0) {
      int probability = probabilities[symbol++];
      value(bits, probability + 1, left);
      left -= probability;
      if (probability == 0) {
        int zeros = 0;
        for (; probabilities[symbol] == 0; symbol++) {
          zeros++;
        }
        for (; zeros >= 3; zeros -= 3) {
          bits.add(3, 2);
          bits.flush();
        }
        bits.add(zeros, 2);
      }
      bits.flush();
    }
    return bits.finish();
  }

  /** Writes one of 0 to left + 1; the small ones take a bit less. */
  private static void value(BitWriter bits, int value, int left) {
    int width = 32 - Integer.numberOfLeadingZeros(left + 1);
    int half = 1 << width - 1;
    int small = (1 << width) - 1 - (left + 1);
    if (value < small) {
      bits.add(value, width - 1);
    } else {
      bits.add(value < half ? value : value + small, width);
    }
  }
}
