package io.nanoarrow.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of a stream on their way into blocks. Small messages share a block; a larger one gets
 * memory of its own, which grows only as bytes arrive.
 */
final class Feeder implements StreamBytes {
  static final int BLOCK_BYTES = 1 << 20;
  private static final long FIRST_BYTES = 64L << 20;
  private static final int ALIGNMENT = 64;

  private final ByteSource source;
  private final BlockPool pool;
  private NativeRegion region;
  private long offset;
  private long end;
  private boolean isAtEnd;

  /** Feeds from a source, closed with the feeder; and also when making the feeder fails. */
  Feeder(ByteSource takeSource) throws IOException {
    this(takeSource, new BlockPool(BLOCK_BYTES, true));
  }

  Feeder(ByteSource takeSource, BlockPool takePool) throws IOException {
    source = takeSource;
    pool = takePool;
    try {
      region = pool.take(0);
    } catch (Throwable t) {
      try {
        source.close();
      } catch (IOException e) {
        t.addSuppressed(e);
      }
      throw t;
    }
  }

  @Override
  public NativeRegion region() {
    return region;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long available() {
    return end - offset;
  }

  @Override
  public boolean isAtEnd() {
    return isAtEnd;
  }

  @Override
  public void advanceTo(long newOffset) {
    offset = newOffset;
  }

  /** False only with a source that gives no bytes for the time being. */
  @Override
  public boolean fill(long needed) throws IOException {
    if (available() == 0) {
      startOver();
    }
    while (available() < needed && !isAtEnd) {
      boolean isFull =
          region instanceof Block
              ? needed > region.sizeBytes() - offset
              : end == region.sizeBytes();
      if (isFull) {
        makeRoom(needed);
      }
      long wanted = offset + Math.min(needed, region.sizeBytes() - offset);
      boolean readsAhead = source.mayReadAhead() && region instanceof Block;
      if (!readUntil(readsAhead ? region.sizeBytes() : wanted)) {
        return false;
      }
    }
    return true;
  }

  /** Reads what the block has room for, once. */
  void readAhead() throws IOException {
    if (region instanceof Block && end < region.sizeBytes()) {
      readUntil(region.sizeBytes());
    }
  }

  /**
   * Makes a message of {@code messageBytes} available of which only its first {@code metadataBytes}
   * and {@code count} parts of its body are read; the rest is passed over and reads as zeros. Ends
   * short where the input does.
   */
  void fillParts(long messageBytes, long metadataBytes, PartRanges parts, int count)
      throws IOException {
    long kept = Math.min(messageBytes, metadataBytes + parts.totalBytes(count));
    long counted = Math.max(kept, available());
    NativeRegion message = new NativeRegion(NativeMemory.allocateSparseBody(messageBytes, counted));
    moveTo(message);
    for (int i = 0; i < count && !isAtEnd; i++) {
      long start = metadataBytes + parts.start(i);
      skipTo(start);
      while (end < start + parts.sizeBytes(i) && !isAtEnd) {
        readUntil(start + parts.sizeBytes(i));
      }
    }
    skipTo(messageBytes);
  }

  private void skipTo(long next) throws IOException {
    if (end < next && !isAtEnd) {
      long skipped = source.skip(next - end);
      end += skipped;
      isAtEnd = end < next;
    }
  }

  @Override
  public void wake() throws IOException {
    source.close();
  }

  @Override
  public void close() throws IOException {
    region.release();
    pool.close();
    source.close();
  }

  /** With nothing left over: the front of an idle block, or the next aligned place. */
  private void startOver() {
    boolean isIdle = region instanceof Block block && block.isIdle();
    long next = isIdle ? 0 : (end + ALIGNMENT - 1) & -ALIGNMENT;
    if (next > region.sizeBytes() || !(region instanceof Block)) {
      NativeRegion old = region;
      region = pool.take(0);
      old.release();
      next = 0;
    }
    offset = next;
    end = next;
  }

  /**
   * Moves what is available to memory that has, or may grow to have, room for the whole message.
   */
  private void makeRoom(long needed) {
    NativeRegion larger;
    if (needed <= BLOCK_BYTES) {
      larger = pool.take(0);
    } else {
      long size = Math.max(FIRST_BYTES, 2 * region.sizeBytes());
      larger = new NativeRegion(NativeMemory.allocateBody(Math.min(needed, size)));
    }
    moveTo(larger);
  }

  /** Goes on in other memory, with what is available at its start. */
  private void moveTo(NativeRegion takeLarger) {
    try {
      Copies.copy(region, offset, takeLarger, 0, available());
    } catch (Throwable t) {
      takeLarger.release();
      throw t;
    }
    NativeRegion old = region;
    end = available();
    offset = 0;
    region = takeLarger;
    old.release();
  }

  /** Reads once, but not past {@code limit}; false when the source had nothing to give. */
  private boolean readUntil(long limit) throws IOException {
    ByteBuffer target = Copies.part(region, end, limit - end);
    int count = source.read(target);
    if (count < 0) {
      isAtEnd = true;
    } else {
      end += count;
    }
    return count != 0;
  }
}
