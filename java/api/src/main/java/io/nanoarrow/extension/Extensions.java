package io.nanoarrow.extension;

import io.nanoarrow.column.Column;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which extension types are known, by their names. Immutable, any thread. What a field says is
 * never an error of reading: a field whose type is unknown, or is not stored as it should be, stays
 * what it is stored as, with its metadata, and {@link Extension#reason} tells why.
 */
public final class Extensions {
  /** The canonical types of the format (CanonicalExtensions.rst). */
  public static final Extensions CANONICAL =
      new Extensions(Map.of())
          .with(UuidType.NAME, (field, text) -> UuidType.parse(text))
          .with(JsonType.NAME, (field, text) -> JsonType.parse(text))
          .with(Bool8Type.NAME, (field, text) -> Bool8Type.parse(text))
          .with(OpaqueType.NAME, (field, text) -> OpaqueType.parse(text))
          .with(TimestampWithOffsetType.NAME, (field, text) -> TimestampWithOffsetType.parse(text))
          .with(FixedShapeTensorType.NAME, FixedShapeTensorType::parse)
          .with(VariableShapeTensorType.NAME, VariableShapeTensorType::parse);

  private final Map<String, ExtensionFactory> factories;

  private Extensions(Map<String, ExtensionFactory> factories) {
    this.factories = factories;
  }

  /** Returns these types and one more, or another of the same name. */
  public Extensions with(String name, ExtensionFactory factory) {
    Map<String, ExtensionFactory> more = new HashMap<>(factories);
    more.put(name, factory);
    return new Extensions(Map.copyOf(more));
  }

  /** Returns what a field says, by the canonical types; empty when it names no extension type. */
  public static Optional<Extension> of(Field field) {
    return CANONICAL.find(field);
  }

  /** Returns what a field says; empty when it names no extension type. */
  public Optional<Extension> find(Field field) {
    return field.metadata().get(Field.EXTENSION_NAME).map(name -> resolve(field, name));
  }

  private Extension resolve(Field field, String name) {
    String text = field.metadata().get(Field.EXTENSION_METADATA).orElse("");
    ExtensionFactory factory = factories.get(name);
    if (factory == null) {
      return new Extension(name, text, null, "no extension type of this name is known");
    }
    try {
      ExtensionType<?> type = factory.parse(field, text);
      type.requireStorage(field);
      return new Extension(name, text, type, null);
    } catch (IllegalArgumentException e) {
      return new Extension(name, text, null, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns a reader of a column by what its field says.
   *
   * @throws IllegalArgumentException when that is no known extension type, saying why
   */
  public ExtensionReader<?> reader(Column column) {
    Extension extension =
        find(column.field())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "column " + column.path() + " has no extension type"));
    if (extension.type() == null) {
      throw new IllegalArgumentException(
          "column " + column.path() + ": " + extension.name() + ": " + extension.reason());
    }
    return extension.type().reader(column);
  }

  /**
   * Returns a field that says that it has an extension type; its other metadata is kept.
   *
   * @param storage how values are stored
   * @throws IllegalArgumentException when the type is not stored so
   */
  public static Field field(Field storage, ExtensionType<?> type) {
    type.requireStorage(storage);
    Metadata.Builder metadata = Metadata.builder();
    for (Metadata.Entry entry : storage.metadata().entries()) {
      if (!entry.key().equals(Field.EXTENSION_NAME)
          && !entry.key().equals(Field.EXTENSION_METADATA)) {
        metadata.add(entry.keyBytes(), entry.valueBytes());
      }
    }
    metadata.add(Field.EXTENSION_NAME, type.name());
    metadata.add(Field.EXTENSION_METADATA, type.metadata());
    return storage.withMetadata(metadata.build());
  }
}
