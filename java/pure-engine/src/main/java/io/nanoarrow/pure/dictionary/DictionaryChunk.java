package io.nanoarrow.pure.dictionary;

import io.nanoarrow.pure.body.ArrayTable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One dictionary batch and, for a delta, the chunks before it. Counted: made with one use, the
 * maker's; holds one use of the chunk before it. Any thread.
 */
final class DictionaryChunk {
  private final ArrayTable table;
  private final @Nullable DictionaryChunk previous;
  private final AtomicInteger uses = new AtomicInteger(1);

  DictionaryChunk(ArrayTable takeTable, @Nullable DictionaryChunk takePrevious) {
    table = takeTable;
    previous = takePrevious;
  }

  ArrayTable table() {
    return table;
  }

  @Nullable DictionaryChunk previous() {
    return previous;
  }

  void retain() {
    uses.incrementAndGet();
  }

  void release() {
    DictionaryChunk chunk = this;
    while (chunk != null && chunk.uses.decrementAndGet() == 0) {
      chunk.table.release();
      chunk = chunk.previous;
    }
  }
}
