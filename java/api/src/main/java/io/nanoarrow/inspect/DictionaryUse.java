package io.nanoarrow.inspect;

import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What there is of one dictionary.
 *
 * @param id of the dictionary
 * @param batches dictionary batches
 * @param deltas those of them that add values
 * @param values of all batches together
 * @param fields the paths of the fields that refer to it
 */
public record DictionaryUse(long id, long batches, long deltas, long values, List<String> fields) {

  /** Returns the dictionaries that fields or batches name, by their ids. */
  public static List<DictionaryUse> of(WireReport report) {
    Map<Long, List<String>> fields = new TreeMap<>();
    Schema schema = report.schema();
    if (schema != null) {
      schema.fields().forEach(field -> collect(field, field.name(), fields));
    }
    Map<Long, long[]> counts = new TreeMap<>();
    fields.keySet().forEach(id -> counts.put(id, new long[3]));
    for (WireMessage message : report.messages(WireMessage.Kind.DICTIONARY_BATCH)) {
      long[] count = counts.computeIfAbsent(message.dictionaryId(), id -> new long[3]);
      count[0]++;
      count[1] += message.isDelta() ? 1 : 0;
      count[2] += Math.max(0, message.rowCount());
    }
    List<DictionaryUse> uses = new ArrayList<>();
    counts.forEach(
        (id, count) ->
            uses.add(
                new DictionaryUse(
                    id, count[0], count[1], count[2], fields.getOrDefault(id, List.of()))));
    return uses;
  }

  private static void collect(Field field, String path, Map<Long, List<String>> fields) {
    if (field.dictionary() != null) {
      fields.computeIfAbsent(field.dictionary().id(), id -> new ArrayList<>()).add(path);
    }
    field.children().forEach(child -> collect(child, path + "." + child.name(), fields));
  }
}
