package io.nanoarrow.stats;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Memory and handles alive in this process, over all engines. Counters are exact when no other
 * thread opens or closes anything; every test ends with {@link #openHandles} and {@link #liveBytes}
 * at zero.
 */
public final class MemoryStats {
  /** An engine's own counters. */
  public interface Source {
    /** Returns bytes of content alive: mapped files, blocks, imported arrays. */
    long liveBytes();

    /** Returns bytes allocated for message bodies since the process began; mapping is none. */
    long bodyBytesAllocated();
  }

  private static final LongAdder OPEN_HANDLES = new LongAdder();
  private static final List<Source> SOURCES = new CopyOnWriteArrayList<>();

  private MemoryStats() {}

  /** Returns readers, batches, tables and other closeable handles not closed yet. */
  public static long openHandles() {
    return OPEN_HANDLES.sum();
  }

  /** Returns bytes of content that engines hold now. */
  public static long liveBytes() {
    return SOURCES.stream().mapToLong(Source::liveBytes).sum();
  }

  /** Returns bytes allocated for message bodies since the process began. */
  public static long bodyBytesAllocated() {
    return SOURCES.stream().mapToLong(Source::bodyBytesAllocated).sum();
  }

  /** For engines: adds counters. */
  public static void register(Source source) {
    SOURCES.add(source);
  }

  /** For handles of the library: one more (1) or one fewer (-1) is open. */
  public static void countHandle(int change) {
    OPEN_HANDLES.add(change);
  }
}
