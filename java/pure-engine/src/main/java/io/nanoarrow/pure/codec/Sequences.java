package io.nanoarrow.pure.codec;

import java.util.Arrays;

/**
 * What a Zstandard block is made of: literals, and matches with the literals before each. Distances
 * become offset values (RFC 8878, 3.1.1.5) on the way; a distance of 0 among those repeated is one
 * that is not known. Used again after {@link #clear}.
 */
final class Sequences {
  private byte[] literals = {};
  private int literalCount;
  private int count;
  private int[] literalLengths = new int[64];
  private int[] offsetValues = new int[64];
  private int[] matchLengths = new int[64];
  private int repeat1;
  private int repeat2;
  private int repeat3;
  private int kept1;
  private int kept2;
  private int kept3;

  /** Forgets the distances: what follows may be read behind anything. */
  void forgetRepeats() {
    repeat1 = 0;
    repeat2 = 0;
    repeat3 = 0;
  }

  /** Begins a block of so many bytes. */
  void clear(int size) {
    if (literals.length < size) {
      literals = new byte[size];
    }
    literalCount = 0;
    count = 0;
    kept1 = repeat1;
    kept2 = repeat2;
    kept3 = repeat3;
  }

  /** Puts the distances back: the block is not written as one of sequences. */
  void undoRepeats() {
    repeat1 = kept1;
    repeat2 = kept2;
    repeat3 = kept3;
  }

  /** Returns the distance used last, 0 when it is not known. */
  int repeat1() {
    return repeat1;
  }

  /** Returns the distance used before that, 0 when it is not known. */
  int repeat2() {
    return repeat2;
  }

  /** Adds literals and a match behind them. */
  void add(byte[] in, int from, int length, int distance, int matchLength) {
    if (count == literalLengths.length) {
      literalLengths = Arrays.copyOf(literalLengths, 2 * count);
      offsetValues = Arrays.copyOf(offsetValues, 2 * count);
      matchLengths = Arrays.copyOf(matchLengths, 2 * count);
    }
    addLast(in, from, length);
    literalLengths[count] = length;
    offsetValues[count] = offsetValue(distance, length);
    matchLengths[count] = matchLength;
    count++;
  }

  /** Adds the literals behind the last match. */
  void addLast(byte[] in, int from, int length) {
    Bytes.copy(in, from, literals, literalCount, length);
    literalCount += length;
  }

  /** Returns how a distance is written, and remembers it as a reader will. */
  private int offsetValue(int distance, int literalLength) {
    if (literalLength > 0 && distance == repeat1) {
      return 1;
    }
    int shift = literalLength > 0 ? 0 : 1;
    int value;
    if (distance == repeat2) {
      value = 2 - shift;
    } else {
      boolean isThird = distance == repeat3;
      value = isThird ? 3 - shift : distance + 3;
      repeat3 = repeat2;
    }
    repeat2 = repeat1;
    repeat1 = distance;
    return value;
  }

  int count() {
    return count;
  }

  int literalLength(int index) {
    return literalLengths[index];
  }

  int offsetValue(int index) {
    return offsetValues[index];
  }

  int matchLength(int index) {
    return matchLengths[index];
  }

  byte[] literals() {
    return literals;
  }

  int literalCount() {
    return literalCount;
  }
}
