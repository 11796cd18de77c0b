package io.nanoarrow;

import io.nanoarrow.memory.Lease;
import io.nanoarrow.stats.MemoryStats;
import org.jspecify.annotations.Nullable;

/**
 * That something of the user's is open: a lease, a count, and, when leak tracking is on, a watch
 * over what is forgotten. Any thread.
 */
final class Handle {
  private final Lease lease;
  private final LeakTracker.@Nullable Watch watch;

  /**
   * Opens a handle.
   *
   * @param noun what messages name
   * @param forgotten releases what the handle holds when it became unreachable without a close;
   *     must not refer to the handle's owner
   */
  Handle(String noun, LeakTracker.Release forgotten) {
    lease = new Lease(noun);
    watch = LeakTracker.ON ? LeakTracker.watch(lease, noun, forgotten) : null;
    MemoryStats.countHandle(1);
  }

  Lease lease() {
    return lease;
  }

  void ensureOpen() {
    lease.ensureOpen();
  }

  /** Closes; true for the one call that did and now releases what the handle holds. */
  boolean close() {
    if (!lease.close()) {
      return false;
    }
    if (watch != null) {
      watch.stop();
    }
    MemoryStats.countHandle(-1);
    return true;
  }
}
