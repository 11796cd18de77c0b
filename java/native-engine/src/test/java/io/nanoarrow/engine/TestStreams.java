package io.nanoarrow.engine;

import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.i64;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.nested;
import static io.nanoarrow.testing.TestArrays.strings;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.c.ArrowArray;
import io.nanoarrow.c.ArrowArrayView;
import io.nanoarrow.c.ArrowBuffer;
import io.nanoarrow.c.ArrowError;
import io.nanoarrow.c.ArrowSchema;
import io.nanoarrow.c.IpcOutputStream;
import io.nanoarrow.c.IpcWriter;
import io.nanoarrow.c.Nanoarrow;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.naj.NativeLibrary;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.testing.TestArrays;
import java.util.ArrayList;
import java.util.List;

/** Streams and files for tests, written by nanoarrow. */
final class TestStreams {
  private TestStreams() {}

  /** Returns batches of columns n (int64), s (text with nulls), l (list of int32); counting up. */
  static List<RecordBatch> batches(int count, int rowCount) {
    List<RecordBatch> batches = new ArrayList<>();
    for (int b = 0; b < count; b++) {
      long[] numbers = new long[rowCount];
      String[] texts = new String[rowCount];
      long[] offsets = new long[rowCount + 1];
      Integer[] items = new Integer[2 * rowCount];
      for (int i = 0; i < rowCount; i++) {
        numbers[i] = (long) b * rowCount + i;
        texts[i] = i % 3 == 2 ? null : "text " + numbers[i];
        offsets[i + 1] = 2L * (i + 1);
        items[2 * i] = i;
        items[2 * i + 1] = i % 2 == 0 ? null : -i;
      }
      batches.add(
          TestArrays.batch(
              rowCount,
              named("n", array(new ArrowType.Int(64, true), rowCount, i64(numbers))),
              named("s", counted(strings(texts))),
              named(
                  "l",
                  nested(
                      new ArrowType.ListType(),
                      rowCount,
                      List.of(i32(offsets)),
                      named("item", counted(ints(items)))))));
    }
    return batches;
  }

  /** Counts the nulls: nanoarrow writes the count -1 as it is. */
  private static ColumnData counted(ColumnData data) {
    long nulls = 0;
    for (long i = 0; data.validity() != null && i < data.length(); i++) {
      nulls += data.validity().getBit(i) ? 0 : 1;
    }
    return new ColumnData(
        data.field(),
        data.length(),
        0,
        nulls,
        data.validity(),
        data.buffers(),
        data.children(),
        null);
  }

  /** Returns the stream of {@link #batches}. */
  static byte[] stream(int count, int rowCount) {
    return write(batches(count, rowCount), false);
  }

  /** Returns the file of {@link #batches}. */
  static byte[] file(int count, int rowCount) {
    return write(batches(count, rowCount), true);
  }

  /** Writes batches, of which there is at least one, and closes them. */
  static byte[] write(List<RecordBatch> takeBatches, boolean asFile) {
    NativeLibrary.load();
    try (ArrowBuffer bytes = new ArrowBuffer();
        IpcOutputStream output = new IpcOutputStream();
        IpcWriter writer = new IpcWriter();
        ArrowSchema schema = new ArrowSchema();
        ArrowError error = new ArrowError()) {
      new NativeCDataBridge().exportSchema(takeBatches.get(0).schema(), schema.address());
      ok(Nanoarrow.ArrowIpcOutputStreamInitBuffer(output, bytes), error);
      ok(Nanoarrow.ArrowIpcWriterInit(writer, output), error);
      if (asFile) {
        ok(Nanoarrow.ArrowIpcWriterStartFile(writer, error), error);
      }
      ok(Nanoarrow.ArrowIpcWriterWriteSchema(writer, schema, error), error);
      for (RecordBatch batch : takeBatches) {
        writeBatch(writer, schema, batch, error);
        batch.close();
      }
      if (asFile) {
        ok(Nanoarrow.ArrowIpcWriterFinalizeFile(writer, error), error);
      } else {
        ok(Nanoarrow.ArrowIpcWriterWriteArrayView(writer, null, error), error);
      }
      byte[] written = new byte[(int) bytes.size_bytes()];
      bytes.data().capacity(written.length).get(written);
      return written;
    }
  }

  private static void writeBatch(
      IpcWriter writer, ArrowSchema schema, RecordBatch batch, ArrowError error) {
    try (ArrowArray array = new ArrowArray();
        ArrowArrayView view = new ArrowArrayView()) {
      batch.exportBatch(array.address(), 0);
      ok(Nanoarrow.ArrowArrayViewInitFromSchema(view, schema, error), error);
      ok(Nanoarrow.ArrowArrayViewSetArray(view, array, error), error);
      ok(Nanoarrow.ArrowIpcWriterWriteArrayView(writer, view, error), error);
    }
  }

  private static void ok(int code, ArrowError error) {
    if (code != 0) {
      throw new AssertionError(code + " " + Nanoarrow.ArrowErrorMessage(error).getString());
    }
  }
}
