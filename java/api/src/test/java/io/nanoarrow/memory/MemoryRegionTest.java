package io.nanoarrow.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.testing.Threads;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryRegionTest {
  @Test
  void lastReleaseFreesOnce() {
    SmallWindows region = new SmallWindows(new byte[20]);
    region.retain();
    region.release();
    assertEquals(0, region.freed.get());
    region.release();
    assertEquals(1, region.freed.get());
    assertThrows(IllegalStateException.class, region::retain);
    assertThrows(IllegalStateException.class, region::release);
    assertEquals(1, region.freed.get());
  }

  @Test
  void racingThreadsFreeOnce() throws Exception {
    for (int round = 0; round < 200; round++) {
      SmallWindows region = new SmallWindows(new byte[1]);
      AtomicInteger refused = new AtomicInteger();
      Threads.race(
          8,
          thread -> {
            if (thread == 0) {
              region.release();
              return;
            }
            for (int i = 0; i < 50; i++) {
              try {
                region.retain();
              } catch (IllegalStateException e) {
                refused.incrementAndGet();
                return;
              }
              region.release();
            }
          });
      assertEquals(1, region.freed.get());
      assertTrue(refused.get() <= 7);
    }
  }

  @Test
  void windowIsMadeOnceWhoeverAsks() throws Exception {
    SmallWindows region = new SmallWindows(new byte[40]);
    ByteBuffer[] seen = new ByteBuffer[8];
    Threads.race(8, thread -> seen[thread] = region.window(1));
    for (ByteBuffer window : seen) {
      assertSame(seen[0], window);
    }
    assertEquals(1, region.windowsMade.get());
    assertEquals(24, seen[0].capacity());
    assertEquals(31, region.window(0).capacity());
    assertEquals(8, region.window(2).capacity());
  }

  @Test
  void pinKeepsContentUntilNoBufferIsReachable() throws Exception {
    SmallWindows region = new SmallWindows(SmallWindows.counting(40));
    ByteBuffer derived = new ArrowBuffer(region, 0, 40).asByteBuffer(20, 10).slice(5, 5);
    region.release();
    for (int i = 0; i < 5; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertEquals(0, region.freed.get());
    assertEquals(25, derived.get(0));
    derived = null;
    awaitFreed(region);
  }

  @Test
  void pinsOfOneWindowShareItsRoot() {
    SmallWindows region = new SmallWindows(SmallWindows.counting(40));
    ByteBuffer first = region.pin(0);
    assertSame(first, region.pin(0));
    assertEquals(2, region.useCount());
    ByteBuffer second = region.pin(1);
    assertEquals(3, region.useCount());
    assertFalse(first.equals(second));
  }

  @Test
  void pinAfterTheLastReleaseIsRefused() {
    SmallWindows region = new SmallWindows(SmallWindows.counting(40));
    ArrowBuffer buffer = new ArrowBuffer(region, 0, 40);
    region.release();
    assertThrows(IllegalStateException.class, () -> buffer.asByteBuffer(0, 1));
  }

  @Test
  void failedPinGivesItsUseBack() {
    SmallWindows region = new SmallWindows(SmallWindows.counting(40));
    region.failToPin = true;
    assertThrows(OutOfMemoryError.class, () -> region.pin(0));
    assertEquals(1, region.useCount());
    region.release();
    assertEquals(1, region.freed.get());
  }

  @Test
  void heapPinsOutliveTheRegion() {
    HeapRegion region = new HeapRegion(SmallWindows.counting(40));
    ByteBuffer pinned = new ArrowBuffer(region, 8, 8).asByteBuffer();
    region.release();
    assertEquals(9, pinned.get(1));
    assertEquals(0, region.useCount());
  }

  @Test
  void windowsCoverLargeRegionsWithoutGaps() {
    long size = (5L << 30) + 7;
    int count = WindowMath.windowCount(size, WindowMath.STRIDE_BITS);
    assertEquals(6, count);
    for (int i = 0; i < count; i++) {
      long start = (long) i << WindowMath.STRIDE_BITS;
      long window = WindowMath.windowSize(start, size, WindowMath.STRIDE_BITS);
      assertEquals(Math.min(Integer.MAX_VALUE, size - start), window);
    }
    assertEquals(1, WindowMath.windowCount(0, WindowMath.STRIDE_BITS));
    assertEquals(1, WindowMath.windowCount(1L << 30, WindowMath.STRIDE_BITS));
    assertEquals(2, WindowMath.windowCount((1L << 30) + 1, WindowMath.STRIDE_BITS));
  }

  @Test
  void negativeSizeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new MemoryRegion(-1) {
              @Override
              protected ByteBuffer createWindow(long start, int size) {
                throw new AssertionError();
              }

              @Override
              protected ByteBuffer createPin(long start, int size) {
                throw new AssertionError();
              }

              @Override
              protected void free() {}
            });
  }

  @Test
  void leaseClosesOnce() throws Exception {
    Lease[] leases = new Lease[200_000];
    Arrays.setAll(leases, i -> new Lease("Thing"));
    AtomicInteger closed = new AtomicInteger();
    Threads.race(
        8,
        thread -> {
          int mine = 0;
          for (Lease each : leases) {
            mine += each.close() ? 1 : 0;
          }
          closed.addAndGet(mine);
        });
    assertEquals(leases.length, closed.get());
    Lease lease = leases[0];
    assertFalse(lease.isOpen());
    IllegalStateException e = assertThrows(IllegalStateException.class, lease::ensureOpen);
    assertEquals("Thing is closed", e.getMessage());
  }

  private static void awaitFreed(SmallWindows region) throws InterruptedException {
    for (int i = 0; i < 500 && region.freed.get() == 0; i++) {
      System.gc();
      Thread.sleep(10);
    }
    assertEquals(1, region.freed.get());
  }
}
