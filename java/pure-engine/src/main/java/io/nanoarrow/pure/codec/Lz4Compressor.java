package io.nanoarrow.pure.codec;

import java.util.Arrays;

/**
 * Makes LZ4 frames (LZ4 frame format 1.6) of independent blocks, a chunk each: greedy, with one
 * candidate for each hash. Blocks that do not shrink are stored.
 */
final class Lz4Compressor implements FrameCompressor {
  private static final int MAGIC = 0x184D2204;

  /** Version 1, independent blocks, content size. */
  private static final byte FLAGS = 0x68;

  private static final int STORED = 1 << 31;
  private static final int MIN_MATCH = 4;
  private static final int MAX_DISTANCE = 65_535;

  /** Where the last match may begin and end, counted from the end of a block. */
  private static final int LAST_START = 12;

  private static final int LAST_LITERALS = 5;
  private static final int LONG_LENGTH = 15;
  private static final int HASH_BITS = 14;
  private static final long HASH_PRIME = 0x9E3779B185EBCA87L;

  /** How many failures until the search goes on in larger steps, as a power of two. */
  private static final int PATIENCE_BITS = 6;

  private final int[] table = new int[1 << HASH_BITS];

  /** What positions of this block count from; older ones are below. */
  private int base = 1;

  private byte[] out = {};
  private int filled;

  @Override
  public int bound(int chunkSize) {
    return chunkSize + chunkSize / 255 + 64;
  }

  @Override
  public int begin(long contentSize, byte[] to, int at) {
    Bytes.putInteger(to, at, MAGIC);
    to[at + 4] = FLAGS;
    to[at + 5] = (byte) (blockSizeCode(contentSize) << 4);
    Bytes.putLonger(to, at + 6, contentSize);
    to[at + 14] = (byte) (XxHash32.hash(to, at + 4, 10) >>> 8);
    return at + 15;
  }

  /** Returns the smallest block size that will do: 4 is 64 KiB, 5 256 KiB, 6 a chunk. */
  private static int blockSizeCode(long contentSize) {
    return contentSize <= 64 << 10 ? 4 : contentSize <= 256 << 10 ? 5 : 6;
  }

  @Override
  public int end(byte[] to, int at) {
    Bytes.putInteger(to, at, 0);
    return at + 4;
  }

  @Override
  public int chunk(byte[] in, int from, int to, boolean isLast, byte[] target, int at) {
    if (from == to) {
      return at;
    }
    out = target;
    filled = at + 4;
    block(in, from, to);
    int size = filled - at - 4;
    if (size >= to - from) {
      size = to - from;
      System.arraycopy(in, from, target, at + 4, size);
      Bytes.putInteger(target, at, size | STORED);
    } else {
      Bytes.putInteger(target, at, size);
    }
    out = new byte[0];
    return at + 4 + size;
  }

  private void block(byte[] in, int from, int to) {
    int shift = base - from;
    int lastStart = to - LAST_START;
    int anchor = from;
    int at = from;
    int misses = 1 << PATIENCE_BITS;
    while (at <= lastStart) {
      int hash = hash(in, at);
      int candidate = table[hash] - shift;
      table[hash] = at + shift;
      boolean isMatch =
          candidate >= from
              && at - candidate <= MAX_DISTANCE
              && Bytes.integer(in, candidate) == Bytes.integer(in, at);
      if (!isMatch) {
        at += misses++ >>> PATIENCE_BITS;
        continue;
      }
      while (at > anchor && candidate > from && in[at - 1] == in[candidate - 1]) {
        at--;
        candidate--;
      }
      int more = Bytes.common(in, candidate + MIN_MATCH, at + MIN_MATCH, to - LAST_LITERALS);
      literals(in, anchor, at - anchor, more);
      match(at - candidate, more);
      at += MIN_MATCH + more;
      anchor = at;
      misses = 1 << PATIENCE_BITS;
      if (at <= lastStart) {
        table[hash(in, at - 2)] = at - 2 + shift;
      }
    }
    literals(in, anchor, to - anchor, 0);
    forget(to - from);
  }

  /** Makes what the table holds older than the next block. */
  private void forget(int size) {
    base += size;
    if (base > 1 << 30) {
      Arrays.fill(table, 0);
      base = 1;
    }
  }

  /** Hashes five bytes; eight are there. */
  private static int hash(byte[] in, int at) {
    return (int) ((Bytes.longer(in, at) << 24) * HASH_PRIME >>> 64 - HASH_BITS);
  }

  /** Writes a token and literals. */
  private void literals(byte[] in, int from, int count, int matchMore) {
    int high = Math.min(count, LONG_LENGTH);
    out[filled++] = (byte) (high << 4 | Math.min(matchMore, LONG_LENGTH));
    length(count);
    Bytes.copy(in, from, out, filled, count);
    filled += count;
  }

  private void match(int distance, int more) {
    Bytes.putShort(out, filled, distance);
    filled += 2;
    length(more);
  }

  /** Writes what a token's half cannot hold. */
  private void length(int length) {
    if (length >= LONG_LENGTH) {
      int left = length - LONG_LENGTH;
      for (; left >= 255; left -= 255) {
        out[filled++] = (byte) 255;
      }
      out[filled++] = (byte) left;
    }
  }
}
