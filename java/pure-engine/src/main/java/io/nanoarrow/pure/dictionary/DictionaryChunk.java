package io.nanoarrow.pure.dictionary;

import io.nanoarrow.layout.ColumnData;
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
  private volatile @Nullable ColumnData joined;
  private @Nullable Growth growth;

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

  /** Returns what {@link #join} was given last, or null. */
  @Nullable ColumnData joined() {
    return joined;
  }

  /**
   * Keeps the values of this chunk and those before it, which no other dictionary changes.
   *
   * @param growth what the next chunk may be appended to, or null
   */
  void join(ColumnData values, @Nullable Growth growth) {
    this.growth = growth;
    joined = values;
  }

  /** Returns what {@link #join} was given, if these values are still the last in it. */
  @Nullable Growth growth() {
    ColumnData values = joined;
    return values != null && growth != null && growth.rows() == values.length() ? growth : null;
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
