package io.nanoarrow.pure.schema;

import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.DictionaryKind;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a verified Schema table and checks the rules of the columnar format. Errors carry the path
 * of the field and the byte where the metadata begins.
 */
public final class SchemaReader {
  private final long inputOffset;

  private SchemaReader(long inputOffset) {
    this.inputOffset = inputOffset;
  }

  /**
   * Returns the schema.
   *
   * @param table a table that {@link io.nanoarrow.pure.verify.SchemaVerifier} has checked
   * @param inputOffset where its flatbuffer begins in the input
   */
  public static Schema read(org.apache.arrow.flatbuf.Schema table, long inputOffset) {
    return new SchemaReader(inputOffset).schema(table);
  }

  /** Tells whether the numbers in the buffers of a schema's batches are big-endian. */
  public static boolean isBigEndian(org.apache.arrow.flatbuf.Schema table) {
    return table.endianness() == Endianness.Big;
  }

  /** Returns the schema of batches whose big-endian numbers stay so, or the schema given. */
  public static Schema inOrder(Schema schema, boolean staysBigEndian) {
    return staysBigEndian
        ? new Schema(schema.fields(), schema.metadata(), ByteOrder.BIG_ENDIAN)
        : schema;
  }

  private Schema schema(org.apache.arrow.flatbuf.Schema table) {
    short endianness = table.endianness();
    if (endianness != Endianness.Little && endianness != Endianness.Big) {
      throw Faults.invalid("an endianness of " + endianness, inputOffset);
    }
    List<Field> fields = new ArrayList<>(table.fieldsLength());
    for (int i = 0; i < table.fieldsLength(); i++) {
      fields.add(field(table.fields(i), null));
    }
    Metadata.Builder metadata = Metadata.builder();
    for (int i = 0; i < table.customMetadataLength(); i++) {
      add(metadata, table.customMetadata(i));
    }
    return new Schema(fields, metadata.build());
  }

  private Field field(org.apache.arrow.flatbuf.Field table, @Nullable FieldPath parent) {
    String name = text(table.nameAsByteBuffer());
    FieldPath path = new FieldPath(parent, name);
    TypeReader types = new TypeReader(inputOffset, path);
    ArrowType type = types.type(table, table.childrenLength());
    List<Field> children = new ArrayList<>(table.childrenLength());
    for (int i = 0; i < table.childrenLength() && TypeReader.hasChildren(type); i++) {
      children.add(field(table.children(i), path));
    }
    types.requireChildren(type, children);
    Metadata.Builder metadata = Metadata.builder();
    for (int i = 0; i < table.customMetadataLength(); i++) {
      add(metadata, table.customMetadata(i));
    }
    return new Field(
        name, table.nullable(), type, dictionary(table, types), children, metadata.build());
  }

  private @Nullable DictionaryEncoding dictionary(
      org.apache.arrow.flatbuf.Field table, TypeReader types) {
    org.apache.arrow.flatbuf.DictionaryEncoding encoding = table.dictionary();
    if (encoding == null) {
      return null;
    }
    if (encoding.dictionaryKind() != DictionaryKind.DenseArray) {
      throw types.unsupported("a dictionary of kind " + encoding.dictionaryKind());
    }
    Int index = encoding.indexType();
    ArrowType.Int indexType = index == null ? new ArrowType.Int(32, true) : types.integer(index);
    return new DictionaryEncoding(encoding.id(), indexType, encoding.isOrdered());
  }

  private static void add(Metadata.Builder metadata, KeyValue pair) {
    metadata.add(bytes(pair.keyAsByteBuffer()), bytes(pair.valueAsByteBuffer()));
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] copy = new byte[from.remaining()];
    from.get(copy);
    return copy;
  }

  /** Returns text; what is no UTF-8 becomes replacement characters. */
  public static String text(@Nullable ByteBuffer utf8) {
    return utf8 == null ? "" : StandardCharsets.UTF_8.decode(utf8).toString();
  }
}
