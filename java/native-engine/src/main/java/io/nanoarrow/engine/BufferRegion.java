package io.nanoarrow.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What remains of a direct buffer that the user gave. Windows and pins are slices of that buffer,
 * so the garbage collector keeps the bytes for as long as anything can read them.
 */
final class BufferRegion extends NativeRegion {
  private final ByteBuffer bytes;

  private BufferRegion(NativeMemory takeMemory, ByteBuffer bytes) {
    super(takeMemory);
    this.bytes = bytes;
  }

  static BufferRegion of(ByteBuffer direct) {
    ByteBuffer bytes = direct.slice();
    long address = AddressPointer.addressOf(bytes);
    return new BufferRegion(
        NativeMemory.wrap(address, bytes.remaining(), new Holder(bytes)), bytes);
  }

  @Override
  protected ByteBuffer createWindow(long start, int size) {
    return bytes.slice((int) start, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  protected ByteBuffer createPin(long start, int size) {
    release();
    return createWindow(start, size);
  }

  /** Keeps a buffer reachable until the last use in C is gone. */
  private record Holder(ByteBuffer bytes) implements Runnable {
    @Override
    public void run() {}
  }
}
