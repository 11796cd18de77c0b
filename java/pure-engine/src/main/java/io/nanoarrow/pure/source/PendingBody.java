package io.nanoarrow.pure.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The body of a message whose metadata has been read. It is taken once. */
public interface PendingBody {
  /** Returns the bytes that the message announces, 0 or more. */
  long sizeBytes();

  /** Returns how far apart ranges may be that are better read as one. */
  default long holeBytes() {
    return Ranges.SMALLEST_GAP_BYTES;
  }

  /**
   * Takes the body; what is not wanted is not kept and, where the input can be read anywhere, not
   * read.
   *
   * @param wanted the parts that are looked at, null for all
   * @return the body, its one use the caller's
   * @throws io.nanoarrow.error.ArrowFormatException TRUNCATED when the input ends in it
   */
  Body take(@Nullable Ranges wanted) throws IOException;
}
