package io.nanoarrow.memory;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;

/** A direct region whose windows begin every 16 bytes, that counts what is asked of it. */
final class SmallWindows extends MemoryRegion {
  static final int STRIDE_BITS = 4;
  static final int STRIDE = 1 << STRIDE_BITS;

  private static final Cleaner CLEANER = Cleaner.create();

  final AtomicInteger windowsMade = new AtomicInteger();
  final AtomicInteger freed = new AtomicInteger();
  boolean failToPin;

  private final ByteBuffer content;

  SmallWindows(byte[] bytes) {
    super(bytes.length, STRIDE_BITS);
    content = ByteBuffer.allocateDirect(bytes.length).put(bytes).rewind();
  }

  /** Returns the bytes 0, 1, 2 and so on. */
  static byte[] counting(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  @Override
  protected ByteBuffer createWindow(long start, int size) {
    windowsMade.incrementAndGet();
    return content.slice((int) start, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  protected ByteBuffer createPin(long start, int size) {
    if (failToPin) {
      throw new OutOfMemoryError("planted");
    }
    ByteBuffer root = ByteBuffer.allocateDirect(size);
    root.put(content.slice((int) start, size)).rewind();
    CLEANER.register(root, this::release);
    return root.order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  protected void free() {
    freed.incrementAndGet();
  }
}
