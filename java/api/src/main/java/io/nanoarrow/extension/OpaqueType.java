package io.nanoarrow.extension;

import io.nanoarrow.build.ColumnBuilder;
import io.nanoarrow.column.Column;
import io.nanoarrow.schema.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * arrow.opaque: a type of another system that Arrow has no name for, stored in any way; its values
 * are those of the storage, as {@link Column#getObject} gives them.
 *
 * @param typeName what the other system calls the type
 * @param vendorName the other system
 */
public record OpaqueType(String typeName, String vendorName) implements ExtensionType<Object> {
  /** The name of the type. */
  public static final String NAME = "arrow.opaque";

  static OpaqueType parse(String metadata) {
    Parameters parameters = Parameters.of(NAME, metadata);
    return new OpaqueType(parameters.text("type_name"), parameters.text("vendor_name"));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String metadata() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("type_name", typeName);
    parameters.put("vendor_name", vendorName);
    return MetadataJson.print(parameters);
  }

  @Override
  public void requireStorage(Field field) {}

  @Override
  public Field field(String name) {
    throw new UnsupportedOperationException(NAME + " can be stored as any type");
  }

  @Override
  public ExtensionReader<Object> reader(Column column) {
    return column::getObject;
  }

  @Override
  public ExtensionAppender<Object> appender(ColumnBuilder builder) {
    return builder::appendObject;
  }
}
