package io.nanoarrow.pure.memory;

import io.nanoarrow.memory.MemoryRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A block of the Java heap that this engine filled. The garbage collector frees it; it counts as
 * live until its last use is released.
 */
public final class BlockRegion extends MemoryRegion {
  private final ByteBuffer bytes;

  /** A region over an array, which belongs to it from now on. */
  public BlockRegion(byte[] takeBytes) {
    this(takeBytes, takeBytes.length);
  }

  /** A region over the first {@code size} bytes of an array, which belongs to it from now on. */
  public BlockRegion(byte[] takeBytes, int size) {
    super(size);
    bytes = ByteBuffer.wrap(takeBytes, 0, size).slice().order(ByteOrder.LITTLE_ENDIAN);
    Usage.addLive(size);
    Usage.addBody(size);
  }

  @Override
  protected ByteBuffer createWindow(long start, int size) {
    return start == 0 ? bytes : bytes.slice((int) start, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  protected ByteBuffer createPin(long start, int size) {
    release();
    return bytes.slice((int) start, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  protected void free() {
    Usage.addLive(-sizeBytes());
  }
}
