package io.nanoarrow;

import static io.nanoarrow.testing.TestArrays.ints;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineDecoder;
import io.nanoarrow.stats.ReadStats;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesTest {
  /** Gives a batch for each chunk, up to one that it refuses. */
  private static final class Refusing implements EngineDecoder {
    final IllegalArgumentException refusal = new IllegalArgumentException("refused");
    private final int most;
    private int chunks;

    Refusing(int most) {
      this.most = most;
    }

    @Override
    public void feed(ByteBuffer chunk) {
      if (chunks++ == most) {
        throw refusal;
      }
      chunk.position(chunk.limit());
    }

    @Override
    public void feedShared(ByteBuffer chunk) {
      feed(chunk);
    }

    @Override
    public void endInput() {}

    @Override
    public Schema schema() {
      return Schema.of(ints(1).field());
    }

    @Override
    public BatchData next() {
      return BatchData.of(1, List.of(ints(1)), Metadata.EMPTY);
    }

    @Override
    public boolean isEnded() {
      return false;
    }

    @Override
    public long pendingBytes() {
      return 0;
    }

    @Override
    public ReadStats stats() {
      return new ReadStats(0, 0, 0, 0, 0, false);
    }

    @Override
    public void close() {}
  }

  /** The check after each test finds a batch that is open. */
  @Test
  void aBatchIsClosedWhenWhatFollowsFails() {
    List<ByteBuffer> parts = List.of(ByteBuffer.allocate(8), ByteBuffer.allocate(8));
    Refusing engine = new Refusing(1);
    try (StreamDecoder decoder = new StreamDecoder(engine)) {
      assertSame(
          engine.refusal,
          assertThrows(IllegalArgumentException.class, () -> Messages.feed(parts, decoder, null)));
    }
  }
}
