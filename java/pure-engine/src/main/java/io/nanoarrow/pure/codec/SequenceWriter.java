package io.nanoarrow.pure.codec;

import java.util.Arrays;

/** The sequences section of Zstandard blocks (RFC 8878, 3.1.1.3.2). One thread. */
final class SequenceWriter {
  private static final int USUAL = 0;
  private static final int RUN = 1;
  private static final int DESCRIBED = 2;

  /** Fewer sequences are not worth a table of their own. */
  private static final int LEAST_DESCRIBED = 24;

  /** Literal lengths and match lengths below this have their codes in tables. */
  private static final int SMALL = 256;

  private static final byte[] LITERAL_CODES = codes(SequenceCode.LITERALS);
  private static final byte[] MATCH_CODES = codes(SequenceCode.MATCHES);

  private final Kind literalLengths = new Kind(SequenceCode.LITERALS);
  private final Kind offsets = new Kind(SequenceCode.OFFSETS);
  private final Kind matchLengths = new Kind(SequenceCode.MATCHES);
  private final BitWriter bits = new BitWriter();

  /** One of the three numbers of all sequences. */
  private final class Kind {
    private final SequenceCode code;
    private final FseCode usual;
    private final int[] counts;
    private byte[] symbols = {};
    private FseCode chosen;
    private boolean isRun;
    private int state;

    Kind(SequenceCode code) {
      this.code = code;
      this.usual = new FseCode(code.usualAccuracy(), code.usualProbabilities());
      this.chosen = usual;
      this.counts = new int[code.bases().length];
    }

    void begin(int count) {
      if (symbols.length < count) {
        symbols = new byte[Math.max(count, 2 * symbols.length)];
      }
      Arrays.fill(counts, 0);
    }

    void set(int index, int symbol) {
      symbols[index] = (byte) symbol;
      counts[symbol]++;
    }

    /** Chooses how codes are written; returns the mode, and writes what it needs. */
    int choose(int count, byte[] out, Place place) {
      int distinct = 0;
      for (int each : counts) {
        distinct += each > 0 ? 1 : 0;
      }
      isRun = distinct == 1;
      if (isRun) {
        out[place.at++] = symbols[0];
        return RUN;
      }
      chosen = usual;
      if (count < LEAST_DESCRIBED) {
        return USUAL;
      }
      int accuracy = FseCounts.accuracy(count, distinct, code.maxAccuracy());
      int used = counts.length;
      while (counts[used - 1] == 0) {
        used--;
      }
      short[] probabilities = FseCounts.normalize(counts, used, count, accuracy);
      int end = FseCounts.write(probabilities, accuracy, bits, out, place.at);
      FseCode own = new FseCode(accuracy, probabilities);
      double cost = own.cost(counts, used) + 8.0 * (end - place.at);
      if (used <= code.usualProbabilities().length && cost >= usual.cost(counts, used)) {
        return USUAL;
      }
      chosen = own;
      place.at = end;
      return DESCRIBED;
    }

    void last(int index) {
      state = isRun ? 0 : chosen.last(symbols[index]);
    }

    void before(int index) {
      if (!isRun) {
        state = chosen.before(state, symbols[index], bits);
      }
    }

    void extra(int index, int value) {
      int symbol = symbols[index];
      bits.add(value - code.bases()[symbol], code.bits()[symbol]);
    }

    void writeFirst() {
      if (!isRun) {
        chosen.writeFirst(state, bits);
      }
    }
  }

  /** Where the next byte goes. */
  private static final class Place {
    private int at;
  }

  /** Returns the code of each small value. */
  private static byte[] codes(SequenceCode code) {
    byte[] codes = new byte[SMALL];
    int symbol = 0;
    for (int value = 0; value < SMALL; value++) {
      while (symbol + 1 < code.bases().length && code.bases()[symbol + 1] <= value) {
        symbol++;
      }
      codes[value] = (byte) symbol;
    }
    return codes;
  }

  /** Writes sequences and returns where they end. */
  int write(Sequences sequences, byte[] out, int at) {
    int count = sequences.count();
    Place place = new Place();
    place.at = count(count, out, at);
    if (count == 0) {
      return place.at;
    }
    literalLengths.begin(count);
    offsets.begin(count);
    matchLengths.begin(count);
    for (int i = 0; i < count; i++) {
      literalLengths.set(i, literalCode(sequences.literalLength(i)));
      offsets.set(i, log2(sequences.offsetValue(i)));
      matchLengths.set(i, matchCode(sequences.matchLength(i)));
    }
    int modesAt = place.at++;
    int modes = literalLengths.choose(count, out, place) << 6;
    modes |= offsets.choose(count, out, place) << 4;
    modes |= matchLengths.choose(count, out, place) << 2;
    out[modesAt] = (byte) modes;
    return writeBits(sequences, out, place.at);
  }

  private static int count(int count, byte[] out, int at) {
    if (count < 128) {
      out[at] = (byte) count;
      return at + 1;
    } else if (count < 0x7F00) {
      out[at] = (byte) ((count >> 8) + 128);
      out[at + 1] = (byte) count;
      return at + 2;
    }
    out[at] = (byte) 255;
    Bytes.putShort(out, at + 1, count - 0x7F00);
    return at + 3;
  }

  /** Writes all in the reverse order of a reader's. */
  private int writeBits(Sequences sequences, byte[] out, int at) {
    bits.start(out, at);
    int last = sequences.count() - 1;
    for (int i = last; i >= 0; i--) {
      if (i == last) {
        literalLengths.last(i);
        offsets.last(i);
        matchLengths.last(i);
      } else {
        offsets.before(i);
        matchLengths.before(i);
        literalLengths.before(i);
        bits.flush();
      }
      literalLengths.extra(i, sequences.literalLength(i));
      matchLengths.extra(i, sequences.matchLength(i));
      bits.flush();
      offsets.extra(i, sequences.offsetValue(i));
      bits.flush();
    }
    matchLengths.writeFirst();
    offsets.writeFirst();
    literalLengths.writeFirst();
    return bits.finishBackward();
  }

  private static int literalCode(int length) {
    return length < SMALL ? LITERAL_CODES[length] : log2(length) + 19;
  }

  private static int matchCode(int length) {
    return length < SMALL ? MATCH_CODES[length] : log2(length - 3) + 36;
  }

  private static int log2(int value) {
    return 31 - Integer.numberOfLeadingZeros(value);
  }
}
