package io.nanoarrow.extension;

import org.jspecify.annotations.Nullable;

/**
 * The values of one column of an extension type; ends with the column's batch.
 *
 * @param <T> the values
 */
@FunctionalInterface
public interface ExtensionReader<T> {
  /**
   * Returns the value of a row, null when it is null.
   *
   * @throws IndexOutOfBoundsException when there is no such row
   * @throws IllegalStateException when the batch is closed
   * @throws io.nanoarrow.error.ArrowFormatException when what is stored is no value of the type
   */
  @Nullable T get(long row);
}
