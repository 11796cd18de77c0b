package io.nanoarrow.pure.codec;

/** Decodes one LZ4 frame (LZ4 frame format 1.6) with blocks of any kind, without dictionaries. */
final class Lz4Frame {
  private static final int MAGIC = 0x184D2204;
  private static final int MIN_MATCH = 4;
  private static final int LONG_LENGTH = 15;

  private final byte[] in;
  private final int inEnd;
  private final byte[] out;
  private int at;
  private int filled;

  private Lz4Frame(byte[] padded, byte[] out) {
    this.in = padded;
    this.inEnd = padded.length - Codec.PADDING;
    this.out = out;
  }

  static byte[] decompress(byte[] padded, int size) throws CodecException {
    int compressedSize = padded.length - Codec.PADDING;
    if (size / Codec.LZ4_FRAME.mostPerByte() > compressedSize) {
      throw new CodecException(
          size + " bytes cannot come out of " + compressedSize + " bytes of LZ4");
    }
    byte[] out = new byte[size];
    new Lz4Frame(padded, out).frame();
    return out;
  }

  private void frame() throws CodecException {
    need(7);
    if (Bytes.integer(in, 0) != MAGIC) {
      throw new CodecException("no LZ4 frame");
    }
    int flags = in[4] & 0xFF;
    int blockSizeCode = in[5] >> 4 & 7;
    boolean fits = flags >> 6 == 1 && (flags & 2) == 0 && (in[5] & 0x8F) == 0;
    if (!fits || blockSizeCode < 4) {
      throw new CodecException("an LZ4 frame of a version or block size that does not exist");
    } else if ((flags & 1) != 0) {
      throw new CodecException("an LZ4 frame with a dictionary");
    }
    boolean hasContentSize = (flags & 8) != 0;
    at = 6 + (hasContentSize ? 8 : 0);
    need(1);
    if (hasContentSize && Bytes.longer(in, 6) != out.length) {
      throw new CodecException("an LZ4 frame of another size");
    }
    if ((byte) (XxHash32.hash(in, 4, at - 4) >>> 8) != in[at]) {
      throw new CodecException("an LZ4 frame whose header has another checksum");
    }
    at++;
    blocks((flags & 0x20) == 0, (flags & 0x10) != 0, 1 << 2 * blockSizeCode + 8);
    if (filled != out.length) {
      throw new CodecException("an LZ4 frame of " + filled + " bytes instead of " + out.length);
    }
    if ((flags & 4) != 0) {
      need(4);
      requireChecksum(out, 0, filled);
    }
    if (at != inEnd) {
      throw new CodecException("bytes after an LZ4 frame");
    }
  }

  private void blocks(boolean linked, boolean checksums, int maxSize) throws CodecException {
    while (true) {
      need(4);
      int word = Bytes.integer(in, at);
      at += 4;
      if (word == 0) {
        return;
      }
      int size = word & Integer.MAX_VALUE;
      if (size > maxSize) {
        throw new CodecException("an LZ4 block larger than its frame allows");
      }
      need(size);
      int start = at;
      if (word < 0) {
        copyLiterals(size);
      } else {
        int history = linked ? 0 : filled;
        int limit = (int) Math.min(out.length, (long) filled + maxSize);
        block(at + size, history, limit);
      }
      if (checksums) {
        need(4);
        requireChecksum(in, start, size);
      }
    }
  }

  /** Decodes sequences up to {@code end}; matches reach back to {@code history}. */
  private void block(int end, int history, int limit) throws CodecException {
    while (true) {
      if (at >= end) {
        throw new CodecException("an LZ4 block that ends before its last literals");
      }
      int token = in[at++] & 0xFF;
      int literals = length(token >>> 4, end);
      if (literals > end - at || literals > limit - filled) {
        throw new CodecException("LZ4 literals beyond the end");
      }
      copyLiterals(literals);
      if (at == end) {
        return;
      }
      if (end - at < 2) {
        throw new CodecException("an LZ4 match without its distance");
      }
      int distance = Bytes.unsignedShort(in, at);
      at += 2;
      int match = length(token & LONG_LENGTH, end) + MIN_MATCH;
      if (distance == 0 || distance > filled - history || match > limit - filled) {
        throw new CodecException("an LZ4 match outside the data");
      }
      Bytes.repeat(out, filled, distance, match);
      filled += match;
    }
  }

  private int length(int nibble, int end) throws CodecException {
    int length = nibble;
    if (nibble == LONG_LENGTH) {
      int more;
      do {
        if (at >= end || length > out.length) {
          throw new CodecException("an LZ4 length without an end");
        }
        more = in[at++] & 0xFF;
        length += more;
      } while (more == 255);
    }
    return length;
  }

  private void copyLiterals(int size) throws CodecException {
    if (size > out.length - filled) {
      throw new CodecException("more LZ4 data than announced");
    }
    Bytes.copy(in, at, out, filled, size);
    at += size;
    filled += size;
  }

  private void requireChecksum(byte[] bytes, int start, int size) throws CodecException {
    if (XxHash32.hash(bytes, start, size) != Bytes.integer(in, at)) {
      throw new CodecException("LZ4 data with another checksum");
    }
    at += 4;
  }

  private void need(int size) throws CodecException {
    if (size > inEnd - at) {
      throw new CodecException("an LZ4 frame that ends too early");
    }
  }
}
