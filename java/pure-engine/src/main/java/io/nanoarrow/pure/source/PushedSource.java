package io.nanoarrow.pure.source;

import io.nanoarrow.memory.HeapRegion;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.memory.BlockRegion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose bytes are pushed. They are copied into a block, in which bodies then lie; a chunk
 * that never changes is read where it is. What asks for bytes that have not come is left by {@link
 * NeedInput} and finds the source where the message begins. One thread at a time.
 *
 * <p>Small messages share a block; a larger one gets its own, which grows with what arrives.
 */
public final class PushedSource implements ByteSource {
  static final int BLOCK_BYTES = 256 << 10;

  /** What is allocated on the input's word. */
  private static final int FIRST_STEP = 4 << 20;

  /** The largest array that every JVM gives. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private MemoryRegion region;

  /** The region's bytes, little-endian; those of a block may be written behind the end. */
  private ByteBuffer bytes;

  private boolean isShared;

  /** Where in the region the message begins, what is next of it, and what has come. */
  private int start;

  private int next;
  private int end;

  /** Offset of the message in the input. */
  private long startPosition;

  private long needed = 1;
  private boolean isEnded;
  private int word;
  private int metadataStart;

  /** Nothing pushed yet. */
  public PushedSource() {
    setBlock(BLOCK_BYTES);
  }

  private void setBlock(int size) {
    byte[] block = new byte[size];
    bytes = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    region = new BlockRegion(block);
    isShared = false;
  }

  /**
   * Takes bytes from where {@code chunk} stands: up to what the message needs, or the block holds.
   *
   * @param mayShare whether the chunk never changes, and may be kept
   */
  public void feed(ByteBuffer chunk, boolean mayShare) {
    if (isShared && pendingBytes() > 0 && pendingBytes() >= needed) {
      return;
    }
    if (mayShare && pendingBytes() == 0 && chunk.remaining() >= needed) {
      share(chunk);
      return;
    }
    makeRoom();
    long room = mayShare ? Math.max(0, needed - pendingBytes()) : Long.MAX_VALUE;
    int count = (int) Math.min(room, Math.min(chunk.remaining(), bytes.capacity() - end));
    bytes.put(end, chunk, chunk.position(), count);
    chunk.position(chunk.position() + count);
    end += count;
  }

  private void share(ByteBuffer chunk) {
    HeapRegion kept = new HeapRegion(chunk);
    chunk.position(chunk.limit());
    region.release();
    region = kept;
    bytes = kept.bytes();
    isShared = true;
    start = 0;
    next = 0;
    end = bytes.capacity();
  }

  /**
   * Moves what is pending to where the message fits, unless a block that grows with it has room. A
   * block is never written twice: buffers handed out may still refer to it.
   */
  private void makeRoom() {
    int size = bytes.capacity();
    boolean isGrowing = size > BLOCK_BYTES && start == 0 && end < size;
    if (isShared || needed > size - start && !isGrowing) {
      long grown = Math.max(FIRST_STEP, 2 * pendingBytes());
      moveTo(needed <= BLOCK_BYTES ? BLOCK_BYTES : (int) Math.min(needed, grown));
    }
  }

  private void moveTo(int size) {
    ByteBuffer from = bytes;
    MemoryRegion old = region;
    int count = end - start;
    setBlock(size);
    bytes.put(0, from, start, count);
    next -= start;
    start = 0;
    end = count;
    old.release();
  }

  /** Says that no further bytes come. */
  public void endInput() {
    isEnded = true;
  }

  /** Tells whether decoding would only ask for bytes that have not come. */
  public boolean isWaiting() {
    return pendingBytes() < needed && !isEnded;
  }

  /** Returns the bytes held from the message that is next on. */
  public long pendingBytes() {
    return (long) end - start;
  }

  @Override
  public long position() {
    return startPosition + (next - start);
  }

  @Override
  public int takeWord() {
    int there = take(4);
    if (there == 4) {
      word = bytes.getInt(next - 4);
    }
    return there;
  }

  @Override
  public int word() {
    return word;
  }

  @Override
  public int takeMetadata(int size) {
    metadataStart = next;
    return take(size);
  }

  @Override
  public ByteBuffer metadata() {
    return bytes;
  }

  @Override
  public int metadataStart() {
    return metadataStart;
  }

  @Override
  public Body takeBody(long size, @Nullable Ranges wanted) {
    if (size > MAX_ARRAY - (next - start)) {
      throw Faults.unsupported(
          "a body of " + size + " bytes in a stream that is not a mapped file", position(), null);
    }
    long bodyPosition = position();
    int bodyStart = next;
    if (take((int) size) < size) {
      throw Faults.truncated("the input ends in a body of " + size + " bytes", position());
    }
    region.retain();
    startPosition += next - start;
    start = next;
    needed = 1;
    return new Body(region, bodyStart, size, bodyPosition);
  }

  /** Takes {@code size} bytes, or fewer at the end of the input. */
  private int take(int size) {
    int there = Math.min(size, end - next);
    if (there < size && !isEnded) {
      if (pendingBytes() == MAX_ARRAY) {
        throw Faults.limit("metadata of " + size + " bytes in a stream that is pushed", position());
      }
      needed = Math.min(MAX_ARRAY, (long) next - start + size);
      next = start;
      throw NeedInput.INSTANCE;
    }
    next += there;
    return there;
  }

  @Override
  public void close() {
    region.release();
  }
}
