package io.nanoarrow.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that the garbage collector owns: arrays, and buffers that other code made. */
public final class HeapRegion extends MemoryRegion {
  private final ByteBuffer bytes;

  /** A region over an array, which must not change any more. */
  public HeapRegion(byte[] bytes) {
    this(ByteBuffer.wrap(bytes));
  }

  /** A region over what remains of a buffer, heap or direct, whose content must not change. */
  public HeapRegion(ByteBuffer bytes) {
    super(bytes.remaining());
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns a duplicate of the buffer behind this region. */
  public ByteBuffer bytes() {
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
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

  @Override
  protected void free() {}
}
