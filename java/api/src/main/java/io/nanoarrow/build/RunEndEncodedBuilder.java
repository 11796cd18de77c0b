package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Builds a run-end encoded column: a value is appended to {@link #values}, then {@link #endRun}
 * makes a run of it, or {@link #extendRun} goes on with the last one. {@link #appendObject} and
 * {@link #appendRun} do both, and go on with the last run where the value is the same.
 */
public final class RunEndEncodedBuilder extends ColumnBuilder {
  private final ColumnBuilder values;
  private final Field endsField;
  private final Numbers ends;
  private final long maxEnd;

  /** What the last run holds, when {@link #appendRun} made it. */
  private @Nullable Object lastValue;

  private boolean isLastKnown;

  RunEndEncodedBuilder(Field field, String path, BuilderMemory memory, ColumnBuilder values) {
    super(field, path, memory, 0);
    this.values = values;
    this.endsField = field.children().get(0);
    if (!(endsField.type() instanceof ArrowType.Int type)
        || !type.signed()
        || type.bitWidth() == Byte.SIZE
        || endsField.dictionary() != null) {
      throw bad("run ends are not int16, int32 or int64");
    }
    ends = new Numbers(memory, path, type.bitWidth() / Byte.SIZE, 0);
    maxEnd = Long.MAX_VALUE >> Long.SIZE - type.bitWidth();
  }

  /** Returns the builder of the runs' values, one for each run. */
  public ColumnBuilder values() {
    return values;
  }

  /** Returns the number of runs. */
  public int runCount() {
    return ends.count();
  }

  /**
   * Appends {@code count} rows that have the value just appended to {@link #values}.
   *
   * @throws IllegalArgumentException when count is not 1 or more
   * @throws IllegalStateException when no value was appended, or more than one, or the run ends
   *     cannot count so many rows
   */
  public void endRun(long count) {
    if (values.length != ends.count() + 1L) {
      throw unfinished((values.length - ends.count()) + " values for a run");
    }
    ensureEnd(count);
    isLastKnown = false;
    ends.add(length + count);
    length += count;
  }

  /**
   * Appends {@code count} rows that have the last run's value.
   *
   * @throws IllegalArgumentException when count is not 1 or more
   * @throws IllegalStateException when there is no run, or the run ends cannot count so many rows
   */
  public void extendRun(long count) {
    if (ends.count() == 0) {
      throw unfinished("there is no run");
    }
    ensureNonePending();
    ensureEnd(count);
    ends.set(ends.count() - 1, length + count);
    length += count;
  }

  /**
   * Appends {@code count} rows that have a value, as {@link #appendObject} takes it. They extend
   * the last run when that was appended in the same way and is equal.
   *
   * @throws IllegalArgumentException when the values cannot hold it, or count is not 1 or more
   */
  public void appendRun(@Nullable Object value, long count) {
    ensureNonePending();
    ensureEnd(count);
    Object key = value == null ? null : ObjectKeys.of(value);
    if (isLastKnown && Objects.equals(key, lastValue)) {
      extendRun(count);
      return;
    }
    values.appendObject(value);
    endRun(count);
    lastValue = key;
    isLastKnown = true;
  }

  private void ensureEnd(long count) {
    memory.ensureOpen();
    if (count < 1) {
      throw bad("a run of " + count + " rows");
    }
    if (count > maxEnd - length) {
      throw new IllegalStateException(
          "column "
              + path
              + " would have more rows than its run ends can count; build a batch before");
    }
  }

  private void ensureNonePending() {
    if (values.length != ends.count()) {
      throw unfinished("a value belongs to no run: it was not ended");
    }
  }

  @Override
  Class<?> objectClass() {
    return values.objectClass();
  }

  @Override
  void putObject(Object value) {
    appendRun(value, 1);
  }

  @Override
  void putNull() {
    appendRun(null, 1);
  }

  @Override
  void putDefault() {
    putBlank();
  }

  @Override
  void putBlank() {
    if (ends.count() > 0) {
      extendRun(1);
      return;
    }
    ensureNonePending();
    values.putBlank();
    endRun(1);
  }

  @Override
  void truncate(long rows) {
    isLastKnown &= rows >= length;
    length = Math.min(length, rows);
    int runs = ends.count();
    while (runs > 0 && (runs == 1 ? 0 : ends.get(runs - 2)) >= length) {
      runs--;
    }
    ends.truncate(runs);
    if (runs > 0) {
      ends.set(runs - 1, Math.min(ends.get(runs - 1), length));
    }
    values.truncate(runs);
  }

  @Override
  void ensureComplete() {
    ensureNonePending();
    values.ensureComplete();
  }

  @Override
  ColumnData finish(Output out) {
    int runs = ends.count();
    isLastKnown = false;
    ColumnData runEnds =
        new ColumnData(endsField, runs, 0, 0, null, List.of(ends.finish(out)), List.of(), null);
    return array(out, List.of(), List.of(runEnds, values.finish(out)), null);
  }

  @Override
  void release() {
    length = 0;
    isLastKnown = false;
    ends.release();
    values.release();
  }
}
