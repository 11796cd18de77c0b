package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.naj.Naj;
import org.jspecify.annotations.Nullable;

/**
 * What a reader knows of its dictionaries. Batches get {@linkplain #snapshot snapshots}, so that
 * those read earlier keep what they were read with. For one thread at a time.
 */
final class Dictionaries {
  private final DictionaryLayouts layouts;
  private final DictionaryValues[] values;
  private @Nullable DictionarySnapshot snapshot;

  /**
   * No values yet.
   *
   * @param schemaHandle the {@code naj_schema}, which must outlive this
   */
  Dictionaries(DictionaryLayouts layouts, long schemaHandle) {
    this.layouts = layouts;
    this.values = new DictionaryValues[layouts.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          new DictionaryValues(
              layouts.values(i), Naj.naj_bind_schema_dictionary_values(schemaHandle, i));
    }
  }

  SchemaLayout values(int index) {
    return layouts.values(index);
  }

  /** Tells whether values of this dictionary have come. */
  boolean isKnown(int index) {
    return values[index].isKnown();
  }

  /** Replaces the values of a dictionary or, with {@code isDelta}, appends to them. */
  void add(int index, NativeBatch takeValues, boolean isDelta) {
    if (!isDelta) {
      values[index].replace(takeValues);
    } else if (!layouts.isUsed(index)) {
      takeValues.release();
      return;
    } else if (layouts.keepsOrder()) {
      takeValues.release();
      throw new ArrowFormatException(
          ErrorKind.UNSUPPORTED,
          "a delta of dictionary " + layouts.id(index) + ", whose big-endian numbers stay so");
    } else {
      values[index].append(takeValues);
    }
    dropSnapshot();
  }

  /** Returns the dictionaries as they are now; the use stays this object's. */
  DictionarySnapshot snapshot() {
    DictionarySnapshot known = snapshot;
    if (known == null) {
      NativeBatch[] now = new NativeBatch[values.length];
      for (int i = 0; i < now.length; i++) {
        now[i] = values[i].whole();
      }
      known = new DictionarySnapshot(layouts, now);
      snapshot = known;
    }
    return known;
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
    for (DictionaryValues each : values) {
      each.clear();
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
