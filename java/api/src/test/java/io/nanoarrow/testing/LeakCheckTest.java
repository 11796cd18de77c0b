package io.nanoarrow.testing;

import static io.nanoarrow.testing.TestArrays.batch;
import static io.nanoarrow.testing.TestArrays.ints;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.stats.MemoryStats;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class LeakCheckTest {
  @Test
  void openBatchIsALeak() throws InterruptedException {
    long handles = MemoryStats.openHandles();
    long bytes = MemoryStats.liveBytes();
    try (RecordBatch open = batch(ints(1))) {
      AssertionFailedError e =
          assertThrows(AssertionFailedError.class, () -> LeakCheck.check(handles, bytes, 0));
      assertTrue(e.getMessage().contains((handles + 1) + " and"), e.getMessage());
      assertEquals(1, open.rowCount());
    }
    LeakCheck.check(handles, bytes, 0);
  }

  @Test
  void isFoundByJunit() {
    assertTrue(
        ServiceLoader.load(Extension.class).stream()
            .anyMatch(each -> each.type() == LeakCheck.class));
  }

  @Test
  void corpusIsTakenAgainstTheRoot(@TempDir Path root) {
    Path dir = root.resolve("corpus");
    assertTrue(dir.toFile().mkdir());
    assertEquals(Optional.of(dir), ArrowTesting.resolve("corpus", root.toString()));
    assertEquals(Optional.of(dir), ArrowTesting.resolve(dir.toString(), "/elsewhere"));
    assertEquals(Optional.empty(), ArrowTesting.resolve(" ", root.toString()));
    assertThrows(IllegalStateException.class, () -> ArrowTesting.resolve("typo", root.toString()));
  }

  @Test
  void whatIsLeftOutIsCounted() {
    int before = ArrowTesting.leftOut("a test of the count, nothing");
    assertEquals(before + 1, ArrowTesting.leftOut("a test of the count, nothing"));
  }
}
