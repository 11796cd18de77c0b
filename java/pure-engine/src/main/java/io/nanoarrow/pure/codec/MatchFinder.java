package io.nanoarrow.pure.codec;

import java.util.Arrays;

/**
 * Finds matches for Zstandard within a chunk: the last distances first, then the one position that
 * each of two hashes remembers, of eight bytes and of five. When it looks longer, it takes the next
 * position's match if that is better. One thread.
 */
final class MatchFinder {
  private static final int MIN_MATCH = 4;

  /** A match of this length is taken without a look at the next position. */
  private static final int GOOD_MATCH = 64;

  private static final int SHORT_BITS = 15;
  private static final int LONG_BITS = 16;
  private static final long PRIME = 0x9E3779B185EBCA87L;

  /** Literals after which the search goes on in larger steps, as a power of two. */
  private static final int PATIENCE_BITS = 7;

  private final int[] shortTable = new int[1 << SHORT_BITS];
  private final int[] longTable = new int[1 << LONG_BITS];
  private final boolean looksLonger;

  /** What positions of this chunk count from; older ones are below. */
  private int base = 1;

  private byte[] in = {};
  private int chunkStart;
  private int shift;
  private int blockEnd;

  /** The match found last. */
  private int matchAt;

  private int matchDistance;
  private int matchLength;

  MatchFinder(boolean looksLonger) {
    this.looksLonger = looksLonger;
  }

  /** Turns to a chunk. */
  void begin(byte[] bytes, int from) {
    in = bytes;
    chunkStart = from;
    shift = base - from;
  }

  /** Leaves a chunk of {@code size} bytes: what is remembered of it becomes too old. */
  void end(int size) {
    in = new byte[0];
    base += size;
    if (base > 1 << 30) {
      Arrays.fill(shortTable, 0);
      Arrays.fill(longTable, 0);
      base = 1;
    }
  }

  /** Cuts a block into sequences. */
  void find(int from, int to, Sequences out) {
    blockEnd = to;
    int last = to - Long.BYTES - 1;
    int anchor = from;
    int at = from;
    while (at <= last) {
      if (!search(at, anchor, out)) {
        at += (at - anchor >> PATIENCE_BITS) + 1;
        continue;
      }
      int searched = at;
      while (looksLonger && matchLength < GOOD_MATCH && Math.max(searched, matchAt) < last) {
        searched = Math.max(searched, matchAt) + 1;
        int foundAt = matchAt;
        int foundDistance = matchDistance;
        int foundLength = matchLength;
        if (!search(searched, anchor, out) || matchLength < foundLength + 2) {
          matchAt = foundAt;
          matchDistance = foundDistance;
          matchLength = foundLength;
          break;
        }
      }
      int begin = matchAt;
      out.add(in, anchor, begin - anchor, matchDistance, matchLength);
      at = begin + matchLength;
      anchor = at;
      if (at <= last) {
        remember(begin + 2);
        remember(at - 2);
        at = repeatAgain(at, last, out);
        anchor = at;
      }
    }
    out.addLast(in, anchor, to - anchor);
  }

  /** Takes matches at the distance before the last one for as long as they follow each other. */
  private int repeatAgain(int start, int last, Sequences out) {
    int at = start;
    while (at <= last) {
      int distance = out.repeat2();
      if (!matches(at, distance)) {
        break;
      }
      int length = MIN_MATCH + common(at + MIN_MATCH, distance);
      remember(at);
      out.add(in, at, 0, distance, length);
      at += length;
    }
    return at;
  }

  /** Finds a match at a position, or at the next one by the last distance. */
  private boolean search(int at, int anchor, Sequences out) {
    long word = Bytes.longer(in, at);
    int longHash = (int) (word * PRIME >>> 64 - LONG_BITS);
    int shortHash = (int) ((word << 24) * PRIME >>> 64 - SHORT_BITS);
    int longCandidate = longTable[longHash] - shift;
    int shortCandidate = shortTable[shortHash] - shift;
    longTable[longHash] = at + shift;
    shortTable[shortHash] = at + shift;
    if (matches(at + 1, out.repeat1())) {
      matchAt = at + 1;
      matchDistance = out.repeat1();
      matchLength = MIN_MATCH + common(at + 1 + MIN_MATCH, matchDistance);
      return true;
    }
    int candidate;
    if (longCandidate >= chunkStart && Bytes.longer(in, longCandidate) == word) {
      candidate = longCandidate;
    } else if (shortCandidate >= chunkStart && Bytes.integer(in, shortCandidate) == (int) word) {
      candidate = shortCandidate;
    } else {
      return false;
    }
    matchDistance = at - candidate;
    matchLength = MIN_MATCH + common(at + MIN_MATCH, matchDistance);
    matchAt = at;
    while (matchAt > anchor
        && matchAt - matchDistance > chunkStart
        && in[matchAt - 1] == in[matchAt - 1 - matchDistance]) {
      matchAt--;
      matchLength++;
    }
    return true;
  }

  private boolean matches(int at, int distance) {
    return distance > 0
        && at - distance >= chunkStart
        && Bytes.integer(in, at - distance) == Bytes.integer(in, at);
  }

  private int common(int at, int distance) {
    return Bytes.common(in, at - distance, at, blockEnd);
  }

  private void remember(int at) {
    long word = Bytes.longer(in, at);
    longTable[(int) (word * PRIME >>> 64 - LONG_BITS)] = at + shift;
    shortTable[(int) ((word << 24) * PRIME >>> 64 - SHORT_BITS)] = at + shift;
  }
}
