package io.nanoarrow.pure;

import io.nanoarrow.schema.Field;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One column with known values, for tests.
 *
 * @param content adds nodes, buffers and variadic counts
 * @param values as getObject gives them
 */
record Sample(Field field, Consumer<BatchSpec> content, List<Object> values) {
  static Sample of(Field field, Consumer<BatchSpec> content, Object... values) {
    return new Sample(field, content, Arrays.asList(values));
  }

  BatchSpec batch() {
    BatchSpec spec = BatchSpec.rows(values.size());
    content.accept(spec);
    return spec;
  }

  @Override
  public String toString() {
    return field.type() + (field.nullable() ? "" : " not null");
  }
}
