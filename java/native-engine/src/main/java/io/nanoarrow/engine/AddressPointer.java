package io.nanoarrow.engine;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.Pointer;

/**
 * Turns addresses into ByteBuffers and back. An instance owns nothing and registers with no
 * deallocator.
 */
final class AddressPointer extends Pointer {
  private AddressPointer(long address, long sizeBytes) {
    this.address = address;
    this.limit = sizeBytes;
    this.capacity = sizeBytes;
  }

  @Override
  public int sizeof() {
    return 1;
  }

  /**
   * Returns a native-order root buffer over memory that the caller keeps for as long as the buffer,
   * or one derived from it, is reachable.
   */
  static ByteBuffer buffer(long address, int sizeBytes) {
    if (sizeBytes == 0) {
      return ByteBuffer.allocate(0).order(ByteOrder.nativeOrder());
    }
    ByteBuffer buffer = new AddressPointer(address, sizeBytes).asByteBuffer();
    if (buffer == null) {
      throw new OutOfMemoryError("no direct buffer for " + sizeBytes + " bytes of native memory");
    }
    return buffer.order(ByteOrder.nativeOrder());
  }

  /** Returns the address of byte 0 of a direct buffer. */
  static long addressOf(Buffer direct) {
    return getDirectBufferAddress(direct);
  }
}
