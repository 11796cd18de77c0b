package io.nanoarrow.pure.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An input that is read at any offset; any thread. Ranges asked for are inside {@link #sizeBytes}
 * by the caller's check.
 */
public interface RandomSource extends AutoCloseable {
  /** Returns the size when it was opened. */
  long sizeBytes();

  /** Returns how far apart ranges may be that are better read as one. */
  default long holeBytes() {
    return Ranges.SMALLEST_GAP_BYTES;
  }

  /**
   * Returns a range, little-endian, from the buffer's position to its limit.
   *
   * @throws io.nanoarrow.error.ArrowFormatException TRUNCATED when the file has become shorter
   */
  ByteBuffer metadata(long offset, int size) throws IOException;

  /**
   * Returns a range as a body, its one use the caller's.
   *
   * @param wanted the parts that are looked at, null for all
   * @throws io.nanoarrow.error.ArrowFormatException TRUNCATED when the file has become shorter
   */
  Body body(long offset, long size, @Nullable Ranges wanted) throws IOException;

  @Override
  void close() throws IOException;
}
