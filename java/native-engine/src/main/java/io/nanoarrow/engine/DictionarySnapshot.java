package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The dictionaries as they were when some batches were read: immutable, counted, shared by these
 * batches. Any thread.
 */
final class DictionarySnapshot {
  private final DictionaryLayouts layouts;
  private final @Nullable NativeBatch[] values;
  private final @Nullable ColumnData[] columns;
  private final boolean isComplete;
  private volatile int validLevel;
  private final AtomicInteger uses = new AtomicInteger(1);

  /** A snapshot with a use of its own of each dictionary's values. */
  DictionarySnapshot(DictionaryLayouts layouts, @Nullable NativeBatch[] values) {
    this.layouts = layouts;
    this.values = values.clone();
    this.columns = new ColumnData[values.length];
    boolean complete = true;
    for (NativeBatch batch : values) {
      if (batch == null) {
        complete = false;
      } else {
        batch.retain();
      }
    }
    isComplete = complete;
    validLevel = layouts.isNested() ? 0 : knownLevel();
  }

  private int knownLevel() {
    int level = ArrayExporter.VALIDATE_FULL;
    for (int i = 0; i < values.length; i++) {
      NativeBatch batch = values[i];
      if (batch != null && layouts.isUsed(i)) {
        level = Math.min(level, batch.validLevel());
      }
    }
    return level;
  }

  /** Returns the level of {@link ArrayExporter} up to which the values used are valid, or 0. */
  int validLevel() {
    return validLevel;
  }

  /** Notes that a batch was validated with all its dictionaries: later ones need not look again. */
  void markValid(int level) {
    validLevel = Math.max(validLevel, level);
    for (int i = 0; i < values.length && !layouts.isNested(); i++) {
      NativeBatch batch = values[i];
      if (batch != null && layouts.isUsed(i)) {
        batch.markValid(level);
      }
    }
  }

  /** Tells whether every dictionary that the schema names has come. */
  boolean isComplete() {
    return isComplete;
  }

  void retain() {
    uses.incrementAndGet();
  }

  void release() {
    if (uses.decrementAndGet() == 0) {
      for (NativeBatch batch : values) {
        if (batch != null) {
          batch.release();
        }
      }
    }
  }

  /** Returns the values of a dictionary; of no rows when it has not come. */
  ColumnData column(Field field) {
    int index = layouts.indexOf(field.dictionary().id());
    synchronized (columns) {
      ColumnData column = columns[index];
      if (column == null) {
        NativeBatch batch = values[index];
        column =
            batch == null
                ? empty(layouts.values(index).schema().fields().get(0))
                : batch.column(0, this);
        columns[index] = column;
      }
      return column;
    }
  }

  /**
   * Checks that a dictionary has come; one whose indices are all null may be absent.
   *
   * @param isAllNull the indices are
   */
  void require(Field field, boolean isAllNull) {
    long id = field.dictionary().id();
    if (values[layouts.indexOf(id)] == null && !isAllNull) {
      throw new ArrowFormatException(
          ErrorKind.INVALID_DATA,
          "dictionary " + id + " is missing",
          ArrowFormatException.UNKNOWN_OFFSET,
          field.name());
    }
  }

  private ColumnData empty(Field field) {
    return new ColumnData(
        field,
        0,
        0,
        0,
        null,
        java.util.Collections.nCopies(
            TypeLayout.bufferCount(TypeLayout.laidOut(field)), ArrowBuffer.EMPTY),
        field.dictionary() != null
            ? List.of()
            : field.children().stream().map(this::empty).toList(),
        field.dictionary() != null ? column(field) : null);
  }
}
