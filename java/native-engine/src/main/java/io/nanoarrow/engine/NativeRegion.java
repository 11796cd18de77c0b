package io.nanoarrow.engine;

import io.nanoarrow.memory.MemoryRegion;
import java.nio.ByteBuffer;

/** Native memory as buffers see it; the last release gives the memory back. */
class NativeRegion extends MemoryRegion {
  private final NativeMemory memory;

  /** A region that owns {@code takeMemory} from now on. */
  NativeRegion(NativeMemory takeMemory) {
    super(takeMemory.sizeBytes());
    memory = takeMemory;
  }

  final NativeMemory memory() {
    return memory;
  }

  final long handle() {
    return memory.handle();
  }

  final long address() {
    return memory.address();
  }

  /**
   * Tells whether a use of the {@code naj_memory} alone keeps the content; else a use of this
   * region is needed too.
   */
  boolean contentFollowsHandle() {
    return true;
  }

  @Override
  protected ByteBuffer createWindow(long start, int size) {
    return size == memory.sizeBytes() ? memory.root() : memory.buffer(start, size);
  }

  @Override
  protected ByteBuffer createPin(long start, int size) {
    ByteBuffer pin = memory.buffer(start, size);
    NativeRuntime.CLEANER.register(pin, this::release);
    return pin;
  }

  @Override
  protected void free() {
    memory.close();
  }
}
