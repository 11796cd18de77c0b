package io.nanoarrow.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A counted range of bytes that buffers lie in: a mapped file, a block of messages, an imported
 * array. Engines extend it. Made with one use, the maker's; any thread may retain and release.
 *
 * <p>Java reads it through windows: direct (or heap) buffers that begin every {@link
 * #WINDOW_STRIDE} bytes and reach as far as a buffer can, so that nearly every Arrow buffer lies in
 * one window. A window stays readable, if only as zeros, for as long as the window object is
 * reachable, also after the last release: a getter that races with a close reads rubbish but never
 * unmapped memory. {@link #pin} gives a root buffer that keeps the content itself.
 */
public abstract class MemoryRegion {
  /** Distance between the starts of two windows, a power of two. */
  public static final long WINDOW_STRIDE = 1L << WindowMath.STRIDE_BITS;

  /** The fields of a ByteBuffer are not final: a plain read could see one half made. */
  private static final VarHandle WINDOW = MethodHandles.arrayElementVarHandle(ByteBuffer[].class);

  private final long sizeBytes;
  private final int strideBits;
  private final AtomicInteger uses = new AtomicInteger(1);
  private final ByteBuffer[] windows;

  /** Weak: a pin lives as long as its user holds it. */
  private final List<WeakReference<ByteBuffer>> pins;

  /**
   * A region of {@code sizeBytes}.
   *
   * @param sizeBytes 0 or more
   */
  protected MemoryRegion(long sizeBytes) {
    this(sizeBytes, WindowMath.STRIDE_BITS);
  }

  /** A region whose windows begin every {@code 2^strideBits} bytes; small ones are for tests. */
  MemoryRegion(long sizeBytes, int strideBits) {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("a region of " + sizeBytes + " bytes");
    }
    this.sizeBytes = sizeBytes;
    this.strideBits = strideBits;
    int count = WindowMath.windowCount(sizeBytes, strideBits);
    this.windows = new ByteBuffer[count];
    this.pins = new ArrayList<>(Collections.nCopies(count, new WeakReference<>(null)));
  }

  /** Returns the size of the region. */
  public final long sizeBytes() {
    return sizeBytes;
  }

  /**
   * Adds a use.
   *
   * @throws IllegalStateException after the last release
   */
  public final void retain() {
    int before = uses.getAndUpdate(n -> n == 0 ? 0 : n + 1);
    if (before == 0) {
      throw new IllegalStateException("the memory has been released");
    }
  }

  /** Gives a use back; the last one frees the content. */
  public final void release() {
    int left = uses.decrementAndGet();
    if (left == 0) {
      free();
    } else if (left < 0) {
      throw new IllegalStateException("the memory was released more often than retained");
    }
  }

  /** Returns how many uses there are now; for tests and diagnostics. */
  public final int useCount() {
    return uses.get();
  }

  /** Returns the binary logarithm of the distance between the starts of two windows. */
  final int strideBits() {
    return strideBits;
  }

  /**
   * Returns the little-endian window that begins {@code index} strides from the start; the same
   * object each time. Callers use absolute access only and never hand it out.
   */
  final ByteBuffer window(int index) {
    ByteBuffer window = (ByteBuffer) WINDOW.getAcquire(windows, index);
    return window != null ? window : makeWindow(index);
  }

  private synchronized ByteBuffer makeWindow(int index) {
    ByteBuffer window = windows[index];
    if (window == null) {
      long start = (long) index << strideBits;
      window = createWindow(start, WindowMath.windowSize(start, sizeBytes, strideBits));
      WINDOW.setRelease(windows, index, window);
    }
    return window;
  }

  /**
   * Returns a root buffer over the same bytes as {@link #window}; the content stays for as long as
   * it, or a buffer derived from it, is reachable.
   */
  final synchronized ByteBuffer pin(int index) {
    ByteBuffer pin = pins.get(index).get();
    if (pin == null) {
      long start = (long) index << strideBits;
      retain();
      try {
        pin = createPin(start, WindowMath.windowSize(start, sizeBytes, strideBits));
      } catch (Throwable t) {
        release();
        throw t;
      }
      pins.set(index, new WeakReference<>(pin));
    }
    return pin;
  }

  /**
   * Makes the buffer over {@code [start, start + size)}, little-endian, whose memory stays mapped
   * while it is reachable. Called at most once a window.
   */
  protected abstract ByteBuffer createWindow(long start, int size);

  /**
   * Makes a second root buffer over the same bytes and sees to it that {@link #release} is called
   * once when no buffer derived from it is reachable any more. The use is already taken; it is
   * given back by the caller when this method throws.
   *
   * <p>The region must not keep that buffer alive through anything but this object.
   */
  protected abstract ByteBuffer createPin(long start, int size);

  /** Frees the content; called once, by the thread of the last release. */
  protected abstract void free();
}
