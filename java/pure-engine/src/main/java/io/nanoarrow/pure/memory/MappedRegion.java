package io.nanoarrow.pure.memory;

import io.nanoarrow.memory.MemoryRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * A file in memory, read-only, mapped in one piece for each window of the region. Java unmaps a
 * piece when no buffer over it is reachable any more, so a getter that races with a close stays
 * safe, and the file's pages and address range go with a garbage collection after the last release,
 * not at it. The region counts as live until the last release.
 */
public final class MappedRegion extends MemoryRegion {
  private final ByteBuffer[] pieces;

  private MappedRegion(long sizeBytes, ByteBuffer[] pieces) {
    super(sizeBytes);
    this.pieces = pieces;
    Usage.addLive(sizeBytes);
  }

  /**
   * Maps {@code [from, from + size)} of a file; the channel may be closed afterwards.
   *
   * @throws IOException when the file cannot be mapped
   */
  public static MappedRegion map(FileChannel channel, long from, long size) throws IOException {
    int count = (int) Math.max(1, (size + WINDOW_STRIDE - 1) / WINDOW_STRIDE);
    ByteBuffer[] pieces = new ByteBuffer[count];
    for (int i = 0; i < count; i++) {
      long start = i * WINDOW_STRIDE;
      long length = Math.min(Integer.MAX_VALUE, size - start);
      pieces[i] =
          channel
              .map(FileChannel.MapMode.READ_ONLY, from + start, length)
              .order(ByteOrder.LITTLE_ENDIAN);
    }
    return new MappedRegion(size, pieces);
  }

  /** Returns the window that begins at {@code index * WINDOW_STRIDE}; absolute access only. */
  public ByteBuffer piece(int index) {
    return pieces[index];
  }

  @Override
  protected ByteBuffer createWindow(long start, int size) {
    return pieces[(int) (start / WINDOW_STRIDE)];
  }

  @Override
  protected ByteBuffer createPin(long start, int size) {
    release();
    return createWindow(start, size).duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  protected void free() {
    Usage.addLive(-sizeBytes());
  }
}
