package io.nanoarrow.pure.memory;

import io.nanoarrow.stats.MemoryStats;
import java.util.concurrent.atomic.LongAdder;

/** The counters that this engine reports to {@link MemoryStats}. Any thread. */
public final class Usage {
  private static final LongAdder LIVE = new LongAdder();
  private static final LongAdder BODIES = new LongAdder();

  static {
    MemoryStats.register(
        new MemoryStats.Source() {
          @Override
          public long liveBytes() {
            return LIVE.sum();
          }

          @Override
          public long bodyBytesAllocated() {
            return BODIES.sum();
          }
        });
  }

  private Usage() {}

  static void addLive(long bytes) {
    LIVE.add(bytes);
  }

  /** Counts bytes allocated for a body. */
  public static void addBody(long bytes) {
    BODIES.add(bytes);
  }
}
