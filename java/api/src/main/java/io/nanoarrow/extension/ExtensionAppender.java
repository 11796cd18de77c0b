package io.nanoarrow.extension;

import org.jspecify.annotations.Nullable;

/**
 * Appends values to the builder of one column of an extension type.
 *
 * @param <T> the values
 */
@FunctionalInterface
public interface ExtensionAppender<T> {
  /**
   * Appends a value, or a null.
   *
   * @throws IllegalArgumentException when the storage cannot hold it; nothing is appended then
   */
  void append(@Nullable T value);
}
