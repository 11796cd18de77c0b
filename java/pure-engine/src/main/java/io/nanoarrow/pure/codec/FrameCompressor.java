package io.nanoarrow.pure.codec;

/**
 * Makes compressed frames: {@link #begin}, then {@link #chunk} for all of the content in order,
 * then {@link #end}. Chunks do not depend on each other, so that several compressors can make those
 * of one frame. What is written always fits into {@link #bound}. One thread at a time.
 */
public interface FrameCompressor {
  /** The bytes of every chunk but the last of a frame. */
  int CHUNK_SIZE = 1 << 20;

  /** Returns the most bytes that a chunk becomes, with what begins and ends a frame. */
  int bound(int chunkSize);

  /**
   * Writes what a frame begins with.
   *
   * @param contentSize all that the frame will hold
   * @return where it ends
   */
  int begin(long contentSize, byte[] out, int at);

  /**
   * Compresses bytes.
   *
   * @param from the first of up to {@link #CHUNK_SIZE} bytes of {@code in}
   * @param to behind the last
   * @param isLast nothing follows in this frame
   * @return where the compressed bytes end
   */
  int chunk(byte[] in, int from, int to, boolean isLast, byte[] out, int at);

  /** Writes what a frame ends with and returns where that ends. */
  int end(byte[] out, int at);
}
