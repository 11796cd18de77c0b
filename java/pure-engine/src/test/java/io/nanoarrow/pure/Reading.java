package io.nanoarrow.pure;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** Reads with the engine under test. */
final class Reading {
  static final ReadOptions PURE = ReadOptions.builder().engine("pure").build();

  private Reading() {}

  static BatchReader stream(byte[] bytes) throws IOException {
    return ArrowIpc.openStream(ByteBuffer.wrap(bytes), PURE);
  }

  static BatchReader file(byte[] bytes) throws IOException {
    return ArrowIpc.openFile(ByteBuffer.wrap(bytes), PURE);
  }

  /** Returns every value of every batch, column by column. */
  static List<List<Object>> values(BatchReader open) throws IOException {
    List<List<Object>> all = new ArrayList<>();
    try (BatchReader reader = open) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        try (RecordBatch each = batch) {
          for (int i = 0; i < each.columnCount(); i++) {
            all.add(values(each.column(i)));
          }
        }
      }
    }
    return all;
  }

  static List<Object> values(Column column) {
    List<Object> values = new ArrayList<>();
    for (long row = 0; row < column.length(); row++) {
      values.add(column.getObject(row));
    }
    return values;
  }

  static List<List<Object>> streamValues(byte[]... parts) throws IOException {
    return values(stream(Wire.concat(parts)));
  }

  static ArrowFormatException fails(Executable reading) {
    return Assertions.assertThrows(ArrowFormatException.class, reading);
  }
}
