package io.nanoarrow.write;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/** The dictionaries of one batch by themselves. */
public final class DictionaryMessages {
  private DictionaryMessages() {}

  /**
   * Returns the values of each dictionary that a batch refers to, by id, in the order to send them.
   *
   * @param batch kept by the caller while the values are used
   * @throws IllegalArgumentException when columns of one id have different values
   */
  public static Map<Long, ColumnData> of(Schema schema, BatchData batch) {
    DictionaryFields fields = new DictionaryFields(schema);
    DictionaryRelation.Finder relations = new DictionaryRelation.Finder();
    Map<Long, ColumnData> values = new LinkedHashMap<>();
    try (DictionaryTracker tracker = new DictionaryTracker(fields, relations, false, false)) {
      for (DictionaryTracker.Step step : tracker.plan(batch)) {
        values.put(step.id(), step.values());
      }
    }
    return values;
  }
}
