package io.nanoarrow.pure.dictionary;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.pure.body.ArrayMaker;
import io.nanoarrow.pure.body.ArrayTable;
import io.nanoarrow.pure.body.BodyPlan;
import io.nanoarrow.pure.body.Dictionaries;
import io.nanoarrow.pure.fault.Faults;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries as they stood when a record batch came. Counted: made with one use, the maker's.
 * Immutable but for its cache; any thread.
 */
public final class DictionarySet implements Dictionaries {
  private final DictionaryPlans plans;
  private final @Nullable DictionaryChunk[] chunks;
  private final @Nullable ColumnData[] arrays;
  private final AtomicInteger uses = new AtomicInteger(1);

  /** A snapshot; adds a use to every chunk. */
  DictionarySet(DictionaryPlans plans, @Nullable DictionaryChunk[] chunks) {
    this.plans = plans;
    this.chunks = chunks.clone();
    this.arrays = new ColumnData[chunks.length];
    for (DictionaryChunk chunk : this.chunks) {
      if (chunk != null) {
        chunk.retain();
      }
    }
  }

  /** Adds a use. */
  public void retain() {
    uses.incrementAndGet();
  }

  /** Gives a use back. */
  public void release() {
    if (uses.decrementAndGet() == 0) {
      for (DictionaryChunk chunk : chunks) {
        if (chunk != null) {
          chunk.release();
        }
      }
    }
  }

  /**
   * Checks that the dictionaries of a batch are there; one whose indices are all null may be
   * absent.
   *
   * @param inputOffset of the batch
   */
  public void require(ArrayTable batch, long inputOffset) {
    BodyPlan plan = batch.plan();
    for (int node : plan.dictionaryNodes()) {
      long id = plan.field(node).dictionary().id();
      if (chunks[plans.slot(id)] == null && !batch.isAllNull(node)) {
        throw Faults.invalid("dictionary " + id + " is missing", inputOffset, plan.path(node));
      }
    }
  }

  /** Checks that the dictionaries inside dictionaries are there. */
  void requireNested(long inputOffset) {
    for (int slot = 0; slot < chunks.length; slot++) {
      DictionaryChunk chunk = plans.isUsed(slot) ? chunks[slot] : null;
      for (DictionaryChunk part = chunk; part != null; part = part.previous()) {
        if (part.table().plan().dictionaryNodes().length == 0) {
          break;
        }
        require(part.table(), inputOffset);
      }
    }
  }

  /** Joins what came in several parts, so that what is wrong with it shows now. */
  void join() {
    for (int slot = 0; slot < chunks.length; slot++) {
      DictionaryChunk chunk = chunks[slot];
      if (chunk != null && chunk.previous() != null) {
        values(plans.id(slot));
      }
    }
  }

  /** Returns the values of a dictionary; of no rows when it has not come. */
  @Override
  public synchronized ColumnData values(long id) {
    int slot = plans.slot(id);
    ColumnData array = arrays[slot];
    if (array == null) {
      array = make(slot);
      arrays[slot] = array;
    }
    return array;
  }

  private ColumnData make(int slot) {
    DictionaryChunk last = chunks[slot];
    if (last == null) {
      return ArrayMaker.empty(plans.values(slot));
    }
    if (last.table().plan().dictionaryNodes().length > 0) {
      return join(slot, last);
    }
    ColumnData known = last.joined();
    if (known != null) {
      return known;
    }
    Growth growth = last.previous() == null ? null : growth(slot, last);
    ColumnData values =
        growth == null ? join(slot, last) : growth.append(ArrayMaker.column(last.table(), 0, this));
    last.join(values, growth);
    return values;
  }

  /** Returns the values before a delta with room for it, or null where it is joined otherwise. */
  private @Nullable Growth growth(int slot, DictionaryChunk delta) {
    Deque<DictionaryChunk> later = new ArrayDeque<>();
    DictionaryChunk start = delta.previous();
    while (start.joined() == null && start.previous() != null) {
      later.push(start);
      start = start.previous();
    }
    Growth growth = start.growth();
    if (growth == null) {
      growth = Growth.of(plans.values(slot));
      if (growth == null) {
        return null;
      }
      ColumnData known = start.joined();
      growth.append(known != null ? known : ArrayMaker.column(start.table(), 0, this));
    }
    for (DictionaryChunk chunk : later) {
      growth.append(ArrayMaker.column(chunk.table(), 0, this));
    }
    return growth;
  }

  /** Copies the values of all chunks into one array. */
  private ColumnData join(int slot, DictionaryChunk last) {
    boolean alone = last.table().plan().dictionaryNodes().length == 0;
    Deque<ColumnData> parts = new ArrayDeque<>();
    for (DictionaryChunk part = last; part != null; part = part.previous()) {
      ColumnData joined = alone ? part.joined() : null;
      if (joined != null) {
        parts.addFirst(joined);
        break;
      }
      parts.addFirst(ArrayMaker.column(part.table(), 0, this));
    }
    return Concatenation.of(plans.values(slot), List.copyOf(parts));
  }
}
