package io.nanoarrow.schema;

import java.nio.ByteOrder;

/** Schemas as text: one line a field, children indented by two. */
final class SchemaText {
  private SchemaText() {}

  static String of(Schema schema) {
    StringBuilder out = new StringBuilder();
    for (Field field : schema.fields()) {
      append(out, field, 0);
    }
    appendMetadata(out, schema.metadata(), 0);
    if (schema.byteOrder() != ByteOrder.LITTLE_ENDIAN) {
      out.append("-- byte order: big-endian\n");
    }
    return out.toString();
  }

  static String of(Field field) {
    StringBuilder out = new StringBuilder();
    append(out, field, 0);
    return out.toString().stripTrailing();
  }

  private static void append(StringBuilder out, Field field, int depth) {
    out.append("  ".repeat(depth)).append(field.name()).append(": ");
    DictionaryEncoding dictionary = field.dictionary();
    if (dictionary == null) {
      out.append(field.type());
    } else {
      out.append("dictionary<values=").append(field.type());
      out.append(", indices=").append(dictionary.indexType());
      out.append(", ordered=").append(dictionary.ordered());
      out.append(", id=").append(dictionary.id()).append('>');
    }
    if (!field.nullable()) {
      out.append(" not null");
    }
    out.append('\n');
    for (Field child : field.children()) {
      append(out, child, depth + 1);
    }
    appendMetadata(out, field.metadata(), depth + 1);
  }

  private static void appendMetadata(StringBuilder out, Metadata metadata, int depth) {
    for (Metadata.Entry entry : metadata.entries()) {
      out.append("  ".repeat(depth)).append("-- ").append(entry).append('\n');
    }
  }
}
