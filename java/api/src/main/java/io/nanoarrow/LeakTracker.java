package io.nanoarrow;

import io.nanoarrow.memory.Lease;
import io.nanoarrow.stats.MemoryStats;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Names and releases handles that were dropped without a close. Off unless the system property
 * {@code io.nanoarrow.leakTracking} is {@code true}: a stack trace is kept for every open handle.
 *
 * <p>The lease is what is watched, not the batch: columns refer to it, so that a batch counts as in
 * use while one of its columns is.
 */
final class LeakTracker {
  static final boolean ON = Boolean.getBoolean("io.nanoarrow.leakTracking");

  private static final System.Logger LOG = System.getLogger("io.nanoarrow");

  private LeakTracker() {}

  /** Releases what a handle holds. */
  interface Release {
    void run() throws Exception;
  }

  private static final class Holder {
    static final Cleaner CLEANER = Cleaner.create();
  }

  static Watch watch(Lease lease, String noun, Release release) {
    Watch watch = new Watch(noun, release);
    watch.cleanable = Holder.CLEANER.register(lease, watch);
    return watch;
  }

  /** The watch over one handle. */
  static final class Watch implements Runnable {
    private final String noun;
    private final Release release;
    private final Throwable origin;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private Cleaner.Cleanable cleanable;

    private Watch(String noun, Release release) {
      this.noun = noun;
      this.release = release;
      this.origin = new Throwable(noun + " was opened here");
    }

    /** Ends the watch: the handle was closed as it should be. */
    void stop() {
      stopped.set(true);
      cleanable.clean();
    }

    @Override
    public void run() {
      if (!stopped.compareAndSet(false, true)) {
        return;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          noun + " was never closed; what it held is released now",
          origin);
      MemoryStats.countHandle(-1);
      try {
        release.run();
      } catch (Exception | Error e) {
        LOG.log(System.Logger.Level.WARNING, "releasing a forgotten " + noun + " failed", e);
      }
    }
  }
}
