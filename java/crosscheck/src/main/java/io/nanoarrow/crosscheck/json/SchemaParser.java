package io.nanoarrow.crosscheck.json;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a schema. */
final class SchemaParser {
  private final JsonInput in;

  SchemaParser(JsonInput in) {
    this.in = in;
  }

  /** Reads the current value. */
  Schema schema() throws IOException {
    List<Field> fields = new ArrayList<>();
    Metadata.Builder metadata = Metadata.builder();
    in.object(
        key -> {
          switch (key) {
            case "fields" -> in.array(() -> fields.add(field()));
            case "metadata" -> in.array(() -> pair(metadata));
            default -> {
              return false;
            }
          }
          return true;
        });
    return new Schema(fields, metadata.build());
  }

  private Field field() throws IOException {
    FieldParts parts = new FieldParts();
    in.object(key -> key(key, parts));
    if (parts.type == null) {
      throw in.invalid("a field without a type");
    }
    checkChildren(parts.type, parts.children.size());
    return new Field(
        parts.name,
        parts.nullable,
        parts.type,
        parts.dictionary,
        parts.children,
        parts.metadata.build());
  }

  private static final class FieldParts {
    String name = "";
    boolean nullable = true;
    @Nullable ArrowType type;
    @Nullable DictionaryEncoding dictionary;
    final List<Field> children = new ArrayList<>();
    final Metadata.Builder metadata = Metadata.builder();
  }

  private boolean key(String key, FieldParts parts) throws IOException {
    switch (key) {
      case "name" -> parts.name = in.isNull() ? "" : in.text();
      case "nullable" -> parts.nullable = in.flag();
      case "type" -> parts.type = TypeParser.parse(in);
      case "children" -> in.array(() -> parts.children.add(field()));
      case "dictionary" -> parts.dictionary = in.isNull() ? null : dictionary();
      case "metadata" -> in.array(() -> pair(parts.metadata));
      default -> {
        return false;
      }
    }
    return true;
  }

  private DictionaryEncoding dictionary() throws IOException {
    long[] id = {0};
    ArrowType.Int[] indexType = {new ArrowType.Int(Integer.SIZE, true)};
    boolean[] ordered = {false};
    in.object(
        key -> {
          switch (key) {
            case "id" -> id[0] = in.integer();
            case "indexType" -> indexType[0] = TypeParser.parseIndexType(in);
            case "isOrdered" -> ordered[0] = in.flag();
            default -> {
              return false;
            }
          }
          return true;
        });
    return new DictionaryEncoding(id[0], indexType[0], ordered[0]);
  }

  private void pair(Metadata.Builder metadata) throws IOException {
    String[] pair = {"", ""};
    in.object(
        key -> {
          switch (key) {
            case "key" -> pair[0] = in.text();
            case "value" -> pair[1] = in.text();
            default -> {
              return false;
            }
          }
          return true;
        });
    metadata.add(Texts.utf8(in, pair[0]), Texts.utf8(in, pair[1]));
  }

  private void checkChildren(ArrowType type, int count) {
    boolean fits;
    if (type instanceof ArrowType.Struct) {
      fits = true;
    } else if (type instanceof ArrowType.Union union) {
      fits = count == union.typeIds().size();
    } else if (type instanceof ArrowType.RunEndEncoded) {
      fits = count == 2;
    } else {
      fits = count == (Storage.isRepeated(type) ? 1 : 0);
    }
    if (!fits) {
      throw in.invalid("a field with " + count + " children, which its type does not have");
    }
  }
}
