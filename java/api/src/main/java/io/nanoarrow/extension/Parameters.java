package io.nanoarrow.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of an extension type, a JSON object; what is unknown is passed over. */
final class Parameters {
  private final String name;
  private final Map<?, ?> members;

  private Parameters(String name, Map<?, ?> members) {
    this.name = name;
    this.members = members;
  }

  static Parameters of(String name, String metadata) {
    if (MetadataJson.parse(metadata) instanceof Map<?, ?> members) {
      return new Parameters(name, members);
    }
    throw new IllegalArgumentException("the metadata of " + name + " is no JSON object");
  }

  /** Checks that there are no parameters. */
  static void requireNone(String name, String metadata) {
    if (!metadata.isEmpty()) {
      throw new IllegalArgumentException(name + " has no parameters, but metadata");
    }
  }

  private IllegalArgumentException bad(String key, String expected) {
    return new IllegalArgumentException(
        "the metadata of " + name + " needs \"" + key + "\", " + expected);
  }

  String text(String key) {
    if (members.get(key) instanceof String text) {
      return text;
    }
    throw bad(key, "a text");
  }

  /** Returns an array, or null when there is none. */
  private @Nullable List<?> array(String key) {
    Object value = members.get(key);
    if (value == null) {
      return null;
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw bad(key, "an array");
  }

  /** Returns numbers, 0 or more; null when there are none. */
  @Nullable List<Long> sizes(String key) {
    List<?> array = array(key);
    if (array == null) {
      return null;
    }
    List<Long> sizes = new ArrayList<>(array.size());
    for (Object item : array) {
      if (!(item instanceof Long size) || size < 0) {
        throw bad(key, "numbers of 0 or more");
      }
      sizes.add(size);
    }
    return sizes;
  }

  /** Returns numbers or nulls; null when there are none at all. */
  @Nullable List<@Nullable Long> sizesOrNulls(String key) {
    List<?> array = array(key);
    if (array == null) {
      return null;
    }
    List<@Nullable Long> sizes = new ArrayList<>(array.size());
    for (Object item : array) {
      if (item != null && (!(item instanceof Long size) || size < 0)) {
        throw bad(key, "numbers of 0 or more, and nulls");
      }
      sizes.add((Long) item);
    }
    return sizes;
  }

  /** Returns texts, none when the parameter is absent. */
  List<String> texts(String key) {
    List<?> array = array(key);
    List<String> texts = new ArrayList<>();
    for (Object item : array == null ? List.of() : array) {
      if (!(item instanceof String text)) {
        throw bad(key, "an array of texts");
      }
      texts.add(text);
    }
    return texts;
  }
}
