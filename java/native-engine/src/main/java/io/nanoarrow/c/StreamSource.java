package io.nanoarrow.c;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;

/** Copies through a heap array, which an InputStream wants. */
final class StreamSource implements ByteSource {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final int MAX_EMPTY_READS = 1000;

  private final InputStream in;
  private byte[] chunk = new byte[0];

  StreamSource(InputStream in) {
    this.in = Objects.requireNonNull(in, "in");
  }

  @Override
  public long read(BytePointer target, long offsetBytes, long sizeBytes) throws IOException {
    int wanted = (int) Math.min(CHUNK_BYTES, sizeBytes);
    if (chunk.length < wanted) {
      chunk = new byte[wanted];
    }
    for (int i = 0; i < MAX_EMPTY_READS; i++) {
      int count = in.read(chunk, 0, wanted);
      if (count < 0) {
        return -1;
      }
      if (count > wanted) {
        throw new IOException("The InputStream claims " + count + " bytes of " + wanted);
      }
      if (count > 0) {
        target.position(offsetBytes).put(chunk, 0, count);
        return count;
      }
    }
    throw new IOException("The InputStream gives no bytes");
  }
}
