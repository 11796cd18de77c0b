package io.nanoarrow.pure.codec;

/**
 * Makes Zstandard frames (RFC 8878) that announce their size, without checksums. Matches stay
 * inside a chunk, which is therefore the window of larger frames. One thread.
 */
final class ZstdCompressor implements FrameCompressor {
  private static final int MAGIC = 0xFD2FB528;
  private static final int SINGLE_SEGMENT = 0x20;

  /** A window of {@link #CHUNK_SIZE} bytes: its binary logarithm less ten, three bits up. */
  private static final int WINDOW = 20 - 10 << 3;

  private static final int MAX_BLOCK = ZstdFrame.MAX_BLOCK;
  private static final int BLOCK_HEAD = 3;
  private static final int RAW = 0;
  private static final int RUN = 1;
  private static final int COMPRESSED = 2;

  /** A block of fewer bytes is stored. */
  private static final int LEAST_COMPRESSED = 16;

  private final MatchFinder finder;
  private final Sequences sequences = new Sequences();
  private final LiteralsWriter literals = new LiteralsWriter();
  private final SequenceWriter sequenceWriter = new SequenceWriter();

  /** A block on trial; at worst a sequence of 14 bytes for each 4. */
  private byte[] trial = {};

  ZstdCompressor(boolean looksLonger) {
    finder = new MatchFinder(looksLonger);
  }

  @Override
  public int bound(int chunkSize) {
    return chunkSize + BLOCK_HEAD * (chunkSize / MAX_BLOCK + 1) + 32;
  }

  @Override
  public int begin(long contentSize, byte[] out, int at) {
    Bytes.putInteger(out, at, MAGIC);
    boolean isSingle = contentSize <= CHUNK_SIZE;
    int sizeCode =
        contentSize < 256 ? 0 : contentSize < 65_536 + 256 ? 1 : contentSize < 1L << 32 ? 2 : 3;
    int end = at + 4;
    out[end++] = (byte) (sizeCode << 6 | (isSingle ? SINGLE_SEGMENT : 0));
    if (!isSingle) {
      out[end++] = WINDOW;
    }
    long field = sizeCode == 1 ? contentSize - 256 : contentSize;
    for (int i = 0; i < 1 << sizeCode; i++) {
      out[end++] = (byte) (field >>> 8 * i);
    }
    return end;
  }

  @Override
  public int end(byte[] out, int at) {
    return at;
  }

  @Override
  public int chunk(byte[] in, int from, int to, boolean isLast, byte[] out, int at) {
    sequences.forgetRepeats();
    finder.begin(in, from);
    int end = at;
    int start = from;
    do {
      int stop = Math.min(to, start + MAX_BLOCK);
      end = block(in, start, stop, isLast && stop == to, out, end);
      start = stop;
    } while (start < to);
    finder.end(to - from);
    return end;
  }

  private int block(byte[] in, int from, int to, boolean isLast, byte[] out, int at) {
    int size = to - from;
    int last = isLast ? 1 : 0;
    if (size > BLOCK_HEAD && Bytes.common(in, from, from + 1, to) == size - 1) {
      head(last | RUN << 1 | size << 3, out, at);
      out[at + BLOCK_HEAD] = in[from];
      return at + BLOCK_HEAD + 1;
    }
    int compressed = size < LEAST_COMPRESSED ? size : compress(in, from, to);
    if (compressed < size) {
      head(last | COMPRESSED << 1 | compressed << 3, out, at);
      System.arraycopy(trial, 0, out, at + BLOCK_HEAD, compressed);
      return at + BLOCK_HEAD + compressed;
    }
    sequences.undoRepeats();
    head(last | RAW << 1 | size << 3, out, at);
    System.arraycopy(in, from, out, at + BLOCK_HEAD, size);
    return at + BLOCK_HEAD + size;
  }

  private int compress(byte[] in, int from, int to) {
    int size = to - from;
    if (trial.length < 4 * size + 1024) {
      trial = new byte[4 * size + 1024];
    }
    sequences.clear(size);
    finder.find(from, to, sequences);
    int end = literals.write(sequences.literals(), sequences.literalCount(), trial, 0);
    return sequenceWriter.write(sequences, trial, end);
  }

  private static void head(int head, byte[] out, int at) {
    out[at] = (byte) head;
    out[at + 1] = (byte) (head >> 8);
    out[at + 2] = (byte) (head >> 16);
  }
}
