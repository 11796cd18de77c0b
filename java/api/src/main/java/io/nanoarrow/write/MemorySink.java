package io.nanoarrow.write;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory that grows: chunks, each about as large as those before it together; none moves. */
public final class MemorySink implements Sink {
  private static final int SMALLEST_BYTES = 1 << 13;
  private static final int LARGEST_BYTES = 1 << 30;
  private static final int DIRECT_FROM_BYTES = 1 << 17;

  private final List<ByteBuffer> chunks = new ArrayList<>();
  private long sizeBytes;
  private int current;

  /** Starts with room for so many bytes in one piece, as far as a buffer has it. */
  public MemorySink(long expectedBytes) {
    if (expectedBytes > 0) {
      chunks.add(allocate(expectedBytes));
    }
  }

  private static ByteBuffer allocate(long bytes) {
    int size = (int) Math.min(LARGEST_BYTES, Math.max(SMALLEST_BYTES, bytes));
    return size < DIRECT_FROM_BYTES ? ByteBuffer.allocate(size) : ByteBuffer.allocateDirect(size);
  }

  @Override
  public void write(List<ByteBuffer> parts) {
    long left = parts.stream().mapToLong(ByteBuffer::remaining).sum();
    for (ByteBuffer part : parts) {
      while (part.hasRemaining()) {
        ByteBuffer chunk = chunkWithRoom(left);
        int count = Math.min(chunk.remaining(), part.remaining());
        chunk.put(part.slice(part.position(), count));
        part.position(part.position() + count);
        left -= count;
        sizeBytes += count;
      }
    }
  }

  private ByteBuffer chunkWithRoom(long needed) {
    while (current < chunks.size()) {
      if (chunks.get(current).hasRemaining()) {
        return chunks.get(current);
      }
      current++;
    }
    chunks.add(allocate(Math.max(needed, sizeBytes)));
    return chunks.get(current);
  }

  @Override
  public @Nullable ByteBuffer room() {
    ByteBuffer chunk = current < chunks.size() ? chunks.get(current) : null;
    return chunk != null && chunk.isDirect() ? chunk : null;
  }

  @Override
  public void filled(long bytes) {
    sizeBytes += bytes;
  }

  /** Returns the bytes written. */
  public long sizeBytes() {
    return sizeBytes;
  }

  /** Returns what was written, as read-only little-endian views of the chunks. */
  public List<ByteBuffer> buffers() {
    List<ByteBuffer> views = new ArrayList<>();
    for (ByteBuffer chunk : chunks) {
      if (chunk.position() > 0) {
        views.add(chunk.asReadOnlyBuffer().flip().order(ByteOrder.LITTLE_ENDIAN));
      }
    }
    return views;
  }

  /** Forgets what was written and keeps the memory; views handed out change. */
  public void reset() {
    chunks.forEach(ByteBuffer::clear);
    current = 0;
    sizeBytes = 0;
  }

  @Override
  public void complete() {}

  @Override
  public void abandon() {}
}
