package io.nanoarrow.schema;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named, typed column or child, immutable.
 *
 * @param name may be empty, may repeat
 * @param nullable the sender says that values may be null
 * @param type the type of the values
 * @param dictionary how values are referred to, or null when they are stored directly
 * @param children the children of {@code type}
 * @param metadata key-values, among them an extension type's name
 */
public record Field(
    String name,
    boolean nullable,
    ArrowType type,
    @Nullable DictionaryEncoding dictionary,
    List<Field> children,
    Metadata metadata) {

  /** The metadata key that names an extension type. */
  public static final String EXTENSION_NAME = "ARROW:extension:name";

  /** The metadata key of an extension type's parameters. */
  public static final String EXTENSION_METADATA = "ARROW:extension:metadata";

  /** Checks for null and copies the list. */
  public Field {
    Objects.requireNonNull(name);
    Objects.requireNonNull(type);
    Objects.requireNonNull(metadata);
    children = List.copyOf(children);
  }

  /** Returns a nullable field without metadata. */
  public static Field of(String name, ArrowType type, Field... children) {
    return new Field(name, true, type, null, List.of(children), Metadata.EMPTY);
  }

  /** Returns this field with other nullability. */
  public Field withNullable(boolean newNullable) {
    return new Field(name, newNullable, type, dictionary, children, metadata);
  }

  /** Returns this field with other metadata. */
  public Field withMetadata(Metadata newMetadata) {
    return new Field(name, nullable, type, dictionary, children, newMetadata);
  }

  /** Returns the field "name: type not null" with children, as in a schema's text. */
  @Override
  public String toString() {
    return SchemaText.of(this);
  }
}
