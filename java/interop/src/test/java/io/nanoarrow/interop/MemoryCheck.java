package io.nanoarrow.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.stats.MemoryStats;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** An arrow-java allocator; closing it fails when either side still holds memory or a handle. */
final class MemoryCheck implements AutoCloseable {
  private final long openHandles = MemoryStats.openHandles();
  private final long liveBytes = MemoryStats.liveBytes();
  private final RootAllocator allocator = new RootAllocator();

  BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public void close() {
    allocator.close();
    assertEquals(openHandles, MemoryStats.openHandles(), "nanoarrow's open handles");
    assertEquals(liveBytes, MemoryStats.liveBytes(), "nanoarrow's live bytes");
  }
}
