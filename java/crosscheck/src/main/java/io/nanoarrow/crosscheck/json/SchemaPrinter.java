package io.nanoarrow.crosscheck.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.List;

/** Writes a schema. */
final class SchemaPrinter {
  private final JsonGenerator out;

  SchemaPrinter(JsonGenerator out) {
    this.out = out;
  }

  void schema(Schema schema) throws IOException {
    out.writeStartObject();
    fields("fields", schema.fields());
    metadata(schema.metadata(), "");
    out.writeEndObject();
  }

  private void fields(String name, List<Field> fields) throws IOException {
    out.writeArrayFieldStart(name);
    for (Field field : fields) {
      out.writeStartObject();
      out.writeStringField("name", field.name());
      out.writeFieldName("type");
      type(field.type());
      out.writeBooleanField("nullable", field.nullable());
      fields("children", field.children());
      dictionary(field);
      metadata(field.metadata(), field.name());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void dictionary(Field field) throws IOException {
    DictionaryEncoding dictionary = field.dictionary();
    if (dictionary != null) {
      out.writeObjectFieldStart("dictionary");
      out.writeNumberField("id", dictionary.id());
      out.writeFieldName("indexType");
      type(dictionary.indexType());
      out.writeBooleanField("isOrdered", dictionary.ordered());
      out.writeEndObject();
    }
  }

  private void metadata(Metadata metadata, String path) throws IOException {
    if (metadata.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("metadata");
    for (Metadata.Entry entry : metadata.entries()) {
      out.writeStartObject();
      out.writeStringField("key", Texts.text(entry.keyBytes(), "metadata", path));
      out.writeStringField("value", Texts.text(entry.valueBytes(), "metadata", path));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private void type(ArrowType type) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", name(type));
    if (type instanceof ArrowType.Int integer) {
      out.writeBooleanField("isSigned", integer.signed());
      out.writeNumberField("bitWidth", integer.bitWidth());
    } else if (type instanceof ArrowType.FloatingPoint number) {
      out.writeStringField("precision", number.precision().name());
    } else if (type instanceof ArrowType.Decimal decimal) {
      out.writeNumberField("precision", decimal.precision());
      out.writeNumberField("scale", decimal.scale());
      out.writeNumberField("bitWidth", decimal.bitWidth());
    } else if (type instanceof ArrowType.Date date) {
      out.writeStringField("unit", date.unit().name());
    } else if (type instanceof ArrowType.Time time) {
      out.writeStringField("unit", time.unit().name());
      out.writeNumberField("bitWidth", time.bitWidth());
    } else if (type instanceof ArrowType.Timestamp timestamp) {
      out.writeStringField("unit", timestamp.unit().name());
      if (timestamp.timezone() != null) {
        out.writeStringField("timezone", timestamp.timezone());
      }
    } else if (type instanceof ArrowType.Duration duration) {
      out.writeStringField("unit", duration.unit().name());
    } else if (type instanceof ArrowType.Interval interval) {
      out.writeStringField("unit", interval.unit().name());
    } else {
      shape(type);
    }
    out.writeEndObject();
  }

  private void shape(ArrowType type) throws IOException {
    if (type instanceof ArrowType.FixedSizeBinary binary) {
      out.writeNumberField("byteWidth", binary.byteWidth());
    } else if (type instanceof ArrowType.FixedSizeList list) {
      out.writeNumberField("listSize", list.listSize());
    } else if (type instanceof ArrowType.MapType map) {
      out.writeBooleanField("keysSorted", map.keysSorted());
    } else if (type instanceof ArrowType.Union union) {
      out.writeStringField("mode", union.mode().name());
      out.writeArrayFieldStart("typeIds");
      for (int id : union.typeIds()) {
        out.writeNumber(id);
      }
      out.writeEndArray();
    }
  }

  private static String name(ArrowType type) {
    if (type instanceof ArrowType.ListType) {
      return "list";
    } else if (type instanceof ArrowType.MapType) {
      return "map";
    }
    // The others are named by their records: FixedSizeBinary is "fixedsizebinary".
    return type.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }
}
