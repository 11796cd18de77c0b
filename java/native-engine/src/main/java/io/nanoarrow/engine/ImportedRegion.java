package io.nanoarrow.engine;

import io.nanoarrow.memory.MemoryRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One buffer of an imported array. The producer's memory goes with the last use of the array, and
 * no address range of ours stays behind: a getter that races with the last close is not safe here.
 */
final class ImportedRegion extends MemoryRegion {
  private final NativeRegion array;
  private final long address;

  /**
   * A buffer of an array, whose use its batch holds.
   *
   * @param array counts the uses of the imported array
   */
  ImportedRegion(NativeRegion array, long address, long sizeBytes) {
    super(sizeBytes);
    this.array = array;
    this.address = address;
  }

  long address() {
    return address;
  }

  /** Returns the memory whose last use releases the array. */
  NativeMemory memory() {
    return array.memory();
  }

  @Override
  protected ByteBuffer createWindow(long start, int size) {
    return AddressPointer.buffer(address + start, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  protected ByteBuffer createPin(long start, int size) {
    array.retain();
    try {
      ByteBuffer pin = createWindow(start, size);
      NativeRegion held = array;
      NativeRuntime.CLEANER.register(pin, held::release);
      release(); // this region only counts on paper: the array's uses are those that matter
      return pin;
    } catch (Throwable t) {
      array.release();
      throw t;
    }
  }

  @Override
  protected void free() {}
}
