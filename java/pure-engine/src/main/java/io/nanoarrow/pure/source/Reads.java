package io.nanoarrow.pure.source;

import java.io.IOException;

/** Reads that may come up short; one thread at a time. */
interface Reads extends AutoCloseable {
  /**
   * Reads up to {@code size} bytes, at least one unless {@code size} is 0.
   *
   * @return how many, -1 at the end
   */
  int read(byte[] into, int offset, int size) throws IOException;

  @Override
  void close() throws IOException;
}
