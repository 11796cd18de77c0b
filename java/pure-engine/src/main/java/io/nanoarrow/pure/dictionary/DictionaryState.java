package io.nanoarrow.pure.dictionary;

import io.nanoarrow.pure.body.ArrayTable;
import io.nanoarrow.pure.body.ArrayTables;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.message.MessageHead;
import io.nanoarrow.pure.source.PendingBody;
import java.io.IOException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The dictionaries of a stream or file while they come in. One thread at a time. */
public final class DictionaryState implements AutoCloseable {
  private final DictionaryPlans plans;
  private final boolean replaceable;
  private final ByteOrder order;
  private final @Nullable DictionaryChunk[] chunks;
  private @Nullable DictionarySet set;
  private long batches;
  private long deltas;
  private long replaced;

  /**
   * No dictionary yet.
   *
   * @param replaceable a stream: a second dictionary of one id replaces the first
   * @param order of the numbers in values; deltas are appended to little-endian ones only
   */
  public DictionaryState(DictionaryPlans plans, boolean replaceable, ByteOrder order) {
    this.plans = plans;
    this.order = order;
    this.replaceable = replaceable;
    this.chunks = new DictionaryChunk[plans.size()];
  }

  /**
   * Adds a dictionary batch.
   *
   * @param head the batch's message
   * @param takeBody its body
   */
  public void add(MessageHead head, PendingBody takeBody) throws IOException {
    int slot = plans.slot(head.dictionaryId());
    DictionaryChunk before = slot < 0 ? null : chunks[slot];
    String fault = null;
    if (slot < 0) {
      fault = "dictionary " + head.dictionaryId() + " is not in the schema";
    } else if (head.isDelta() && before == null) {
      fault = "a delta of dictionary " + head.dictionaryId() + ", which has not come";
    } else if (!head.isDelta() && before != null && !replaceable) {
      fault = "dictionary " + head.dictionaryId() + " is there twice in a file";
    }
    if (fault != null) {
      throw Faults.invalid(fault, head.offset());
    }
    if (head.isDelta() && plans.isUsed(slot) && order != ByteOrder.LITTLE_ENDIAN) {
      throw Faults.unsupported(
          "a delta of dictionary " + head.dictionaryId() + ", whose big-endian numbers stay so",
          head.offset(),
          null);
    }
    ArrayTable table =
        ArrayTables.check(
            plans.plan(slot, head.isVersion4(), head.offset()), head.batch(), takeBody);
    count(head.isDelta(), before != null);
    if (head.isDelta() && !plans.isUsed(slot)) {
      table.release();
      return;
    }
    chunks[slot] = new DictionaryChunk(table, head.isDelta() ? before : null);
    if (!head.isDelta() && before != null) {
      before.release();
    }
    dropSet();
  }

  private void count(boolean delta, boolean known) {
    batches++;
    if (delta) {
      deltas++;
    } else if (known) {
      replaced++;
    }
  }

  /**
   * Returns the dictionaries as they are now; this object's use, retain it to keep it.
   *
   * @param inputOffset where the record batch stands that wants them
   */
  public DictionarySet current(long inputOffset) {
    if (set == null) {
      DictionarySet next = new DictionarySet(plans, chunks);
      try {
        next.requireNested(inputOffset);
        next.join();
      } catch (Throwable t) {
        next.release();
        throw t;
      }
      set = next;
    }
    return set;
  }

  /** Returns dictionary batches so far. */
  public long batches() {
    return batches;
  }

  /** Returns those that added values. */
  public long deltas() {
    return deltas;
  }

  /** Returns those that took the place of an earlier one. */
  public long replaced() {
    return replaced;
  }

  private void dropSet() {
    if (set != null) {
      set.release();
      set = null;
    }
  }

  @Override
  public void close() {
    dropSet();
    for (int i = 0; i < chunks.length; i++) {
      if (chunks[i] != null) {
        chunks[i].release();
        chunks[i] = null;
      }
    }
  }
}
