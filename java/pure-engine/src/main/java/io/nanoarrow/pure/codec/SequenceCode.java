package io.nanoarrow.pure.codec;

/**
 * What a kind of Zstandard sequence code stands for (RFC 8878, 3.1.1.3.2.1 and 3.1.1.3.2.2): for
 * each code its first value and how many bits are added to it, and the probabilities that hold when
 * a block brings none.
 */
record SequenceCode(
    int maxAccuracy, int[] bases, int[] bits, int usualAccuracy, short[] usualProbabilities) {

  private static final int LENGTH_ACCURACY = 9;
  private static final int OFFSET_ACCURACY = 8;
  private static final int USUAL_LENGTH_ACCURACY = 6;
  private static final int USUAL_OFFSET_ACCURACY = 5;

  static final SequenceCode LITERALS =
      of(
          16,
          0,
          new int[] {1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
          4,
          3,
          2,
          2,
          2,
          2,
          2,
          2,
          2,
          2,
          2,
          2,
          2,
          1,
          1,
          1,
          2,
          2,
          2,
          2,
          2,
          2,
          2,
          2,
          2,
          3,
          2,
          1,
          1,
          1,
          1,
          1,
          -1,
          -1,
          -1,
          -1);

  static final SequenceCode MATCHES =
      of(
          32,
          3,
          new int[] {1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
          1,
          4,
          3,
          2,
          2,
          2,
          2,
          2,
          2,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          1,
          -1,
          -1,
          -1,
          -1,
          -1,
          -1,
          -1);

  static final SequenceCode OFFSETS = offsets();

  /**
   * Makes a code of lengths: {@code plain} values of no bits, then one for each of {@code bits}.
   */
  private static SequenceCode of(int plain, int first, int[] bits, int... usual) {
    int[] bases = new int[plain + bits.length];
    int[] all = new int[bases.length];
    int base = first;
    for (int i = 0; i < bases.length; i++) {
      all[i] = i < plain ? 0 : bits[i - plain];
      bases[i] = base;
      base += 1 << all[i];
    }
    return new SequenceCode(LENGTH_ACCURACY, bases, all, USUAL_LENGTH_ACCURACY, shorts(usual));
  }

  private static SequenceCode offsets() {
    int[] bases = new int[32];
    int[] bits = new int[32];
    for (int i = 0; i < bases.length; i++) {
      bases[i] = 1 << i;
      bits[i] = i;
    }
    short[] usual =
        shorts(
            1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1,
            -1);
    return new SequenceCode(OFFSET_ACCURACY, bases, bits, USUAL_OFFSET_ACCURACY, usual);
  }

  private static short[] shorts(int... numbers) {
    short[] shorts = new short[numbers.length];
    for (int i = 0; i < shorts.length; i++) {
      shorts[i] = (short) numbers[i];
    }
    return shorts;
  }
}
