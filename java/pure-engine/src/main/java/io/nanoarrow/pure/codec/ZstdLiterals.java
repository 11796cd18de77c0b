package io.nanoarrow.pure.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The literals section of Zstandard blocks (RFC 8878, 3.1.1.3.1). One frame, one thread. */
final class ZstdLiterals {
  private static final int RAW = 0;
  private static final int RUN = 1;
  private static final int COMPRESSED = 2;

  /** What copies of words may read behind the literals. */
  private static final int SLACK = 16;

  private final byte[] in;
  private final int maxSize;
  private final byte[] literals;
  private @Nullable HuffmanTable table;
  private int size;
  private int at;

  /** A reader of padded bytes; more than {@code maxSize} literals cannot be used. */
  ZstdLiterals(byte[] in, int maxSize) {
    this.in = in;
    this.maxSize = maxSize;
    this.literals = new byte[maxSize + SLACK];
  }

  /** Reads the section at the start of {@code [from, end)} and returns where it ends. */
  int read(int from, int end) throws CodecException {
    at = from;
    need(1, end);
    int head = in[from] & 0xFF;
    int kind = head & 3;
    if (kind == RAW || kind == RUN) {
      readPlain(kind, head >> 2 & 3, end);
    } else {
      readCoded(kind, head >> 2 & 3, end);
    }
    return at;
  }

  byte[] bytes() {
    return literals;
  }

  int size() {
    return size;
  }

  private void readPlain(int kind, int format, int end) throws CodecException {
    int headSize = format == 1 ? 2 : format == 3 ? 3 : 1;
    need(headSize, end);
    int word = Bytes.integer(in, at);
    size =
        switch (headSize) {
          case 1 -> (word & 0xFF) >> 3;
          case 2 -> (word & 0xFFFF) >> 4;
          default -> (word & 0xFFFFFF) >> 4;
        };
    at += headSize;
    requireSize();
    need(kind == RAW ? size : 1, end);
    if (kind == RAW) {
      System.arraycopy(in, at, literals, 0, size);
      at += size;
    } else {
      Arrays.fill(literals, 0, size, in[at]);
      at++;
    }
  }

  private void readCoded(int kind, int format, int end) throws CodecException {
    int headSize = Math.max(3, format + 2);
    int bits = new int[] {10, 10, 14, 18}[format];
    need(headSize, end);
    long word = Bytes.longer(in, at) >>> 4;
    size = (int) (word & (1 << bits) - 1);
    int coded = (int) (word >>> bits & (1 << bits) - 1);
    at += headSize;
    requireSize();
    need(coded, end);
    int stop = at + coded;
    if (kind == COMPRESSED) {
      table = HuffmanTable.read(in, at, stop);
      at = table.end();
    } else if (table == null) {
      throw new CodecException("Zstandard literals without their tree");
    }
    if (format == 0) {
      table.decode(in, at, stop, literals, 0, size);
    } else {
      decodeFour(table, stop);
    }
    at = stop;
  }

  private void decodeFour(HuffmanTable huffman, int stop) throws CodecException {
    need(6, stop);
    int each = (size + 3) / 4;
    if (3 * each > size) {
      throw new CodecException("Zstandard literals too few for four streams");
    }
    int[] bounds = new int[5];
    bounds[0] = at + 6;
    for (int i = 0; i < 3; i++) {
      bounds[i + 1] = bounds[i] + Bytes.unsignedShort(in, at + 2 * i);
      if (bounds[i + 1] > stop) {
        throw new CodecException("a Zstandard stream beyond its block");
      }
    }
    bounds[4] = stop;
    huffman.decodeFour(in, bounds, literals, size, each);
  }

  private void requireSize() throws CodecException {
    if (size > maxSize) {
      throw new CodecException("Zstandard literals larger than a block");
    }
  }

  private void need(int count, int end) throws CodecException {
    if (count > end - at) {
      throw new CodecException("a Zstandard block that ends in its literals");
    }
  }
}
