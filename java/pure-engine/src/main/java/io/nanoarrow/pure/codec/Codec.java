package io.nanoarrow.pure.codec;

/** The codecs of Arrow bodies (format/Message.fbs). */
public enum Codec {
  /** LZ4 frames. */
  LZ4_FRAME,
  /** Zstandard frames. */
  ZSTD;

  /**
   * Decompresses a buffer.
   *
   * @param compressed all of it
   * @param size the bytes that must come out
   * @return an array of exactly {@code size} bytes
   * @throws CodecException when anything else comes out
   */
  public byte[] decompress(byte[] compressed, int size) throws CodecException {
    return switch (this) {
      case LZ4_FRAME -> Lz4Frame.decompress(compressed, size);
      case ZSTD -> ZstdFrame.decompress(compressed, size);
    };
  }
}
