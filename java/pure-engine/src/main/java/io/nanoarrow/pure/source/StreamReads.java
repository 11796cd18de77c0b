package io.nanoarrow.pure.source;

import java.io.IOException;
import java.io.InputStream;

/** Reads of a blocking stream from where it stands. */
final class StreamReads implements Reads {
  private final InputStream stream;
  private final boolean closeStream;

  StreamReads(InputStream stream, boolean closeStream) {
    this.stream = stream;
    this.closeStream = closeStream;
  }

  @Override
  public int read(byte[] into, int offset, int size) throws IOException {
    int read = stream.read(into, offset, size);
    if (read == 0 && size > 0) {
      int one = stream.read();
      if (one < 0) {
        return -1;
      }
      into[offset] = (byte) one;
      return 1;
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    if (closeStream) {
      stream.close();
    }
  }
}
