package io.nanoarrow.pure.codec;

import java.util.Arrays;

/** Decodes Zstandard frames (RFC 8878) without dictionaries; what comes out grows as it comes. */
final class ZstdFrame {
  /** The most bytes of one block. */
  static final int MAX_BLOCK = 128 << 10;

  private static final int MAGIC = 0xFD2FB528;
  private static final int SKIPPABLE = 0x184D2A50;
  private static final int SKIPPABLE_MASK = 0xFFFFFFF0;

  /** What is allocated on the input's word. */
  private static final int FIRST_STEP = 1 << 20;

  private final byte[] in;
  private final int end;
  private final int size;
  private byte[] out;
  private int at;
  private int filled;
  private int frameStart;

  private ZstdFrame(byte[] padded, int size) {
    this.in = padded;
    this.end = padded.length - Codec.PADDING;
    this.size = size;
    this.out = new byte[(int) Math.min(size, Math.max(FIRST_STEP, 16L * end))];
  }

  static byte[] decompress(byte[] padded, int size) throws CodecException {
    ZstdFrame frames = new ZstdFrame(padded, size);
    do {
      frames.frame();
    } while (frames.at < frames.end);
    if (frames.filled != size) {
      throw new CodecException("Zstandard data of " + frames.filled + " bytes instead of " + size);
    }
    return frames.out.length == size ? frames.out : Arrays.copyOf(frames.out, size);
  }

  private void frame() throws CodecException {
    need(4);
    int magic = Bytes.integer(in, at);
    at += 4;
    if ((magic & SKIPPABLE_MASK) == SKIPPABLE) {
      need(4);
      int skipped = Bytes.integer(in, at);
      at += 4;
      if (skipped < 0) {
        throw new CodecException("a Zstandard frame that ends too early");
      }
      need(skipped);
      at += skipped;
      return;
    } else if (magic != MAGIC) {
      throw new CodecException("no Zstandard frame");
    }
    frameStart = filled;
    need(1);
    int head = in[at++] & 0xFF;
    readHead(head);
    ZstdLiterals literals = new ZstdLiterals(in, Math.min(MAX_BLOCK, size));
    ZstdSequences sequences = new ZstdSequences(in, this);
    boolean last;
    do {
      last = block(literals, sequences);
    } while (!last);
    if ((head & 4) != 0) {
      need(4);
      if ((int) XxHash64.hash(out, frameStart, filled - frameStart) != Bytes.integer(in, at)) {
        throw new CodecException("Zstandard data with another checksum");
      }
      at += 4;
    }
  }

  private void readHead(int head) throws CodecException {
    if ((head & 8) != 0) {
      throw new CodecException("a Zstandard frame of a kind that does not exist");
    }
    boolean single = (head & 0x20) != 0;
    int dictionarySize = new int[] {0, 1, 2, 4}[head & 3];
    int contentSize = new int[] {single ? 1 : 0, 2, 4, 8}[head >> 6];
    int skipped = (single ? 0 : 1) + dictionarySize;
    need(skipped + contentSize);
    int dictionaryAt = at + (single ? 0 : 1);
    for (int i = 0; i < dictionarySize; i++) {
      if (in[dictionaryAt + i] != 0) {
        throw new CodecException("a Zstandard frame with a dictionary");
      }
    }
    at += skipped;
    if (contentSize > 0) {
      long content =
          switch (contentSize) {
            case 1 -> in[at] & 0xFF;
            case 2 -> Bytes.unsignedShort(in, at) + 256;
            case 4 -> Bytes.integer(in, at) & 0xFFFFFFFFL;
            default -> Bytes.longer(in, at);
          };
      if (content < 0 || content > size - filled) {
        throw new CodecException("a Zstandard frame larger than announced");
      }
    }
    at += contentSize;
  }

  /** Decodes a block; true for the last one of its frame. */
  private boolean block(ZstdLiterals literals, ZstdSequences sequences) throws CodecException {
    need(3);
    int head = Bytes.integer(in, at) & 0xFFFFFF;
    at += 3;
    int blockSize = head >> 3;
    if (blockSize > MAX_BLOCK) {
      throw new CodecException("a Zstandard block that is too large");
    }
    switch (head >> 1 & 3) {
      case 0 -> {
        need(blockSize);
        append(in, at, blockSize);
        at += blockSize;
      }
      case 1 -> {
        need(1);
        reserve(blockSize);
        Arrays.fill(out, filled, filled + blockSize, in[at++]);
        filled += blockSize;
      }
      case 2 -> {
        need(blockSize);
        int before = filled;
        int stop = at + blockSize;
        sequences.read(literals.read(at, stop), stop, literals);
        if (filled - before > MAX_BLOCK) {
          throw new CodecException("a Zstandard block that is too large");
        }
        at = stop;
      }
      default -> throw new CodecException("a Zstandard block of a kind that does not exist");
    }
    return (head & 1) != 0;
  }

  /** Appends bytes. */
  void append(byte[] from, int start, int count) throws CodecException {
    reserve(count);
    Bytes.copy(from, start, out, filled, count);
    filled += count;
  }

  /** Appends bytes of this frame from {@code distance} before the end. */
  void repeat(int distance, int count) throws CodecException {
    if (distance <= 0 || distance > filled - frameStart) {
      throw new CodecException("a Zstandard match outside the data");
    }
    reserve(count);
    Bytes.repeat(out, filled, distance, count);
    filled += count;
  }

  private void reserve(int count) throws CodecException {
    if (count > size - filled) {
      throw new CodecException("more Zstandard data than announced");
    }
    if (count > out.length - filled) {
      long grown = Math.max(2L * out.length, (long) filled + count);
      out = Arrays.copyOf(out, (int) Math.min(size, grown));
    }
  }

  private void need(int count) throws CodecException {
    if (count > end - at) {
      throw new CodecException("a Zstandard frame that ends too early");
    }
  }
}
