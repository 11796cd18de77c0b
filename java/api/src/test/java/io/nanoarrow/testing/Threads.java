package io.nanoarrow.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads that start together. */
public final class Threads {
  private static final long PATIENCE_SECONDS = 60;

  private Threads() {}

  /** What one of the threads does. */
  public interface Action {
    /** Runs as thread {@code thread}, counted from 0. */
    void run(int thread) throws Exception;
  }

  /** Runs the action in {@code count} threads at once, and throws what the first failed with. */
  public static void race(int count, Action action) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(count);
    try {
      CyclicBarrier start = new CyclicBarrier(count);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int thread = i;
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  action.run(thread);
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
