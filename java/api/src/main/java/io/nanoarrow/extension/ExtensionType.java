package io.nanoarrow.extension;

import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;

/**
 * A type that is stored as another one: a name, parameters in a text, and Java values. Immutable.
 *
 * @param <T> the values, by which they are read and appended
 */
public interface ExtensionType<T> {
  /** Returns the name, as {@link Field#EXTENSION_NAME} has it. */
  String name();

  /** Returns the parameters, as {@link Field#EXTENSION_METADATA} has them; may be empty. */
  String metadata();

  /**
   * Checks that a field is stored as this type asks for, whatever its metadata. For a
   * dictionary-encoded field {@link Field#type} is what its values are.
   *
   * @throws IllegalArgumentException when it is not, saying why
   */
  void requireStorage(Field field);

  /**
   * Returns a nullable field of this type.
   *
   * @throws UnsupportedOperationException when the type can be stored in more than one way: see
   *     {@link Extensions#field}
   */
  Field field(String name);

  /**
   * Returns a reader of a column whose field has the storage of this type.
   *
   * @throws IllegalArgumentException when it has not
   */
  ExtensionReader<T> reader(Column column);

  /**
   * Returns what appends values to the builder of a field with the storage of this type.
   *
   * @throws IllegalArgumentException when it has not
   */
  ExtensionAppender<T> appender(ColumnBuilder builder);

  /** Returns the exception for a field that is stored in another way. */
  static IllegalArgumentException wrongStorage(String name, String expected, ArrowType found) {
    return new IllegalArgumentException(
        name + " is stored as " + expected + ", this field as " + found);
  }
}
