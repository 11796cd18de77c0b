package io.nanoarrow.pure.codec;

import org.jspecify.annotations.Nullable;

/** The sequences section of Zstandard blocks (RFC 8878, 3.1.1.3.2). One frame, one thread. */
final class ZstdSequences {
  private static final FseTable USUAL_LENGTHS = usual(SequenceCode.LITERALS);
  private static final FseTable USUAL_OFFSETS = usual(SequenceCode.OFFSETS);
  private static final FseTable USUAL_MATCHES = usual(SequenceCode.MATCHES);

  private final byte[] in;
  private final ZstdFrame out;
  private final @Nullable FseTable[] tables = new FseTable[3];
  private final int[] repeats = {1, 4, 8};
  private int at;

  ZstdSequences(byte[] in, ZstdFrame out) {
    this.in = in;
    this.out = out;
  }

  private static FseTable usual(SequenceCode code) {
    try {
      return FseTable.of(code.usualAccuracy(), code.usualProbabilities());
    } catch (CodecException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Reads the section {@code [from, end)} and writes the block. */
  void read(int from, int end, ZstdLiterals literals) throws CodecException {
    at = from;
    int count = count(end);
    int used = 0;
    if (count > 0) {
      need(1, end);
      int modes = in[at++] & 0xFF;
      if ((modes & 3) != 0) {
        throw new CodecException("Zstandard sequences of a mode that does not exist");
      }
      FseTable lengths = table(0, modes >> 6, SequenceCode.LITERALS, USUAL_LENGTHS, end);
      FseTable offsets = table(1, modes >> 4 & 3, SequenceCode.OFFSETS, USUAL_OFFSETS, end);
      FseTable matches = table(2, modes >> 2 & 3, SequenceCode.MATCHES, USUAL_MATCHES, end);
      used = run(count, new BackwardBits(in, at, end), lengths, offsets, matches, literals);
    } else if (at != end) {
      throw new CodecException("bytes after a Zstandard block without sequences");
    }
    out.append(literals.bytes(), used, literals.size() - used);
  }

  private int count(int end) throws CodecException {
    need(1, end);
    int first = in[at++] & 0xFF;
    if (first < 128) {
      return first;
    }
    int more = first < 255 ? 1 : 2;
    need(more, end);
    int count =
        first < 255 ? (first - 128 << 8) + (in[at] & 0xFF) : Bytes.unsignedShort(in, at) + 0x7F00;
    at += more;
    return count;
  }

  private FseTable table(int slot, int mode, SequenceCode code, FseTable usual, int end)
      throws CodecException {
    FseTable table =
        switch (mode) {
          case 0 -> usual;
          case 1 -> {
            need(1, end);
            int symbol = in[at++] & 0xFF;
            if (symbol >= code.bases().length) {
              throw new CodecException("a Zstandard code that does not exist");
            }
            yield FseTable.single(symbol);
          }
          case 2 -> {
            FseTable.Described described =
                FseTable.read(in, at, end, code.maxAccuracy(), code.bases().length - 1);
            at = described.end();
            yield described.table();
          }
          default -> tables[slot];
        };
    if (table == null) {
      throw new CodecException("a Zstandard table repeated before it came");
    }
    tables[slot] = table;
    return table;
  }

  private int run(
      int count,
      BackwardBits bits,
      FseTable lengths,
      FseTable offsets,
      FseTable matches,
      ZstdLiterals literals)
      throws CodecException {
    int used = 0;
    int lengthState = lengths.firstState(bits);
    int offsetState = offsets.firstState(bits);
    int matchState = matches.firstState(bits);
    for (int i = 0; i < count; i++) {
      int offsetBits = offsets.symbol(offsetState);
      int matchCode = matches.symbol(matchState);
      int lengthCode = lengths.symbol(lengthState);
      int matchBits = SequenceCode.MATCHES.bits()[matchCode];
      int lengthBits = SequenceCode.LITERALS.bits()[lengthCode];
      long extra;
      if (offsetBits + matchBits + lengthBits <= Integer.SIZE) {
        extra = bits.read(offsetBits + matchBits + lengthBits) & 0xFFFFFFFFL;
      } else {
        extra = (bits.read(offsetBits) & 0xFFFFFFFFL) << matchBits + lengthBits;
        extra |= bits.read(matchBits + lengthBits) & 0xFFFFFFFFL;
      }
      long offsetValue = (1L << offsetBits) + (extra >>> matchBits + lengthBits);
      int match =
          SequenceCode.MATCHES.bases()[matchCode]
              + (int) (extra >>> lengthBits & (1 << matchBits) - 1);
      int length =
          SequenceCode.LITERALS.bases()[lengthCode] + (int) (extra & (1 << lengthBits) - 1);
      if (i < count - 1) {
        int states = matches.bits(matchState) + offsets.bits(offsetState);
        int word = bits.read(lengths.bits(lengthState) + states);
        lengthState = lengths.base(lengthState) + (word >>> states);
        word &= (1 << states) - 1;
        states = offsets.bits(offsetState);
        matchState = matches.base(matchState) + (word >>> states);
        offsetState = offsets.base(offsetState) + (word & (1 << states) - 1);
      }
      if (length > literals.size() - used) {
        throw new CodecException("a Zstandard sequence with more literals than there are");
      }
      out.append(literals.bytes(), used, length);
      used += length;
      out.repeat(offset(offsetValue, length), match);
    }
    if (bits.left() != 0) {
      throw new CodecException("Zstandard sequences of another length");
    }
    return used;
  }

  /** Returns the distance of a match, and keeps the last three. */
  private int offset(long value, int literals) throws CodecException {
    if (value > 3) {
      if (value - 3 > Integer.MAX_VALUE) {
        throw new CodecException("a Zstandard match too far away");
      }
      return remember(2, (int) (value - 3));
    }
    int index = (int) value - (literals == 0 ? 0 : 1);
    int distance = index < 3 ? repeats[index] : repeats[0] - 1;
    return index == 0 ? distance : remember(Math.min(index, 2), distance);
  }

  private int remember(int forgotten, int distance) {
    if (forgotten == 2) {
      repeats[2] = repeats[1];
    }
    repeats[1] = repeats[0];
    repeats[0] = distance;
    return distance;
  }

  private void need(int size, int end) throws CodecException {
    if (size > end - at) {
      throw new CodecException("a Zstandard block that ends in its sequences");
    }
  }
}
