package io.nanoarrow.pure.source;

import java.io.IOException;

/** Reads that may come up short; one thread at a time. */
interface Reads extends AutoCloseable {
  /** The most that {@link #skip} reads at once. */
  int DROPPED_AT_ONCE = 64 << 10;

  /**
   * Reads up to {@code size} bytes, at least one unless {@code size} is 0.
   *
   * @return how many, -1 at the end
   */
  int read(byte[] into, int offset, int size) throws IOException;

  /**
   * Passes over {@code size} bytes, reading and dropping them where nothing else is possible.
   *
   * @param size 0 or more
   * @return how many, fewer only at the end
   */
  default long skip(long size) throws IOException {
    byte[] dropped = new byte[(int) Math.min(size, DROPPED_AT_ONCE)];
    long done = 0;
    while (done < size) {
      int read = read(dropped, 0, (int) Math.min(size - done, dropped.length));
      if (read < 0) {
        break;
      }
      done += read;
    }
    return done;
  }

  @Override
  void close() throws IOException;
}
