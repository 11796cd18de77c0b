package io.nanoarrow.build;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Field;
import java.util.List;

/** Builds a column of the null type: {@link #appendNull} is all there is. */
public final class NullBuilder extends ColumnBuilder {
  NullBuilder(Field field, String path, BuilderMemory memory) {
    super(field, path, memory, 0);
  }

  @Override
  Class<?> objectClass() {
    return Void.class;
  }

  @Override
  void putObject(Object value) {
    throw badClass(value);
  }

  @Override
  void putNull() {
    memory.ensureOpen();
    length++;
  }

  @Override
  void putDefault() {
    putNull();
  }

  @Override
  void truncate(long rows) {
    length = Math.min(length, rows);
  }

  @Override
  ColumnData finish(Output out) {
    ColumnData data = new ColumnData(field, length, 0, length, null, List.of(), List.of(), null);
    if (!out.isSharing()) {
      length = 0;
    }
    return data;
  }

  @Override
  void release() {
    length = 0;
  }
}
