package io.nanoarrow.engine;

import io.nanoarrow.naj.NajReleaseFunction;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What is to be done when C has given back memory that it did not allocate, by id. */
final class ForeignMemory {
  /** One for all, for ever: C keeps its address. */
  static final NajReleaseFunction CALLBACK = new Callback();

  private static final System.Logger LOG = System.getLogger("io.nanoarrow");
  private static final ConcurrentHashMap<Long, Runnable> RELEASES = new ConcurrentHashMap<>();
  private static final AtomicLong NEXT_ID = new AtomicLong(1);

  private ForeignMemory() {}

  /** Keeps {@code release} until its id is released or forgotten; ids are never reused, never 0. */
  static long register(Runnable release) {
    long id = NEXT_ID.getAndIncrement();
    RELEASES.put(id, release);
    return id;
  }

  /** Drops an id without running anything. */
  static void forget(long id) {
    RELEASES.remove(id);
  }

  /** Returns how many ids are waiting; for tests. */
  static int waiting() {
    return RELEASES.size();
  }

  private static final class Callback extends NajReleaseFunction {
    @Override
    public void call(long releaseId) {
      try {
        @Nullable Runnable release = RELEASES.remove(releaseId);
        if (release != null) {
          release.run();
        }
      } catch (Throwable t) {
        report(t);
      }
    }

    /** A Throwable must not leave a callback: C frames lie below it. */
    private static void report(Throwable t) {
      try {
        LOG.log(System.Logger.Level.ERROR, "releasing memory failed", t);
      } catch (Throwable ignored) {
        // Nothing is left to tell it to.
      }
    }
  }
}
