package io.nanoarrow;

import static io.nanoarrow.testing.TestArrays.batch;
import static io.nanoarrow.testing.TestArrays.ints;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.column.IntColumn;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.stats.MemoryStats;
import java.io.File;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeakTrackerTest {
  @Test
  void forgottenHandleIsReleasedAndCounted() throws InterruptedException {
    AtomicInteger released = new AtomicInteger();
    MemoryStats.countHandle(1);
    forget(released);
    await(released);
    assertEquals(1, released.get());
  }

  private static void forget(AtomicInteger released) {
    LeakTracker.watch(new Lease("thing"), "thing", released::incrementAndGet);
  }

  @Test
  void stoppedWatchReleasesNothing() throws InterruptedException {
    AtomicInteger released = new AtomicInteger();
    Lease lease = new Lease("thing");
    LeakTracker.watch(lease, "thing", released::incrementAndGet).stop();
    Reference.reachabilityFence(lease);
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertEquals(0, released.get());
  }

  @Test
  void trackingNamesTheOriginOfForgottenBatchesOnly() throws Exception {
    String output = runMain("true");
    assertTrue(output.contains("RecordBatch was never closed"), output);
    assertTrue(output.contains("LeakTrackerTest.forgetBatch"), output);
    assertFalse(output.contains("closeBatch"), output);
    assertFalse(output.contains("keepColumn"), output);
    assertTrue(output.contains("open handles: 1"), output);
  }

  @Test
  void withoutThePropertyNothingIsTracked() throws Exception {
    String output = runMain("false");
    assertFalse(output.contains("never closed"), output);
    assertTrue(output.contains("open handles: 2"), output);
  }

  private static String runMain(String tracking) throws Exception {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Dio.nanoarrow.leakTracking=" + tracking,
                "-cp",
                System.getProperty("java.class.path"),
                LeakTrackerTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  /** Forgets one batch, closes another and keeps a column of a third. */
  public static void main(String[] args) throws InterruptedException {
    forgetBatch();
    closeBatch();
    IntColumn kept = keepColumn();
    for (int i = 0; i < 100 && MemoryStats.openHandles() > 1; i++) {
      System.gc();
      Thread.sleep(10);
    }
    System.out.println(kept.getInt(0) + " open handles: " + MemoryStats.openHandles());
  }

  @SuppressWarnings("resource")
  private static void forgetBatch() {
    batch(ints(1)).column(0);
  }

  private static void closeBatch() {
    batch(ints(1)).close();
  }

  @SuppressWarnings("resource")
  private static IntColumn keepColumn() {
    return batch(ints(7)).column(0).asInt();
  }

  private static void await(AtomicInteger released) throws InterruptedException {
    for (int i = 0; i < 500 && released.get() == 0; i++) {
      System.gc();
      Thread.sleep(10);
    }
  }
}
