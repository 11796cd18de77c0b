package io.nanoarrow.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * One buffer of an array: a view of bytes in a {@link MemoryRegion}, little-endian, read-only,
 * owned by nobody. Every access is checked against its size. It does not keep the region's content:
 * the batch that it came from does. Any thread may read.
 */
public final class ArrowBuffer {
  /** A buffer without bytes. */
  public static final ArrowBuffer EMPTY = new ArrowBuffer(new HeapRegion(new byte[0]), 0, 0);

  private final MemoryRegion region;
  private final long offset;
  private final long sizeBytes;

  /** Null when the buffer does not fit into one window. */
  private final ByteBuffer window;

  private final int base;

  /**
   * The bytes {@code [offset, offset + sizeBytes)} of a region.
   *
   * @throws IndexOutOfBoundsException when they are not all in the region
   */
  public ArrowBuffer(MemoryRegion region, long offset, long sizeBytes) {
    Objects.checkFromIndexSize(offset, sizeBytes, region.sizeBytes());
    this.region = region;
    this.offset = offset;
    this.sizeBytes = sizeBytes;
    int bits = region.strideBits();
    int index = sizeBytes == 0 ? 0 : (int) (offset >>> bits);
    long inWindow = sizeBytes == 0 ? 0 : offset & (1L << bits) - 1;
    boolean fits = sizeBytes <= WindowMath.longest(bits) - inWindow;
    this.window = fits ? region.window(index) : null;
    this.base = (int) inWindow;
  }

  /** Returns a buffer over a copy-free view of the array, which must not change any more. */
  public static ArrowBuffer wrap(byte[] bytes) {
    return new ArrowBuffer(new HeapRegion(bytes), 0, bytes.length);
  }

  /** Returns the size. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Returns the region that the bytes lie in. */
  public MemoryRegion region() {
    return region;
  }

  /** Returns where in the region the buffer begins. */
  public long regionOffset() {
    return offset;
  }

  /** Returns the part {@code [start, start + size)}. */
  public ArrowBuffer slice(long start, long size) {
    Objects.checkFromIndexSize(start, size, sizeBytes);
    return new ArrowBuffer(region, offset + start, size);
  }

  /** Returns the byte at {@code at}. */
  public byte getByte(long at) {
    check(at, 1);
    return window != null ? window.get(base + (int) at) : far(at).get(near(at));
  }

  /** Returns the two bytes at {@code at}. */
  public short getShort(long at) {
    check(at, 2);
    return window != null ? window.getShort(base + (int) at) : far(at).getShort(near(at));
  }

  /** Returns the four bytes at {@code at}. */
  public int getInt(long at) {
    check(at, 4);
    return window != null ? window.getInt(base + (int) at) : far(at).getInt(near(at));
  }

  /** Returns the eight bytes at {@code at}. */
  public long getLong(long at) {
    check(at, 8);
    return window != null ? window.getLong(base + (int) at) : far(at).getLong(near(at));
  }

  /** Returns the four bytes at {@code at} as a float. */
  public float getFloat(long at) {
    return Float.intBitsToFloat(getInt(at));
  }

  /** Returns the eight bytes at {@code at} as a double. */
  public double getDouble(long at) {
    return Double.longBitsToDouble(getLong(at));
  }

  /** Tells whether bit {@code bit}, counted from the lowest of each byte, is set. */
  public boolean getBit(long bit) {
    return (getByte(bit >> 3) >> (bit & 7) & 1) != 0;
  }

  /** Copies bytes from {@code at} on into an array. */
  public void copyTo(long at, byte[] target, int targetOffset, int count) {
    Objects.checkFromIndexSize(at, count, sizeBytes);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    if (window != null) {
      window.get(base + (int) at, target, targetOffset, count);
      return;
    }
    for (int done = 0; done < count; ) {
      int n = (int) Math.min(count - done, 1L << region.strideBits());
      far(at + done).get(near(at + done), target, targetOffset + done, n);
      done += n;
    }
  }

  /**
   * Returns a little-endian duplicate of the window over {@code [at, at + count)} for bulk reads
   * inside one call. It must not be stored or handed out: use {@link #asByteBuffer} for that. Up to
   * {@link MemoryRegion#WINDOW_STRIDE} bytes can always be had.
   *
   * @throws IllegalStateException when no window reaches over all of them
   */
  public ByteBuffer transientView(long at, int count) {
    Objects.checkFromIndexSize(at, count, sizeBytes);
    if (window != null) {
      return window.slice(base + (int) at, count).order(ByteOrder.LITTLE_ENDIAN);
    }
    if (count == 0) {
      return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
    }
    checkOneWindow(at, count);
    return far(at).slice(near(at), count).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns {@code [at, at + count)} as a read-only little-endian ByteBuffer that keeps the
   * memory's content for as long as it is reachable, closed batches or not. Up to {@link
   * MemoryRegion#WINDOW_STRIDE} bytes can always be had.
   *
   * @throws IllegalStateException when the memory has been released, or when no window reaches over
   *     all of the bytes
   */
  public ByteBuffer asByteBuffer(long at, int count) {
    Objects.checkFromIndexSize(at, count, sizeBytes);
    if (count == 0) {
      return ByteBuffer.allocate(0).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }
    checkOneWindow(at, count);
    ByteBuffer root = region.pin((int) ((offset + at) >>> region.strideBits()));
    return root.asReadOnlyBuffer().slice(near(at), count).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Tells whether {@link #asByteBuffer(long, int)} can be had of {@code [at, at + count)}: always
   * of up to {@link MemoryRegion#WINDOW_STRIDE} bytes.
   */
  public boolean isInOneWindow(long at, int count) {
    Objects.checkFromIndexSize(at, count, sizeBytes);
    return count == 0 || count <= WindowMath.longest(region.strideBits()) - near(at);
  }

  private void checkOneWindow(long at, int count) {
    if (!isInOneWindow(at, count)) {
      throw new IllegalStateException(
          count + " bytes from " + at + " on do not lie in one window; take them in parts");
    }
  }

  /**
   * Returns the whole buffer as {@link #asByteBuffer(long, int)} does.
   *
   * @throws IllegalStateException when it is larger than a ByteBuffer can be
   */
  public ByteBuffer asByteBuffer() {
    if (sizeBytes > Integer.MAX_VALUE) {
      throw new IllegalStateException(sizeBytes + " bytes are more than a ByteBuffer holds");
    }
    return asByteBuffer(0, (int) sizeBytes);
  }

  private void check(long at, int size) {
    if (at < 0 || at > sizeBytes - size) {
      throw new IndexOutOfBoundsException(
          size + " bytes at " + at + " of a buffer of " + sizeBytes);
    }
  }

  private ByteBuffer far(long at) {
    return region.window((int) ((offset + at) >>> region.strideBits()));
  }

  private int near(long at) {
    return (int) ((offset + at) & (1L << region.strideBits()) - 1);
  }

  @Override
  public String toString() {
    return "ArrowBuffer[" + sizeBytes + " bytes]";
  }
}
