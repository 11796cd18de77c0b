package io.nanoarrow.pure.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.testing.TestArrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Arrays whose numbers point outside their buffers: refused where they are followed. */
class HostileRowsTest {
  private static void refused(ColumnData column, long row, String detail) {
    refused(Written.rows(column), column.field(), "f", row, detail);
  }

  private static void refused(BatchRows rows, Field field, String path, long row, String detail) {
    try (EngineEncoder encoder = Written.encoder(Schema.of(field), WriteOptions.DEFAULT)) {
      ArrowFormatException e =
          assertThrows(ArrowFormatException.class, () -> encoder.batch(0, rows, Metadata.EMPTY));
      assertEquals(detail, e.detail());
      assertEquals(ErrorKind.INVALID_DATA, e.kind());
      assertEquals(path, e.columnPath());
      assertEquals(row, e.row());
    }
  }

  private static ColumnData text(long... offsets) {
    return TestArrays.array(
        new ArrowType.Utf8(), offsets.length - 1, TestArrays.i32(offsets), TestArrays.text("abc"));
  }

  @Test
  void offsets() {
    refused(text(-1, 0, 1), 0, "a negative offset");
    refused(text(0, 1, 4), 1, "an offset beyond the values");
    refused(text(2, 2, 1), 1, "offsets that fall");
    refused(text(1, 0, 2), 0, "offsets that fall");
  }

  @Test
  void itemsOfLists() {
    ColumnData list =
        TestArrays.nested(
            new ArrowType.ListType(), 1, List.of(TestArrays.i32(0, 4)), TestArrays.ints(1, 2, 3));
    refused(list, 0, "an offset beyond the values");
  }

  @Test
  void listViews() {
    for (long[] view : new long[][] {{-1, 1}, {0, -1}, {3, 1}, {2, 2}}) {
      ColumnData list =
          TestArrays.nested(
              new ArrowType.ListView(),
              1,
              List.of(TestArrays.i32(view[0]), TestArrays.i32(view[1])),
              TestArrays.ints(1, 2, 3));
      refused(list, 0, "a list outside the values");
    }
  }

  @Test
  void views() {
    for (long[] view : new long[][] {{13, 0, 1, 0}, {13, 0, -1, 0}}) {
      refused(view(view), 0, "a view into a buffer that is not there");
    }
    for (long[] view : new long[][] {{13, 0, 0, 1}, {13, 0, 0, -1}, {14, 0, 0, 0}}) {
      refused(view(view), 0, "a view beyond its buffer");
    }
    refused(view(-1, 0, 0, 0), 0, "a view of negative size");
  }

  private static ColumnData view(long... view) {
    return TestArrays.array(
        new ArrowType.BinaryView(), 1, TestArrays.views(view), TestArrays.text("abcdefghijklm"));
  }

  @Test
  void unions() {
    ColumnData[] children = {TestArrays.ints(1, 2)};
    ArrowType dense = new ArrowType.Union(UnionMode.DENSE, List.of(5));
    ArrowType sparse = new ArrowType.Union(UnionMode.SPARSE, List.of(5));
    for (long offset : new long[] {-1, 2}) {
      ColumnData union =
          TestArrays.nested(dense, 1, List.of(TestArrays.i8(5), TestArrays.i32(offset)), children);
      refused(union, 0, "an offset beyond the child of its type");
    }
    for (long typeId : new long[] {4, -1}) {
      String detail = "a type id that the union does not have";
      List<io.nanoarrow.memory.ArrowBuffer> buffers =
          List.of(TestArrays.i8(5, typeId), TestArrays.i32(0, 0));
      refused(TestArrays.nested(dense, 2, buffers, children), 1, detail);
      refused(TestArrays.nested(sparse, 2, buffers.subList(0, 1), children), 1, detail);
    }
  }

  @Test
  void runs() {
    refusedRuns(TestArrays.i32(1, 1, 4), 1, "a run end that does not rise");
    refusedRuns(TestArrays.i32(1, 2, 3), -1, "run ends before the last row");
  }

  private static void refusedRuns(io.nanoarrow.memory.ArrowBuffer ends, long row, String detail) {
    Field endField =
        new Field("run_ends", false, new ArrowType.Int(32, true), null, List.of(), Metadata.EMPTY);
    ColumnData runEnds = new ColumnData(endField, 3, 0, 0, null, List.of(ends), List.of(), null);
    ColumnData runs =
        TestArrays.nested(
            new ArrowType.RunEndEncoded(), 4, List.of(), runEnds, TestArrays.ints(7, 8, 9));
    refused(Written.rows(runs), runs.field(), "f.run_ends", row, detail);
  }

  @Test
  void childrenOfAStruct() {
    ColumnData struct =
        TestArrays.nested(new ArrowType.Struct(), 3, List.of(), TestArrays.ints(1, 2));
    refused(Written.rows(struct), struct.field(), "f.f", -1, "has 2 rows, its parent needs more");
  }

  @Test
  void buffersTooShort() {
    ColumnData ints = TestArrays.array(new ArrowType.Int(32, true), 3, TestArrays.i32(1, 2));
    refused(ints, -1, "a buffer of 8 bytes is too short for its rows");
    ColumnData nulls = TestArrays.valid("1", TestArrays.ints(1, 2, 3, 4, 5, 6, 7, 8, 9));
    refused(nulls, -1, "a bitmap of 1 bytes is too short for its rows");
  }
}
