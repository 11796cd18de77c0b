package io.nanoarrow.build;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as keys: equal when they are the same value, and not changed by their owner later. */
final class ObjectKeys {
  private ObjectKeys() {}

  static Object of(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    } else if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes.clone());
    } else if (value instanceof ByteBuffer bytes) {
      return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    } else if (value instanceof CharSequence text) {
      return text.toString();
    } else if (value instanceof Map.Entry<?, ?> entry) {
      return new Pair(nullable(entry.getKey()), nullable(entry.getValue()));
    } else if (value instanceof Map<?, ?> map) {
      Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
      map.forEach((key, part) -> copy.put(key, nullable(part)));
      return copy;
    } else if (value instanceof Collection<?> collection) {
      List<@Nullable Object> copy = new ArrayList<>(collection.size());
      collection.forEach(part -> copy.add(nullable(part)));
      return copy;
    } else if (value instanceof Object[] array) {
      return of(java.util.Arrays.asList(array));
    }
    return value;
  }

  private static @Nullable Object nullable(@Nullable Object value) {
    return value == null ? null : of(value);
  }

  private record Pair(@Nullable Object key, @Nullable Object value) {}
}
