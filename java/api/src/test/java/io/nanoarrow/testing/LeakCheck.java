package io.nanoarrow.testing;

import io.nanoarrow.stats.MemoryStats;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * Fails a test after which handles or memory are alive that were not before it. Found by JUnit
 * itself in every module that has this jar on its test class path. Memory that only a collected
 * buffer gives back is waited for.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeakCheck.class);
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final long PAUSE_MILLIS = 20;

  private record Alive(long handles, long bytes) {
    static Alive now() {
      return new Alive(MemoryStats.openHandles(), MemoryStats.liveBytes());
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(NAMESPACE).put(Alive.class, Alive.now());
  }

  @Override
  public void afterEach(ExtensionContext context) throws InterruptedException {
    Alive before = context.getStore(NAMESPACE).get(Alive.class, Alive.class);
    check(before.handles, before.bytes, PATIENCE_NANOS);
  }

  /**
   * Waits until no more is alive than given.
   *
   * @throws AssertionFailedError when there still is after {@code patienceNanos}
   */
  static void check(long handles, long bytes, long patienceNanos) throws InterruptedException {
    long deadline = System.nanoTime() + patienceNanos;
    Alive now = Alive.now();
    while (now.handles == handles && now.bytes > bytes && System.nanoTime() < deadline) {
      System.gc();
      Thread.sleep(PAUSE_MILLIS);
      now = Alive.now();
    }
    if (now.handles != handles || now.bytes != bytes) {
      throw new AssertionFailedError(
          "leak: "
              + handles
              + " handles and "
              + bytes
              + " bytes were alive before the test, "
              + now.handles
              + " and "
              + now.bytes
              + " are after it");
    }
  }
}
