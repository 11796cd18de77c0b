package io.nanoarrow.extension;

import io.nanoarrow.schema.Field;

/** Makes the type of one name from a field. */
@FunctionalInterface
public interface ExtensionFactory {
  /**
   * Returns the type of a field whose metadata names it.
   *
   * @param field how values are stored
   * @param metadata the parameters, "" when the field has none
   * @throws IllegalArgumentException when they are no parameters of the type, saying why
   */
  ExtensionType<?> parse(Field field, String metadata);
}
