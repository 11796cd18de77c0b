package io.nanoarrow.c;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;

/** Where a {@link JavaInput} gets its bytes. */
interface ByteSource {
  /**
   * Copies at least one and at most {@code sizeBytes} > 0 bytes to {@code target} + {@code
   * offsetBytes}.
   *
   * @return how many, or -1 at the end
   */
  long read(BytePointer target, long offsetBytes, long sizeBytes) throws IOException;
}
