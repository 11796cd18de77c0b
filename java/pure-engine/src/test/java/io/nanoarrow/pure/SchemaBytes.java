package io.nanoarrow.pure;

import com.google.flatbuffers.FlatBufferBuilder;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Map;
import org.apache.arrow.flatbuf.Null;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Union;

/** Writes schemas as flatbuffers, for tests. */
final class SchemaBytes {
  private final FlatBufferBuilder out;

  private SchemaBytes(FlatBufferBuilder out) {
    this.out = out;
  }

  static int write(FlatBufferBuilder out, Schema schema, short endianness) {
    SchemaBytes writer = new SchemaBytes(out);
    int fields =
        org.apache.arrow.flatbuf.Schema.createFieldsVector(
            out, schema.fields().stream().mapToInt(writer::field).toArray());
    int metadata = metadata(out, schema.metadata());
    return org.apache.arrow.flatbuf.Schema.createSchema(out, endianness, fields, metadata, 0);
  }

  static int metadata(FlatBufferBuilder out, Metadata metadata) {
    if (metadata.isEmpty()) {
      return 0;
    }
    int[] pairs =
        metadata.entries().stream()
            .mapToInt(
                e ->
                    KeyValue.createKeyValue(
                        out, out.createString(e.key()), out.createString(e.value())))
            .toArray();
    return org.apache.arrow.flatbuf.Schema.createCustomMetadataVector(out, pairs);
  }

  private int field(Field field) {
    int name = out.createString(field.name());
    int[] children = field.children().stream().mapToInt(this::field).toArray();
    int childVector = org.apache.arrow.flatbuf.Field.createChildrenVector(out, children);
    int metadata = metadata(out, field.metadata());
    int dictionary = 0;
    if (field.dictionary() != null) {
      ArrowType.Int index = field.dictionary().indexType();
      int indexType = Int.createInt(out, index.bitWidth(), index.signed());
      dictionary =
          DictionaryEncoding.createDictionaryEncoding(
              out, field.dictionary().id(), indexType, field.dictionary().ordered(), (short) 0);
    }
    byte number = number(field.type());
    int type = type(field.type());
    return org.apache.arrow.flatbuf.Field.createField(
        out, name, field.nullable(), number, type, dictionary, childVector, metadata);
  }

  private static byte number(ArrowType type) {
    String name = type.getClass().getSimpleName();
    String flat =
        switch (name) {
          case "ListType" -> "List";
          case "MapType" -> "Map";
          case "Struct" -> "Struct_";
          default -> name;
        };
    for (byte i = 0; i < Type.names.length; i++) {
      if (Type.names[i].equals(flat)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private int type(ArrowType type) {
    if (type instanceof ArrowType.Int t) {
      return Int.createInt(out, t.bitWidth(), t.signed());
    } else if (type instanceof ArrowType.FloatingPoint t) {
      return FloatingPoint.createFloatingPoint(out, (short) t.precision().ordinal());
    } else if (type instanceof ArrowType.Decimal t) {
      return Decimal.createDecimal(out, t.precision(), t.scale(), t.bitWidth());
    } else if (type instanceof ArrowType.Date t) {
      return Date.createDate(out, (short) t.unit().ordinal());
    } else if (type instanceof ArrowType.Time t) {
      return Time.createTime(out, (short) t.unit().ordinal(), t.bitWidth());
    } else if (type instanceof ArrowType.Timestamp t) {
      int zone = t.timezone() == null ? 0 : out.createString(t.timezone());
      return Timestamp.createTimestamp(out, (short) t.unit().ordinal(), zone);
    } else if (type instanceof ArrowType.Duration t) {
      return Duration.createDuration(out, (short) t.unit().ordinal());
    } else if (type instanceof ArrowType.Interval t) {
      return Interval.createInterval(out, (short) t.unit().ordinal());
    } else if (type instanceof ArrowType.FixedSizeBinary t) {
      return FixedSizeBinary.createFixedSizeBinary(out, t.byteWidth());
    } else if (type instanceof ArrowType.FixedSizeList t) {
      return FixedSizeList.createFixedSizeList(out, t.listSize());
    } else if (type instanceof ArrowType.MapType t) {
      return Map.createMap(out, t.keysSorted());
    } else if (type instanceof ArrowType.Union t) {
      int[] ids = t.typeIds().stream().mapToInt(Integer::intValue).toArray();
      return Union.createUnion(
          out, (short) t.mode().ordinal(), Union.createTypeIdsVector(out, ids));
    }
    Null.startNull(out);
    return Null.endNull(out);
  }
}
