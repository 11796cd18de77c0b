package io.nanoarrow.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FeederTest {
  /** Counts how often it is closed, which fails too. */
  private static final class Source implements ByteSource {
    final IOException failure = new IOException("planted");
    int closed;

    @Override
    public int read(ByteBuffer target) {
      return -1;
    }

    @Override
    public boolean mayReadAhead() {
      return false;
    }

    @Override
    public void close() throws IOException {
      closed++;
      throw failure;
    }
  }

  @Test
  void sourceIsClosedWhenThereIsNoMemoryForTheFirstBlock() {
    Source source = new Source();
    BlockPool exhausted =
        new BlockPool(1, true) {
          @Override
          Block take(long minimumBytes) {
            throw new OutOfMemoryError("planted");
          }
        };
    OutOfMemoryError e = assertThrows(OutOfMemoryError.class, () -> new Feeder(source, exhausted));
    assertEquals(1, source.closed);
    assertSame(source.failure, e.getSuppressed()[0]);
  }
}
