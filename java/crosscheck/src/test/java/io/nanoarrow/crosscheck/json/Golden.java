package io.nanoarrow.crosscheck.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Our own integration JSON of every type, testdata/integration. */
final class Golden {
  static final Path FOLDER =
      Path.of(System.getProperty("project.root", "../..")).resolve("testdata/integration");

  private Golden() {}

  static List<Path> files() {
    try (Stream<Path> all = Files.list(FOLDER)) {
      List<Path> files = all.filter(path -> path.toString().endsWith(".json")).sorted().toList();
      if (files.size() < 15) {
        throw new IllegalStateException("only " + files.size() + " files in " + FOLDER);
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path file(String name) {
    return FOLDER.resolve(name + ".json");
  }

  /** Returns a JSON text as maps and lists; numbers by their value, dictionaries by their id. */
  static Object tree(Path json) throws IOException {
    try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
      parser.nextToken();
      @SuppressWarnings("unchecked")
      Map<String, Object> all = (Map<String, Object>) value(parser);
      if (all.get("dictionaries") instanceof List<?> dictionaries) {
        List<Object> sorted = new ArrayList<>(dictionaries);
        sorted.sort(Comparator.comparing(each -> ((Map<?, ?>) each).get("id").toString()));
        all.put("dictionaries", sorted);
      }
      return all;
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    switch (token) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = parser.currentName();
          parser.nextToken();
          map.put(key, value(parser));
        }
        return map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        return list;
      }
      case VALUE_STRING -> {
        return parser.getText();
      }
      case VALUE_NUMBER_INT -> {
        return parser.getLongValue();
      }
      case VALUE_NUMBER_FLOAT -> {
        return (float) parser.getDoubleValue();
      }
      default -> {
        return token;
      }
    }
  }
}
