package io.nanoarrow.build;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.testing.RandomValues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Builds one column and reads it back. */
final class Built {
  private Built() {}

  /** Returns the rows of a column that {@code fill} appended to; arrays of bytes as buffers. */
  static List<@Nullable Object> rows(Field field, Consumer<ColumnBuilder> fill) {
    try (BatchBuilder builder = BatchBuilder.of(Schema.of(field))) {
      fill.accept(builder.column(0));
      try (RecordBatch batch = builder.build()) {
        return rows(batch, 0);
      }
    }
  }

  static List<@Nullable Object> rows(ArrowType type, Consumer<ColumnBuilder> fill) {
    return rows(Field.of("f", type), fill);
  }

  static List<@Nullable Object> rows(RecordBatch batch, int column) {
    List<@Nullable Object> rows = new ArrayList<>();
    for (long row = 0; row < batch.rowCount(); row++) {
      rows.add(RandomValues.comparable(batch.column(column).getObject(row)));
    }
    return rows;
  }

  static ByteBuffer bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteBuffer.wrap(bytes);
  }
}
