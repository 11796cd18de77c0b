package io.nanoarrow.pure.codec;

/** The codecs of Arrow bodies (format/Message.fbs). */
public enum Codec {
  /** LZ4 frames. */
  LZ4_FRAME,
  /** Zstandard frames. */
  ZSTD;

  /** What must follow compressed bytes in their array, so that words can be read at their end. */
  public static final int PADDING = 8;

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
