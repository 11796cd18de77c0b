package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.naj.Naj;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one dictionary so far, and deltas not yet appended. Of numbers, bools, text and
 * bytes each delta costs what it brings: it goes behind the rows known, which stay where they are
 * for batches read earlier. Other values are copied, in pairs. For one thread at a time.
 */
final class DictionaryValues {
  /** {@code NAJ_APPEND_TABLE_BYTES}. */
  private static final int APPEND_TABLE_BYTES = TableBlocks.HEADER_BYTES + 16 + 3 * 16;

  private final SchemaLayout layout;

  /** A {@code naj_schema} of the values, which lives as long as the reader's. */
  private final long schema;

  private final boolean canGrow;

  /** The values, then deltas to be appended; empty while they have not come. */
  private final List<NativeBatch> parts = new ArrayList<>();

  /** Where the first part lies when it has been appended to there. */
  private @Nullable NativeRegion grown;

  DictionaryValues(SchemaLayout layout, long schema) {
    this.layout = layout;
    this.schema = schema;
    this.canGrow = Naj.naj_bind_append_serves(schema) != 0;
  }

  /** Tells whether values have come. */
  boolean isKnown() {
    return !parts.isEmpty();
  }

  /** Takes the place of what is known. */
  void replace(NativeBatch takeValues) {
    clear();
    parts.add(takeValues);
  }

  /** Will be appended to what is known. */
  void append(NativeBatch takeDelta) {
    parts.add(takeDelta);
  }

  /** Returns all values as one batch, whose use stays this object's; null when none have come. */
  @Nullable NativeBatch whole() {
    if (canGrow) {
      while (parts.size() > 1) {
        grow(parts.get(0), parts.get(1));
      }
    }
    while (parts.size() > 1) {
      for (int i = 0; i + 1 < parts.size(); i++) {
        NativeBatch joined = concat(parts.get(i), parts.get(i + 1));
        parts.get(i).release();
        parts.remove(i + 1).release();
        parts.set(i, joined);
      }
    }
    return parts.isEmpty() ? null : parts.get(0);
  }

  private void grow(NativeBatch first, NativeBatch delta) {
    NativeRegion table = new NativeRegion(NativeMemory.allocate(APPEND_TABLE_BYTES));
    try {
      Scratch scratch = Scratch.get();
      int status =
          Naj.naj_bind_append(
              schema,
              first.tableAddress(),
              grown == null ? 0 : grown.handle(),
              delta.tableAddress(),
              table.address(),
              scratch.arguments,
              scratch.error);
      if (status != Status.OK) {
        throw Status.failure(scratch);
      }
      long memory = scratch.argument(0);
      if (memory != 0) {
        dropGrown();
        grown = new NativeRegion(NativeMemory.adopt(memory));
      }
      NativeBatch joined = NativeBatch.ofParts(layout, table, grown);
      joined.markValid(levelOf(first, delta));
      parts.set(0, joined);
      parts.remove(1);
    } finally {
      table.release();
    }
    first.release();
    delta.release();
  }

  /** What is known of the rows of both: appending looks at what access needs. */
  private int levelOf(NativeBatch first, NativeBatch delta) {
    int known = first.validLevel();
    if (known < ArrayExporter.VALIDATE_FULL) {
      return known;
    }
    try {
      ArrayExporter.validate(schema, layout.isV4(), delta, 1, ArrayExporter.VALIDATE_FULL);
      return known;
    } catch (ArrowFormatException e) {
      // Told again, with the column's path, when a batch with these values is validated.
      return ArrayExporter.VALIDATE_ACCESS;
    }
  }

  private NativeBatch concat(NativeBatch first, NativeBatch second) {
    Scratch scratch = Scratch.get();
    long memory =
        Naj.naj_bind_concat(schema, first.tableAddress(), second.tableAddress(), scratch.error);
    if (memory == 0) {
      throw Status.failure(scratch);
    }
    return NativeBatch.ofWhole(layout, new NativeRegion(NativeMemory.adopt(memory)));
  }

  private void dropGrown() {
    NativeRegion old = grown;
    grown = null;
    if (old != null) {
      old.release();
    }
  }

  void clear() {
    parts.forEach(NativeBatch::release);
    parts.clear();
    dropGrown();
  }
}
