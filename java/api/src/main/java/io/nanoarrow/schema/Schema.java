package io.nanoarrow.schema;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;

/**
 * The columns of a stream, file or batch, immutable.
 *
 * @param fields the columns; names may be empty and may repeat
 * @param metadata key-values of the schema itself
 * @param byteOrder of the numbers in the buffers of its batches: little-endian, unless the input is
 *     big-endian and {@link io.nanoarrow.options.ReadOptions#ensureNativeByteOrder} was switched
 *     off
 */
public record Schema(List<Field> fields, Metadata metadata, ByteOrder byteOrder) {
  /** Checks for null and copies the list. */
  public Schema {
    fields = List.copyOf(fields);
    Objects.requireNonNull(metadata);
    Objects.requireNonNull(byteOrder);
  }

  /** A schema whose batches have little-endian numbers. */
  public Schema(List<Field> fields, Metadata metadata) {
    this(fields, metadata, ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns a schema without metadata. */
  public static Schema of(Field... fields) {
    return new Schema(List.of(fields), Metadata.EMPTY);
  }

  /** Returns the index of the first column with this name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns one line a field, children indented. */
  @Override
  public String toString() {
    return SchemaText.of(this);
  }
}
