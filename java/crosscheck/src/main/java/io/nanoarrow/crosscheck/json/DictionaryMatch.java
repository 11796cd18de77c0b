package io.nanoarrow.crosscheck.json;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.compare.Difference;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares the dictionaries of one batch after the other, whole: values that no row refers to count
 * too. JSON has one dictionary for all batches, where a stream's may grow: it may be shorter than
 * JSON's as long as the last batch has all of it. One thread.
 */
final class DictionaryMatch {
  private record Pair(ColumnData json, ColumnData arrow) {}

  private final Map<String, Pair> compared = new LinkedHashMap<>();
  private final Map<String, IntegrationDifference> tooShort = new LinkedHashMap<>();

  /** Returns where dictionaries below two arrays of equal rows first differ, or null. */
  @Nullable IntegrationDifference firstDifference(
      long batch, String path, ColumnData json, ColumnData arrow) {
    if (json.dictionary() != null && arrow.dictionary() != null) {
      return dictionaries(batch, path, new Pair(json.dictionary(), arrow.dictionary()));
    }
    for (int i = 0; i < json.children().size(); i++) {
      ColumnData child = json.children().get(i);
      IntegrationDifference found =
          firstDifference(batch, path + "." + child.field().name(), child, arrow.children().get(i));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Returns a dictionary that has stayed shorter than JSON's up to the last batch, or null. */
  @Nullable IntegrationDifference incomplete() {
    return tooShort.isEmpty() ? null : tooShort.values().iterator().next();
  }

  private @Nullable IntegrationDifference dictionaries(long batch, String path, Pair pair) {
    Pair before = compared.put(path, pair);
    if (before != null && before.json == pair.json && before.arrow == pair.arrow) {
      return null;
    }
    long jsonCount = pair.json.length();
    long arrowCount = pair.arrow.length();
    tooShort.remove(path);
    if (arrowCount != jsonCount) {
      IntegrationDifference found =
          new IntegrationDifference(
              batch,
              path,
              "dictionary",
              IntegrationDifference.NOWHERE,
              jsonCount + " values",
              arrowCount + " values");
      if (arrowCount > jsonCount) {
        return found;
      }
      tooShort.put(path, found);
    }
    IntegrationDifference found = values(batch, path, pair, arrowCount);
    return found != null ? found : firstDifference(batch, path, pair.json, pair.arrow);
  }

  private static @Nullable IntegrationDifference values(
      long batch, String path, Pair pair, long count) {
    Field field = pair.json.field();
    try (RecordBatch json = batch(field, pair.json.slice(0, count));
        RecordBatch arrow = batch(field, pair.arrow)) {
      Difference found = BatchComparison.DEFAULT.firstDifference(json, arrow);
      return found == null
          ? null
          : new IntegrationDifference(
              batch, path, "dictionary", found.row(), found.left(), found.right());
    }
  }

  /** Returns a batch of one column; the arrays live as long as the batch that they are of. */
  private static RecordBatch batch(Field field, ColumnData array) {
    return RecordBatch.of(
        Schema.of(field), BatchData.of(array.length(), List.of(array), Metadata.EMPTY));
  }
}
