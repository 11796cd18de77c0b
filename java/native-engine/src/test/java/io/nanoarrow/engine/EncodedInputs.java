package io.nanoarrow.engine;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** The streams and files of {@code data/}, written by pyarrow, and what their batches hold. */
final class EncodedInputs {
  private EncodedInputs() {}

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = EncodedInputs.class.getResourceAsStream("data/" + name)) {
      if (in == null) {
        throw new IOException("no test data " + name);
      }
      return in.readAllBytes();
    }
  }

  /** Returns the values of a column as text, {@code null} for nulls. */
  static List<String> values(RecordBatch batch, String path) {
    Column column = batch.column(path);
    List<String> values = new ArrayList<>();
    for (long row = 0; row < column.length(); row++) {
      Object value = column.getObject(row);
      values.add(value == null ? null : value.toString());
    }
    return values;
  }

  /** Returns column w of batch {@code k} of the growing dictionary. */
  static List<String> growing(int k) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i <= k; i++) {
      values.add("w" + i);
    }
    return values;
  }

  /** Returns column w of batch {@code k} of the replaced dictionaries. */
  static List<String> replaced(int k) {
    List<String> values = new ArrayList<>(List.of("b" + k + "-2", "b" + k + "-1", "b" + k + "-0"));
    values.add(null);
    return values;
  }

  /** Returns column w of batch {@code k} of the shared dictionary. */
  static List<String> shared(int k) {
    List<String> values = new ArrayList<>();
    for (int i = 40 * k; i < 40 * k + 40; i++) {
      values.add("w" + i % 7);
    }
    return values;
  }
}
