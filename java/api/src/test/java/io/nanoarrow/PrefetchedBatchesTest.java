package io.nanoarrow;

import static io.nanoarrow.testing.TestArrays.ints;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** No batch is lost to a failure of another one, or to an executor that takes no task. */
class PrefetchedBatchesTest {
  private static final int BATCHES = 4;

  /** Four batches of one row each, their number; one of them cannot be read. */
  private record Numbered(int bad) implements EngineFile {
    @Override
    public Schema schema() {
      return Schema.of(ints(0).field());
    }

    @Override
    public int batchCount() {
      return BATCHES;
    }

    @Override
    public BatchData batch(int index) throws IOException {
      if (index == bad) {
        throw new IOException("batch " + index);
      }
      return BatchData.of(1, List.of(ints(index)), Metadata.EMPTY);
    }

    @Override
    public long batchRowCount(int index) {
      return 1;
    }

    @Override
    public Metadata metadata() {
      return Metadata.EMPTY;
    }

    @Override
    public ReadStats stats() {
      return new ReadStats(BATCHES, 0, 0, 0, 0, false);
    }

    @Override
    public void close() {}
  }

  /** Runs a task at once, but for one that it does not take. */
  private static final class Choosy implements Executor {
    final RejectedExecutionException refusal = new RejectedExecutionException("busy");
    private final int refused;
    private int tasks;

    Choosy(int refused) {
      this.refused = refused;
    }

    @Override
    public void execute(Runnable task) {
      if (tasks++ == refused) {
        throw refusal;
      }
      task.run();
    }
  }

  private static void assertNext(int wanted, PrefetchedBatches batches) throws IOException {
    try (RecordBatch batch = batches.next()) {
      assertEquals(wanted, batch.column(0).asInt().getInt(0));
    }
  }

  @Test
  void aBatchThatCannotBeReadLeavesTheOthers() throws IOException {
    for (int ahead = 1; ahead <= BATCHES; ahead++) {
      try (FileReader reader = new FileReader(new Numbered(1));
          PrefetchedBatches batches = reader.prefetch(Runnable::run, ahead)) {
        assertNext(0, batches);
        assertEquals("batch 1", assertThrows(IOException.class, batches::next).getMessage());
        assertNext(2, batches);
        assertNext(3, batches);
        assertNull(batches.next());
      }
    }
  }

  @Test
  void aTaskThatIsRefusedIsAskedForAgain() throws IOException {
    for (int ahead = 1; ahead < BATCHES; ahead++) {
      Choosy executor = new Choosy(ahead);
      try (FileReader reader = new FileReader(new Numbered(-1));
          PrefetchedBatches batches = reader.prefetch(executor, ahead)) {
        assertSame(executor.refusal, assertThrows(RejectedExecutionException.class, batches::next));
        for (int i = 0; i < BATCHES; i++) {
          assertNext(i, batches);
        }
        assertNull(batches.next());
      }
    }
  }

  @Test
  void aRefusalBehindAFailureIsSuppressed() throws IOException {
    Choosy executor = new Choosy(1);
    try (FileReader reader = new FileReader(new Numbered(0));
        PrefetchedBatches batches = reader.prefetch(executor, 1)) {
      IOException e = assertThrows(IOException.class, batches::next);
      assertSame(executor.refusal, e.getSuppressed()[0]);
      assertNext(1, batches);
    }
  }

  @Test
  void whatWasNotTakenAfterARefusalIsClosed() throws IOException {
    try (FileReader reader = new FileReader(new Numbered(-1))) {
      PrefetchedBatches batches = reader.prefetch(new Choosy(2), 2);
      assertThrows(RejectedExecutionException.class, batches::next);
      batches.close();
      assertThrows(IllegalStateException.class, batches::next);
    }
  }
}
