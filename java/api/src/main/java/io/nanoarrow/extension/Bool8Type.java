package io.nanoarrow.extension;

import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;

/** arrow.bool8: a byte, 0 for false and any other for true. */
public final class Bool8Type implements ExtensionType<Boolean> {
  /** The name of the type. */
  public static final String NAME = "arrow.bool8";

  /** The type. */
  public static final Bool8Type INSTANCE = new Bool8Type();

  private static final ArrowType STORAGE = new ArrowType.Int(8, true);

  private Bool8Type() {}

  static Bool8Type parse(String metadata) {
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
  public ExtensionReader<Boolean> reader(Column column) {
    requireStorage(column.field());
    return row -> column.getObject(row) instanceof Number value ? value.byteValue() != 0 : null;
  }

  @Override
  public ExtensionAppender<Boolean> appender(ColumnBuilder builder) {
    requireStorage(builder.field());
    return value -> builder.appendObject(value == null ? null : (byte) (value ? 1 : 0));
  }
}
