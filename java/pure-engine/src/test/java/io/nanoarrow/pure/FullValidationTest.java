package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.TimeUnit;
import io.nanoarrow.schema.UnionMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Content that decodes and is wrong: read without complaint by default, refused by FULL. */
class FullValidationTest {
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final ReadOptions HARDENED =
      ReadOptions.hardened().toBuilder().engine("pure").build();

  private static void read(byte[] stream, ReadOptions options) throws IOException {
    try (BatchReader reader = ArrowIpc.openStream(ByteBuffer.wrap(stream), options)) {
      reader.forEachBatch(RecordBatch::rowCount);
    }
  }

  private static void valid(Schema schema, BatchSpec spec) throws IOException {
    read(Wire.stream(schema, Wire.batch(spec)), HARDENED);
  }

  private static void refused(Schema schema, BatchSpec spec, String path, long row, String detail)
      throws IOException {
    byte[] stream = Wire.stream(schema, Wire.batch(spec));
    read(stream, Reading.PURE);
    ArrowFormatException e = Reading.fails(() -> read(stream, HARDENED));
    assertEquals(detail, e.detail());
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
    assertEquals(path, e.columnPath());
    assertEquals(row, e.row());
    assertTrue(e.byteOffset() > 0, e.getMessage());
  }

  private static Schema one(ArrowType type, Field... children) {
    return Schema.of(Field.of("c", type, children));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static BatchSpec text(int[] offsets, byte[] data) {
    return BatchSpec.rows(2).node(2, 0).buffer().ints(offsets).buffer(data);
  }

  @Test
  void offsets() throws IOException {
    Schema schema = one(new ArrowType.Binary());
    valid(schema, text(new int[] {0, 1, 3}, utf8("abc")));
    refused(schema, text(new int[] {0, 2, 1}, utf8("abc")), "c", 1, "offsets that fall");
    refused(schema, text(new int[] {0, 4, 4}, utf8("abc")), "c", 0, "an offset beyond the values");
    refused(schema, text(new int[] {-1, 0, 1}, utf8("abc")), "c", 0, "a negative offset");
  }

  @Test
  void strings() throws IOException {
    Schema schema = one(new ArrowType.Utf8());
    valid(schema, text(new int[] {0, 8, 12}, utf8("12345678\u20ac!")));
    refused(
        schema,
        text(new int[] {0, 8, 11}, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 'a', (byte) 0xC3, 'b'}),
        "c",
        1,
        "a string that is not UTF-8");
    refused(
        schema,
        text(new int[] {0, 1, 2}, utf8("\u00e9")), // cut between the rows
        "c",
        0,
        "a string that is not UTF-8");
  }

  @Test
  void nullCounts() throws IOException {
    Schema schema = one(INT32);
    valid(schema, BatchSpec.rows(2).node(2, 1).buffer((byte) 2).ints(1, 2));
    refused(
        schema,
        BatchSpec.rows(2).node(2, 2).buffer((byte) 2).ints(1, 2),
        "c",
        -1,
        "a null count that is not that of the bitmap");
  }

  @Test
  void listsOfStructs() throws IOException {
    Schema schema =
        one(
            new ArrowType.ListType(),
            Field.of("item", new ArrowType.Struct(), Field.of("x", new ArrowType.Utf8())));
    BatchSpec good = nested(2, utf8("ab"));
    valid(schema, good);
    refused(schema, nested(3, utf8("ab")), "c", 0, "an offset beyond the values");
    refused(
        schema,
        nested(2, new byte[] {'a', (byte) 0xFF}),
        "c.item.x",
        1,
        "a string that is not UTF-8");
  }

  private static BatchSpec nested(int listEnd, byte[] data) {
    return BatchSpec.rows(1)
        .node(1, 0)
        .buffer()
        .ints(0, listEnd)
        .node(2, 0)
        .buffer()
        .node(2, 0)
        .buffer()
        .ints(0, 1, 2)
        .buffer(data);
  }

  @Test
  void listViews() throws IOException {
    Schema schema = one(new ArrowType.ListView(), Field.of("item", INT32));
    valid(schema, listView(1, 2));
    refused(schema, listView(2, 2), "c", 0, "a list outside the values");
    refused(schema, listView(-1, 2), "c", 0, "a list outside the values");
    refused(schema, listView(0, -1), "c", 0, "a list outside the values");
  }

  private static BatchSpec listView(int offset, int size) {
    return BatchSpec.rows(1)
        .node(1, 0)
        .buffer()
        .ints(offset)
        .ints(size)
        .node(3, 0)
        .buffer()
        .ints(1, 2, 3);
  }

  @Test
  void views() throws IOException {
    Schema schema = one(new ArrowType.BinaryView());
    valid(schema, view(13, 0x64636261, 0, 0));
    valid(schema, view(2, 0x6261, 0, 0));
    refused(schema, view(13, 0x64636261, 1, 0), "c", 0, "a view into a buffer that is not there");
    refused(schema, view(13, 0x64636261, 0, 1), "c", 0, "a view beyond its buffer");
    refused(schema, view(13, 0, 0, 0), "c", 0, "a view whose prefix is not that of its data");
    refused(schema, view(2, 0x646261, 0, 0), "c", 0, "a view that is not padded with zeros");
    refused(schema, view(-2, 0, 0, 0), "c", 0, "a view of negative size");
  }

  private static BatchSpec view(int size, int prefix, int index, int offset) {
    return BatchSpec.rows(1)
        .node(1, 0)
        .buffer()
        .ints(size, prefix, index, offset)
        .buffer(utf8("abcdefghijklm"))
        .variadic(1);
  }

  @Test
  void unions() throws IOException {
    Schema schema =
        one(
            new ArrowType.Union(UnionMode.DENSE, List.of(5, 7)),
            Field.of("a", INT32),
            Field.of("b", INT32));
    valid(schema, union(7, 1));
    refused(schema, union(6, 1), "c", 0, "a type id that the union does not have");
    refused(schema, union(5, 1), "c", 0, "an offset beyond the child of its type");
    refused(schema, union(7, -1), "c", 0, "an offset beyond the child of its type");
  }

  private static BatchSpec union(int typeId, int offset) {
    return BatchSpec.rows(1)
        .node(1, 0)
        .buffer((byte) typeId)
        .ints(offset)
        .node(1, 0)
        .buffer()
        .ints(1)
        .node(2, 0)
        .buffer()
        .ints(1, 2);
  }

  @Test
  void runEnds() throws IOException {
    Schema schema =
        one(
            new ArrowType.RunEndEncoded(),
            new Field("run_ends", false, INT32, null, List.of(), Metadata.EMPTY),
            Field.of("values", INT32));
    valid(schema, runs(1, 4));
    refused(schema, runs(2, 2), "c.run_ends", 1, "a run end that does not rise");
    refused(schema, runs(1, 3), "c.run_ends", -1, "run ends before the last row");
  }

  private static BatchSpec runs(int first, int second) {
    return BatchSpec.rows(4)
        .node(4, 0)
        .node(2, 0)
        .buffer()
        .ints(first, second)
        .node(2, 0)
        .buffer()
        .ints(10, 20);
  }

  @Test
  void decimals() throws IOException {
    Schema schema = one(new ArrowType.Decimal(3, 0, 64));
    valid(schema, BatchSpec.rows(2).node(2, 0).buffer().longs(999, -999));
    refused(
        schema,
        BatchSpec.rows(2).node(2, 0).buffer().longs(999, -1000),
        "c",
        1,
        "a decimal with more digits than its precision");
  }

  @Test
  void datesAndTimes() throws IOException {
    Schema date = one(new ArrowType.Date(DateUnit.MILLISECOND));
    valid(date, BatchSpec.rows(1).node(1, 0).buffer().longs(-86_400_000));
    refused(
        date,
        BatchSpec.rows(1).node(1, 0).buffer().longs(1),
        "c",
        0,
        "a date64 that is not a whole day");
    Schema time = one(new ArrowType.Time(TimeUnit.SECOND));
    valid(time, BatchSpec.rows(1).node(1, 0).buffer().ints(86_399));
    refused(
        time, BatchSpec.rows(1).node(1, 0).buffer().ints(86_400), "c", 0, "a time outside the day");
    Schema micros = one(new ArrowType.Time(TimeUnit.MICROSECOND));
    refused(
        micros, BatchSpec.rows(1).node(1, 0).buffer().longs(-1), "c", 0, "a time outside the day");
  }

  @Test
  void nullsMayHoldAnything() throws IOException {
    valid(
        one(new ArrowType.Time(TimeUnit.SECOND)),
        BatchSpec.rows(1).node(1, 1).buffer((byte) 0).ints(-5));
  }
}
