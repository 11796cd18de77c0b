package io.nanoarrow.pure.codec;

/** The codecs of Arrow bodies (format/Message.fbs). */
public enum Codec {
  /** LZ4 frames; a byte of a run length stands for 255 bytes at most. */
  LZ4_FRAME(255),
  /** Zstandard frames; four bytes, a block's head and one value, repeat it 128 Ki times at most. */
  ZSTD((128 << 10) / 4);

  /** What must follow compressed bytes in their array, so that words can be read at their end. */
  public static final int PADDING = 8;

  private final int mostPerByte;

  Codec(int mostPerByte) {
    this.mostPerByte = mostPerByte;
  }

  /** Returns the most bytes that can come out for one byte that goes in. */
  public int mostPerByte() {
    return mostPerByte;
  }

  /**
   * Returns what compresses buffers, for one thread at a time.
   *
   * @param level up to 2 is fast, from 3 on Zstandard looks longer for matches; LZ4 has one level
   */
  public FrameCompressor compressor(int level) {
    return switch (this) {
      case LZ4_FRAME -> new Lz4Compressor();
      case ZSTD -> new ZstdCompressor(level > 2);
    };
  }

  /**
   * Decompresses a buffer.
   *
   * @param padded all of it and {@link #PADDING} bytes more
   * @param size the bytes that must come out
   * @return an array of exactly {@code size} bytes
   * @throws CodecException when anything else comes out
   */
  public byte[] decompress(byte[] padded, int size) throws CodecException {
    return switch (this) {
      case LZ4_FRAME -> Lz4Frame.decompress(padded, size);
      case ZSTD -> ZstdFrame.decompress(padded, size);
    };
  }
}
