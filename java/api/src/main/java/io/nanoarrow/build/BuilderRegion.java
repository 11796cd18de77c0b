package io.nanoarrow.build;

import io.nanoarrow.memory.MemoryRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Direct memory that a builder fills and batches share. Java has no way to see when a buffer over
 * it becomes unreachable, so bytes that were handed out once are never used again.
 */
final class BuilderRegion extends MemoryRegion {
  private final BuilderMemory memory;
  private final ByteBuffer bytes;
  private volatile boolean handedOut;

  BuilderRegion(BuilderMemory memory, ByteBuffer takeBytes) {
    super(takeBytes.capacity());
    this.memory = memory;
    this.bytes = takeBytes;
  }

  /** Returns the bytes, for absolute access. */
  ByteBuffer bytes() {
    return bytes;
  }

  @Override
  protected ByteBuffer createWindow(long start, int size) {
    return bytes.slice((int) start, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  protected ByteBuffer createPin(long start, int size) {
    handedOut = true;
    release();
    return createWindow(start, size);
  }

  @Override
  protected void free() {
    memory.giveBack(bytes, !handedOut);
  }
}
