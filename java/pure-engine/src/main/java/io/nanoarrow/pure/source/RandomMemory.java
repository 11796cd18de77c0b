package io.nanoarrow.pure.source;

import io.nanoarrow.pure.fault.Faults;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A file that lies in memory; nothing is copied. */
final class RandomMemory implements RandomSource {
  private final MemoryBytes bytes;

  RandomMemory(MemoryBytes takeBytes) {
    bytes = takeBytes;
  }

  @Override
  public long sizeBytes() {
    return bytes.sizeBytes();
  }

  @Override
  public ByteBuffer metadata(long offset, int size) {
    if (size > MemoryBytes.MAX_VIEW) {
      throw Faults.limit("metadata of " + size + " bytes in a mapped file", offset);
    }
    ByteBuffer window = bytes.window(offset).duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int index = bytes.indexInWindow(offset);
    return window.limit(index + size).position(index);
  }

  @Override
  public Body body(long offset, long size, @Nullable Ranges wanted) {
    return bytes.body(offset, size);
  }

  @Override
  public void close() {
    bytes.close();
  }
}
