package io.nanoarrow.extension;

import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import java.nio.ByteBuffer;
import java.util.UUID;

/** arrow.uuid: 16 bytes, the most significant first. */
public final class UuidType implements ExtensionType<UUID> {
  /** The name of the type. */
  public static final String NAME = "arrow.uuid";

  /** The type. */
  public static final UuidType INSTANCE = new UuidType();

  private static final ArrowType STORAGE = new ArrowType.FixedSizeBinary(16);

  private UuidType() {}

  static UuidType parse(String metadata) {
    Parameters.requireNone(NAME, metadata);
    return INSTANCE;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String metadata() {
    return "";
  }

  @Override
  public void requireStorage(Field field) {
    if (!field.type().equals(STORAGE)) {
      throw ExtensionType.wrongStorage(NAME, STORAGE.toString(), field.type());
    }
  }

  @Override
  public Field field(String name) {
    return Extensions.field(Field.of(name, STORAGE), this);
  }

  @Override
  public ExtensionReader<UUID> reader(Column column) {
    requireStorage(column.field());
    return row -> {
      byte[] bytes = (byte[]) column.getObject(row);
      if (bytes == null) {
        return null;
      }
      ByteBuffer value = ByteBuffer.wrap(bytes);
      return new UUID(value.getLong(), value.getLong());
    };
  }

  @Override
  public ExtensionAppender<UUID> appender(ColumnBuilder builder) {
    requireStorage(builder.field());
    return value ->
        builder.appendObject(
            value == null
                ? null
                : ByteBuffer.allocate(16)
                    .putLong(value.getMostSignificantBits())
                    .putLong(value.getLeastSignificantBits())
                    .array());
  }
}
