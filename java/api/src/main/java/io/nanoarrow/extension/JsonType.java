package io.nanoarrow.extension;

import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.util.Map;

/** arrow.json: a JSON text in UTF-8, which nobody here parses. */
public final class JsonType implements ExtensionType<String> {
  /** The name of the type. */
  public static final String NAME = "arrow.json";

  /** The type. */
  public static final JsonType INSTANCE = new JsonType("");

  private final String metadata;

  private JsonType(String metadata) {
    this.metadata = metadata;
  }

  /** Nothing, or an object whose fields do not matter for reading. */
  static JsonType parse(String metadata) {
    if (metadata.isEmpty()) {
      return INSTANCE;
    }
    if (!(MetadataJson.parse(metadata) instanceof Map)) {
      throw new IllegalArgumentException("the metadata of " + NAME + " is no JSON object");
    }
    return new JsonType(metadata);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String metadata() {
    return metadata;
  }

  @Override
  public void requireStorage(Field field) {
    boolean isText =
        field.type() instanceof ArrowType.Utf8
            || field.type() instanceof ArrowType.LargeUtf8
            || field.type() instanceof ArrowType.Utf8View;
    if (!isText) {
      throw ExtensionType.wrongStorage(NAME, "a utf8 type", field.type());
    }
  }

  @Override
  public Field field(String name) {
    return Extensions.field(Field.of(name, new ArrowType.Utf8()), this);
  }

  @Override
  public ExtensionReader<String> reader(Column column) {
    requireStorage(column.field());
    return row -> (String) column.getObject(row);
  }

  @Override
  public ExtensionAppender<String> appender(ColumnBuilder builder) {
    requireStorage(builder.field());
    return builder::appendObject;
  }
}
