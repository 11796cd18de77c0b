package io.nanoarrow.c;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import org.bytedeco.javacpp.BytePointer;

/** Streams for the tests of the bound API. */
final class IpcTestData {
  /**
   * Column s: dictionary-encoded utf8, two batches of ["a", "b", null, "a"] each. Written by
   * pyarrow.
   */
  static final byte[] DICTIONARY =
      decode(
          "/////5AAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAEAAAAvP///wQAAAABAAAAFAAAABAAGAAIAAYA"
              + "BwAMABAAFAAQAAAAAAABBRQAAABAAAAAHAAAAAQAAAAAAAAAAQAAAHMAAAAIAAgAAAAEAAgAAAAMAAAA"
              + "CAAMAAgABwAIAAAAAAAAASAAAAAEAAQABAAAAAAAAAD/////qAAAABQAAAAAAAAADAAUAAYABQAIAAwA"
              + "DAAAAAACBAAUAAAAGAAAAAAAAAAIAAoAAAAEAAgAAAAQAAAAAAAKABgADAAEAAgACgAAAEwAAAAQAAAA"
              + "AgAAAAAAAAAAAAAAAwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwAAAAAAAAAEAAAAAAAAAACAAAA"
              + "AAAAAAAAAAABAAAAAgAAAAAAAAAAAAAAAAAAAAAAAAABAAAAAgAAAAAAAABhYgAAAAAAAP////+IAAAA"
              + "FAAAAAAAAAAMABYABgAFAAgADAAMAAAAAAMEABgAAAAYAAAAAAAAAAAACgAYAAwABAAIAAoAAAA8AAAA"
              + "EAAAAAQAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAEAAAAAAAAACAAAAAAAAAAQAAAAAAAAAAAAAAABAAAA"
              + "BAAAAAAAAAABAAAAAAAAAAsAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAP////+IAAAAFAAAAAAAAAAMABYA"
              + "BgAFAAgADAAMAAAAAAMEABgAAAAYAAAAAAAAAAAACgAYAAwABAAIAAoAAAA8AAAAEAAAAAQAAAAAAAAA"
              + "AAAAAAIAAAAAAAAAAAAAAAEAAAAAAAAACAAAAAAAAAAQAAAAAAAAAAAAAAABAAAABAAAAAAAAAABAAAA"
              + "AAAAAAsAAAAAAAAAAAAAAAEAAAAAAAAAAAAAAP////8AAAAA");

  /** Column n: int64, one batch of 40 times 7, compressed. Written by pyarrow. */
  static final byte[] ZSTD =
      decode(
          "/////3gAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAEAAAAUAAAA"
              + "EAAUAAgABgAHAAwAAAAQABAAAAAAAAECEAAAABwAAAAEAAAAAAAAAAEAAABuAAAACAAMAAgABwAIAAAA"
              + "AAAAAUAAAAD/////oAAAABQAAAAAAAAADAAYAAYABQAIAAwADAAAAAADBAAcAAAAMAAAAAAAAAAAAAAA"
              + "DAAeABAABAAIAAwADAAAAFAAAAAkAAAAGAAAACgAAAAAAAAAAAAAAAAABgAIAAcABgAAAAAAAAECAAAA"
              + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKwAAAAAAAAAAAAAAAQAAACgAAAAAAAAAAAAAAAAAAABAAQAA"
              + "AAAAACi1L/1gQADNAABiBQSGEAAAAICqqqqqqqqqqqpqJ1QCAAMBAAAAAAD/////AAAAAA==");

  /** Column n: int64, one batch of 40 times 7, compressed. Written by pyarrow. */
  static final byte[] LZ4 =
      decode(
          "/////3gAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAMAAAACAAIAAAABAAIAAAABAAAAAEAAAAUAAAA"
              + "EAAUAAgABgAHAAwAAAAQABAAAAAAAAECEAAAABwAAAAEAAAAAAAAAAEAAABuAAAACAAMAAgABwAIAAAA"
              + "AAAAAUAAAAD/////mAAAABQAAAAAAAAADAAYAAYABQAIAAwADAAAAAADBAAcAAAAKAAAAAAAAAAAAAAA"
              + "DAAcABAABAAIAAwADAAAAEgAAAAcAAAAFAAAACgAAAAAAAAAAAAAAAQABAAEAAAAAgAAAAAAAAAAAAAA"
              + "AAAAAAAAAAAAAAAAAAAAACcAAAAAAAAAAAAAAAEAAAAoAAAAAAAAAAAAAAAAAAAAQAEAAAAAAAAEIk0Y"
              + "YECCEAAAACIHAAEADwgA/yFQAAAAAAAAAAAAAP////8AAAAA");

  private IpcTestData() {}

  private static byte[] decode(String base64) {
    return Base64.getDecoder().decode(base64);
  }

  static void ok(int code, ArrowError error) {
    assertEquals(
        0, code, () -> Errno.name(code) + " " + Nanoarrow.ArrowErrorMessage(error).getString());
  }

  static void ok(int code) {
    assertEquals(0, code, () -> Errno.name(code));
  }

  /** A struct with one int64 field "n". */
  static void initSchema(ArrowSchema schema) {
    Nanoarrow.ArrowSchemaInit(schema);
    ok(Nanoarrow.ArrowSchemaSetTypeStruct(schema, 1));
    ok(Nanoarrow.ArrowSchemaSetType(schema.children(0), Nanoarrow.NANOARROW_TYPE_INT64));
    ok(Nanoarrow.ArrowSchemaSetName(schema.children(0), "n"));
  }

  static void initArray(ArrowArray array, ArrowSchema schema, long... values) {
    try (ArrowError error = new ArrowError()) {
      ok(Nanoarrow.ArrowArrayInitFromSchema(array, schema, error), error);
      ok(Nanoarrow.ArrowArrayStartAppending(array));
      for (long value : values) {
        ok(Nanoarrow.ArrowArrayAppendInt(array.children(0), value));
        ok(Nanoarrow.ArrowArrayFinishElement(array));
      }
      ok(Nanoarrow.ArrowArrayFinishBuildingDefault(array, error), error);
    }
  }

  /** A batch stream of {@code batchCount} batches of {@code rowCount} rows, counting from 0. */
  static void initStream(ArrowArrayStream stream, int batchCount, int rowCount) {
    try (ArrowSchema schema = new ArrowSchema()) {
      initSchema(schema);
      ArrowArray[] arrays = new ArrowArray[batchCount];
      for (int b = 0; b < batchCount; b++) {
        long[] values = new long[rowCount];
        for (int i = 0; i < rowCount; i++) {
          values[i] = (long) b * rowCount + i;
        }
        arrays[b] = new ArrowArray();
        initArray(arrays[b], schema, values);
      }
      ok(Nanoarrow.ArrowBasicArrayStreamInit(stream, schema, batchCount));
      for (int b = 0; b < batchCount; b++) {
        Nanoarrow.ArrowBasicArrayStreamSetArray(stream, b, arrays[b]);
        arrays[b].close();
      }
    }
  }

  /** The bytes of an IPC stream of {@link #initStream}, written by nanoarrow. */
  static byte[] streamBytes(int batchCount, int rowCount) {
    try (ArrowBuffer bytes = new ArrowBuffer();
        IpcOutputStream output = new IpcOutputStream();
        IpcWriter writer = new IpcWriter();
        ArrowArrayStream batches = new ArrowArrayStream();
        ArrowError error = new ArrowError()) {
      initStream(batches, batchCount, rowCount);
      ok(Nanoarrow.ArrowIpcOutputStreamInitBuffer(output, bytes));
      ok(Nanoarrow.ArrowIpcWriterInit(writer, output));
      ok(Nanoarrow.ArrowIpcWriterWriteArrayStream(writer, batches, error), error);
      return toBytes(bytes);
    }
  }

  static byte[] toBytes(ArrowBuffer buffer) {
    byte[] bytes = new byte[(int) buffer.size_bytes()];
    buffer.data().capacity(bytes.length).get(bytes);
    return bytes;
  }

  static void append(ArrowBuffer buffer, byte[] bytes, int offset, int length) {
    try (BytePointer copy = new BytePointer(Math.max(1, length))) {
      copy.put(bytes, offset, length);
      ok(Nanoarrow.ArrowBufferAppend(buffer, copy, length));
    }
  }

  /** A view of the bytes from {@code offset}; valid while {@code memory} is. */
  static ArrowBufferView view(BytePointer memory, long offset, long length) {
    ArrowBufferView view = new ArrowBufferView();
    view.data(new ArrowBufferViewData().data(memory.getPointer(offset)));
    view.size_bytes(length);
    return view;
  }
}
