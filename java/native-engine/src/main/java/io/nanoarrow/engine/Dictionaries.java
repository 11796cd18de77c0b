package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.naj.Naj;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader knows of its dictionaries: the values so far, deltas not yet appended. Batches get
 * {@linkplain #snapshot snapshots}, so that those read earlier keep what they were read with. For
 * one thread at a time.
 */
final class Dictionaries {
  private final DictionaryLayouts layouts;
  private final long schemaHandle;

  /** Per dictionary: the values, then deltas to be appended; empty while it has not come. */
  private final List<List<NativeBatch>> parts = new ArrayList<>();

  private @Nullable DictionarySnapshot snapshot;

  /**
   * No values yet.
   *
   * @param schemaHandle the {@code naj_schema}, which must outlive this
   */
  Dictionaries(DictionaryLayouts layouts, long schemaHandle) {
    this.layouts = layouts;
    this.schemaHandle = schemaHandle;
    for (int i = 0; i < layouts.count(); i++) {
      parts.add(new ArrayList<>());
    }
  }

  SchemaLayout values(int index) {
    return layouts.values(index);
  }

  /** Tells whether values of this dictionary have come. */
  boolean isKnown(int index) {
    return !parts.get(index).isEmpty();
  }

  /** Replaces the values of a dictionary or, with {@code isDelta}, appends to them. */
  void add(int index, NativeBatch takeValues, boolean isDelta) {
    List<NativeBatch> known = parts.get(index);
    boolean isIgnored = isDelta && !layouts.isUsed(index);
    if (isIgnored) {
      takeValues.release();
      return;
    }
    if (isDelta && layouts.keepsOrder()) {
      takeValues.release();
      throw new ArrowFormatException(
          ErrorKind.UNSUPPORTED,
          "a delta of dictionary " + layouts.id(index) + ", whose big-endian numbers stay so");
    }
    if (!isDelta) {
      known.forEach(NativeBatch::release);
      known.clear();
    }
    known.add(takeValues);
    dropSnapshot();
  }

  /** Returns the dictionaries as they are now; the use stays this object's. */
  DictionarySnapshot snapshot() {
    DictionarySnapshot known = snapshot;
    if (known == null) {
      NativeBatch[] values = new NativeBatch[layouts.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] = whole(i);
      }
      known = new DictionarySnapshot(layouts, values);
      snapshot = known;
    }
    return known;
  }

  /** Appends pending deltas in pairs, so that many small ones are not copied over and over. */
  private @Nullable NativeBatch whole(int index) {
    List<NativeBatch> known = parts.get(index);
    while (known.size() > 1) {
      for (int i = 0; i + 1 < known.size(); i++) {
        NativeBatch joined = concat(index, known.get(i), known.get(i + 1));
        known.get(i).release();
        known.remove(i + 1).release();
        known.set(i, joined);
      }
    }
    return known.isEmpty() ? null : known.get(0);
  }

  private NativeBatch concat(int index, NativeBatch first, NativeBatch second) {
    Scratch scratch = Scratch.get();
    long valuesSchema = Naj.naj_bind_schema_dictionary_values(schemaHandle, index);
    long memory =
        Naj.naj_bind_concat(
            valuesSchema, first.tableAddress(), second.tableAddress(), scratch.error);
    if (memory == 0) {
      throw Status.failure(scratch);
    }
    return NativeBatch.ofWhole(layouts.values(index), new NativeRegion(NativeMemory.adopt(memory)));
  }

  /** Refuses what only streams may do. */
  static ArrowFormatException replacementInFile(long id) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA, "a file replaces dictionary " + id + ", as only streams may");
  }

  /** Refuses what would be appended to nothing. */
  static ArrowFormatException deltaWithoutValues(long id) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA, "a delta of dictionary " + id + ", whose values have not come");
  }

  void close() {
    dropSnapshot();
    for (List<NativeBatch> known : parts) {
      known.forEach(NativeBatch::release);
      known.clear();
    }
  }

  private void dropSnapshot() {
    DictionarySnapshot old = snapshot;
    snapshot = null;
    if (old != null) {
      old.release();
    }
  }
}
