package io.nanoarrow.pure.encode;

import com.google.flatbuffers.FlatBufferBuilder;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import org.apache.arrow.flatbuf.DictionaryKind;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Int;

/** Schema tables, in messages and in footers. */
final class SchemaWriter {
  private final FlatBufferBuilder out;

  private SchemaWriter(FlatBufferBuilder out) {
    this.out = out;
  }

  /** Writes a table and returns its place. */
  static int write(FlatBufferBuilder out, Schema schema) {
    SchemaWriter writer = new SchemaWriter(out);
    int[] columns = schema.fields().stream().mapToInt(writer::field).toArray();
    int fields = org.apache.arrow.flatbuf.Schema.createFieldsVector(out, columns);
    int metadata = Texts.keyValues(out, schema.metadata());
    return org.apache.arrow.flatbuf.Schema.createSchema(
        out, Endianness.Little, fields, metadata, 0);
  }

  private int field(Field field) {
    int[] below = field.children().stream().mapToInt(this::field).toArray();
    int children = org.apache.arrow.flatbuf.Field.createChildrenVector(out, below);
    int name = Texts.text(out, field.name());
    int metadata = Texts.keyValues(out, field.metadata());
    int dictionary = field.dictionary() == null ? 0 : dictionary(field.dictionary());
    int type = TypeWriter.write(out, field.type());
    byte number = TypeWriter.number(field.type());
    return org.apache.arrow.flatbuf.Field.createField(
        out, name, field.nullable(), number, type, dictionary, children, metadata);
  }

  private int dictionary(DictionaryEncoding encoding) {
    int index = Int.createInt(out, encoding.indexType().bitWidth(), encoding.indexType().signed());
    return org.apache.arrow.flatbuf.DictionaryEncoding.createDictionaryEncoding(
        out, encoding.id(), index, encoding.ordered(), DictionaryKind.DenseArray);
  }
}
