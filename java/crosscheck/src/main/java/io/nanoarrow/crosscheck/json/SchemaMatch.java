package io.nanoarrow.crosscheck.json;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares schemas with all that they say: names at every level, types, nullability, encodings,
 * metadata. Names below a map mean nothing (writers put "entries", "key" and "value" there), ids of
 * dictionaries are each writer's own, and the order of metadata means nothing.
 */
final class SchemaMatch {
  /** The entries of a map, and below them key and value. */
  private static final int MAP_LEVELS = 2;

  private SchemaMatch() {}

  /** Returns where two schemas first differ, or null. */
  static @Nullable IntegrationDifference firstDifference(Schema json, Schema arrow) {
    IntegrationDifference found = fields("", json.fields(), arrow.fields(), 0);
    return found != null ? found : metadata("", json.metadata(), arrow.metadata());
  }

  private static @Nullable IntegrationDifference fields(
      String parent, List<Field> json, List<Field> arrow, int unnamed) {
    if (json.size() != arrow.size()) {
      return difference(parent, json.size() + " fields", arrow.size() + " fields");
    }
    for (int i = 0; i < json.size(); i++) {
      String name = json.get(i).name();
      IntegrationDifference found =
          field(parent.isEmpty() ? name : parent + "." + name, json.get(i), arrow.get(i), unnamed);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable IntegrationDifference field(
      String path, Field json, Field arrow, int unnamed) {
    if (unnamed == 0 && !json.name().equals(arrow.name())) {
      return difference(path, "name " + json.name(), "name " + arrow.name());
    } else if (!json.type().equals(arrow.type())) {
      return difference(path, json.type().toString(), arrow.type().toString());
    } else if (json.nullable() != arrow.nullable()) {
      return difference(path, nullability(json), nullability(arrow));
    } else if (!encoding(json.dictionary()).equals(encoding(arrow.dictionary()))) {
      return difference(path, encoding(json.dictionary()), encoding(arrow.dictionary()));
    }
    IntegrationDifference found = metadata(path, json.metadata(), arrow.metadata());
    return found != null ? found : children(path, json, arrow, unnamed);
  }

  private static @Nullable IntegrationDifference children(
      String path, Field json, Field arrow, int unnamed) {
    boolean map = json.type() instanceof ArrowType.MapType;
    int below = map ? MAP_LEVELS : Math.max(0, unnamed - 1);
    return fields(path, json.children(), arrow.children(), below);
  }

  private static @Nullable IntegrationDifference metadata(
      String path, Metadata json, Metadata arrow) {
    return sorted(json).equals(sorted(arrow))
        ? null
        : difference(path, "metadata " + json, "metadata " + arrow);
  }

  private static List<Metadata.Entry> sorted(Metadata metadata) {
    List<Metadata.Entry> entries = new ArrayList<>(metadata.entries());
    entries.sort(Comparator.comparing(Metadata.Entry::key).thenComparing(Metadata.Entry::value));
    return entries;
  }

  private static String nullability(Field field) {
    return field.nullable() ? "nullable" : "not null";
  }

  private static String encoding(@Nullable DictionaryEncoding encoding) {
    return encoding == null
        ? "not dictionary-encoded"
        : "indices " + encoding.indexType() + (encoding.ordered() ? ", ordered" : "");
  }

  private static IntegrationDifference difference(String path, String json, String arrow) {
    return new IntegrationDifference(
        IntegrationDifference.NOWHERE, path, "schema", IntegrationDifference.NOWHERE, json, arrow);
  }
}
