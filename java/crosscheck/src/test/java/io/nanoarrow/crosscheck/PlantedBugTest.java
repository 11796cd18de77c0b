package io.nanoarrow.crosscheck;

import static io.nanoarrow.crosscheck.Arrays.array;
import static io.nanoarrow.crosscheck.Arrays.bytes;
import static io.nanoarrow.crosscheck.Arrays.int32;
import static io.nanoarrow.crosscheck.Arrays.ints;
import static io.nanoarrow.crosscheck.Arrays.list;
import static io.nanoarrow.crosscheck.Arrays.struct;
import static io.nanoarrow.crosscheck.Arrays.text;
import static io.nanoarrow.crosscheck.Arrays.utf8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One participant has one bug; the check must find it and name the right place. */
class PlantedBugTest {
  private static final Source SOURCE = Source.of("bytes", new byte[0]);

  private static String difference(Fake good, Fake bad) throws IOException {
    Report report = new CrossCheck(List.of(good, bad), false).run(SOURCE);
    assertEquals(Report.Verdict.DIFFERENT, report.verdict());
    assertEquals(1, report.differences().size());
    assertEquals(0, good.openBatches + bad.openBatches, "batches left open");
    return report.differences().get(0).toString();
  }

  private static String difference(ColumnData good, ColumnData bad) throws IOException {
    return difference(new Fake("a").batch(good), new Fake("b").batch(bad));
  }

  private static void assertSame(ColumnData a, ColumnData b) throws IOException {
    Report report =
        new CrossCheck(List.of(new Fake("a").batch(a), new Fake("b").batch(b)), false).run(SOURCE);
    assertEquals(List.of(), report.differences());
    assertEquals(Report.Verdict.IDENTICAL, report.verdict());
  }

  @Test
  void aFlippedByteIsFoundInItsBatchRowAndByte() throws IOException {
    Fake good = new Fake("a").batch(int32("x", null, 1, 2, 3)).batch(int32("x", null, 4, 5, 6));
    Fake bad = new Fake("b").batch(int32("x", null, 1, 2, 3)).batch(int32("x", null, 4, 261, 6));
    assertEquals(
        "batch 1, column x, data, row 1, byte 5: a 0x05000000, b 0x05010000",
        difference(good, bad));
  }

  @Test
  void aFlippedNullIsFoundBeforeTheValueUnderIt() throws IOException {
    ColumnData good = int32("x", bytes(0b111), 1, 2, 3);
    ColumnData bad =
        new ColumnData(
            good.field(), 3, 0, 0, bytes(0b101), List.of(ints(1, 99, 3)), List.of(), null);
    assertEquals("batch 0, column x, validity, row 1, byte 0: a 1, b 0", difference(good, bad));
  }

  @Test
  void aWrongNullCountIsFound() throws IOException {
    ColumnData good = int32("x", bytes(0b011), 1, 2, 3);
    ColumnData bad =
        new ColumnData(good.field(), 3, 0, 2, bytes(0b011), good.buffers(), List.of(), null);
    assertEquals("batch 0, column x, null count: a 1, b 2", difference(good, bad));
  }

  @Test
  void nullsPastBit64AreFound() throws IOException {
    int[] values = new int[200];
    int[] bitmap = new int[25];
    java.util.Arrays.fill(bitmap, 0xff);
    ColumnData good = int32("x", bytes(bitmap), values);
    bitmap[17] = 0b11101111;
    ColumnData bad = int32("x", bytes(bitmap), values);
    ColumnData sameCount =
        new ColumnData(bad.field(), 200, 0, 0, bad.validity(), bad.buffers(), List.of(), null);
    assertEquals(
        "batch 0, column x, validity, row 140, byte 17: a 1, b 0", difference(good, sameCount));
  }

  @Test
  void aWrongLengthIsFound() throws IOException {
    assertEquals(
        "batch 0, row count: a 3, b 2",
        difference(int32("x", null, 1, 2, 3), int32("x", null, 1, 2)));
  }

  @Test
  void aWrongLengthOfAChildIsFound() throws IOException {
    ColumnData good = list("l", null, int32("item", null, 1, 2, 3), 0, 2);
    ColumnData bad = list("l", null, int32("item", null, 1, 2), 0, 2);
    assertEquals("batch 0, column l.item, length: a 3, b 2", difference(good, bad));
  }

  @Test
  void aMissingBatchIsFound() throws IOException {
    Fake good = new Fake("a").batch(int32("x", null, 1)).batch(int32("x", null, 2));
    Fake bad = new Fake("b").batch(int32("x", null, 1));
    assertEquals(
        "batch count: a read 2 batches, 2 rows, b read 1 batches, 1 rows", difference(good, bad));
  }

  @Test
  void aChangedMetadataValueOfAFieldIsFound() throws IOException {
    Field field = Field.of("x", Arrays.INT32);
    Fake good = new Fake("a").fields(field.withMetadata(Metadata.of(Map.of("k", "v"))));
    Fake bad = new Fake("b").fields(field.withMetadata(Metadata.of(Map.of("k", "w"))));
    assertEquals("column x, metadata, pair 0: a \"k\"=\"v\", b \"k\"=\"w\"", difference(good, bad));
  }

  @Test
  void aValueCutAtANulIsFound() throws IOException {
    Fake good = new Fake("a").fields();
    good.schema = new Schema(List.of(), Metadata.of(Map.of("k", "a\0b")));
    Fake bad = new Fake("b").fields();
    bad.schema = new Schema(List.of(), Metadata.of(Map.of("k", "a")));
    assertEquals("schema metadata, pair 0: a \"k\"=0x610062, b \"k\"=\"a\"", difference(good, bad));
  }

  @Test
  void lostMetadataOfABatchAndOfAFooterIsFound() throws IOException {
    Fake good = new Fake("a").batch(int32("x", null, 1));
    good.batchMetadata.set(0, Metadata.of(Map.of("k", "v")));
    assertEquals(
        "batch 0, batch metadata: a 1 pairs, b 0 pairs",
        difference(good, new Fake("b").batch(int32("x", null, 1))));
    Fake footer = new Fake("a").fields();
    footer.footer = Metadata.of(Map.of("k", "v"));
    assertEquals(
        "footer metadata: a 1 pairs, b 0 pairs", difference(footer, new Fake("b").fields()));
  }

  @Test
  void schemasAreComparedDownToNullabilityAndDictionaries() throws IOException {
    Field field = Field.of("x", new ArrowType.Utf8());
    assertEquals(
        "column x, nullable: a true, b false",
        difference(new Fake("a").fields(field), new Fake("b").fields(field.withNullable(false))));
    ArrowType.Int index = new ArrowType.Int(8, true);
    Field one =
        new Field(
            "x",
            true,
            field.type(),
            new DictionaryEncoding(1, index, false),
            List.of(),
            Metadata.EMPTY);
    Field two =
        new Field(
            "x",
            true,
            field.type(),
            new DictionaryEncoding(2, index, false),
            List.of(),
            Metadata.EMPTY);
    assertEquals(
        "column x, dictionary id: a 1, b 2",
        difference(new Fake("a").fields(one), new Fake("b").fields(two)));
    assertEquals(
        "column s.y, type: a int32, b string",
        difference(
            new Fake("a")
                .fields(Field.of("s", new ArrowType.Struct(), Field.of("y", Arrays.INT32))),
            new Fake("b")
                .fields(Field.of("s", new ArrowType.Struct(), Field.of("y", field.type())))));
  }

  @Test
  void aWrongByteInAStringIsFoundWithItsRow() throws IOException {
    assertEquals(
        "batch 0, column s, data, row 2, byte 4: a 0x65, b 0x58",
        difference(
            utf8("s", null, "abcde", 0, 2, 3, 5, 5), utf8("s", null, "abcdX", 0, 2, 3, 5, 5)));
  }

  @Test
  void aMovedOffsetIsFound() throws IOException {
    assertEquals(
        "batch 0, column s, offsets, row 0, byte 0: a size 2, b size 1",
        difference(utf8("s", null, "abcde", 0, 2, 5), utf8("s", null, "abcde", 0, 1, 5)));
  }

  @Test
  void aWrongByteInANestedChildIsFoundByItsPath() throws IOException {
    ColumnData good = struct("s", null, 1, list("l", null, int32("item", null, 7, 8), 0, 2));
    ColumnData bad = struct("s", null, 1, list("l", null, int32("item", null, 7, 9), 0, 2));
    assertEquals(
        "batch 0, column s.l.item, data, row 1, byte 4: a 0x08000000, b 0x09000000",
        difference(good, bad));
  }

  @Test
  void aWrongTypeIdAndAWrongValueOfAUnionAreFound() throws IOException {
    assertEquals(
        "batch 0, column u, type ids, row 1, byte 1: a 7, b 5",
        difference(union(bytes(5, 7), 1, 2), union(bytes(5, 5), 1, 2)));
    assertEquals(
        "batch 0, column u.y, data, row 1, byte 4: a 0x02000000, b 0x03000000",
        difference(union(bytes(5, 7), 1, 2), union(bytes(5, 7), 1, 3)));
  }

  private static ColumnData union(io.nanoarrow.memory.ArrowBuffer ids, int... values) {
    ArrowType type = new ArrowType.Union(UnionMode.SPARSE, List.of(5, 7));
    ColumnData x = int32("x", null, values);
    ColumnData y = int32("y", null, values);
    return array(Field.of("u", type, x.field(), y.field()), 2, null, List.of(ids), x, y);
  }

  @Test
  void aWrongRunEndAndAWrongRunValueAreFound() throws IOException {
    assertEquals(
        "batch 0, column r, run ends, row 2: a 2, b 3", difference(runs(2, 4, 9), runs(3, 4, 9)));
    assertEquals(
        "batch 0, column r.values, data, row 1, byte 4: a 0x09000000, b 0x08000000",
        difference(runs(2, 4, 9), runs(2, 4, 8)));
  }

  private static ColumnData runs(int firstEnd, int secondEnd, int secondValue) {
    ColumnData ends = int32("run_ends", null, firstEnd, secondEnd);
    ColumnData values = int32("values", null, 1, secondValue);
    Field field = Field.of("r", new ArrowType.RunEndEncoded(), ends.field(), values.field());
    return array(field, 4, null, List.of(), ends, values);
  }

  @Test
  void aWrongIndexAndAWrongDictionaryAreFound() throws IOException {
    assertEquals(
        "batch 0, column d, indices, row 1, byte 1: a 0x01, b 0x00",
        difference(dictionary(bytes(0, 1), "ab"), dictionary(bytes(0, 0), "ab")));
    assertEquals(
        "batch 0, column d<dictionary>, data, row 1, byte 1: a 0x62, b 0x63",
        difference(dictionary(bytes(0, 1), "ab"), dictionary(bytes(0, 1), "ac")));
  }

  private static ColumnData dictionary(io.nanoarrow.memory.ArrowBuffer indices, String letters) {
    DictionaryEncoding encoding = new DictionaryEncoding(0, new ArrowType.Int(8, true), false);
    Field field = new Field("d", true, new ArrowType.Utf8(), encoding, List.of(), Metadata.EMPTY);
    ColumnData values = utf8("d", null, letters, 0, 1, 2);
    return new ColumnData(field, 2, 0, 0, null, List.of(indices), List.of(), values);
  }

  @Test
  void aWrongByteBehindAViewIsFound() throws IOException {
    assertEquals(
        "batch 0, column v, data, row 1, byte 12: a 0x6d, b 0x58",
        difference(views("abcdefghijklm"), views("abcdefghijklX")));
  }

  private static ColumnData views(String longText) {
    Field field = Field.of("v", new ArrowType.Utf8View());
    return array(field, 2, null, List.of(ints(1, 'z', 0, 0, 13, 0, 0, 0), text(longText)));
  }

  @Test
  void whatMeansNothingIsNotCompared() throws IOException {
    assertSame(int32("x", bytes(0b101), 1, 2, 3), int32("x", bytes(0b11111101), 1, 99, 3));
    assertSame(utf8("s", null, "abc", 0, 1, 3), utf8("s", null, "--abc--", 2, 3, 5));
    assertSame(utf8("s", bytes(0b10), "abc", 0, 1, 3), utf8("s", bytes(0b10), "xyzbc", 0, 3, 5));
    assertSame(
        list("l", bytes(0b10), int32("item", null, 1, 2), 0, 1, 2),
        list("l", bytes(0b10), int32("item", null, 9, 2), 0, 1, 2));
    assertSame(
        struct("s", bytes(0b01), 2, int32("x", null, 1, 2)),
        struct("s", bytes(0b01), 2, int32("x", null, 1, 9)));
    assertSame(int32("x", null, 1, 2), int32("x", bytes(0b11), 1, 2));
  }

  @Test
  void slicesAreComparedByTheirRows() throws IOException {
    ColumnData whole = int32("x", bytes(0b1011), 9, 1, 2, 3);
    assertSame(whole.slice(1, 3), int32("x", bytes(0b101), 1, 0, 3));
    assertEquals(
        "batch 0, column x, data, row 2, byte 8: a 0x03000000, b 0x04000000",
        difference(whole.slice(1, 3), int32("x", bytes(0b101), 1, 0, 4)));
  }

  @Test
  void allDifferencesAreFoundWhenAsked() throws IOException {
    Fake good = new Fake("a").batch(int32("x", null, 1, 2, 3), utf8("s", null, "abc", 0, 1, 2, 3));
    Fake bad = new Fake("b").batch(int32("x", null, 9, 2, 9), utf8("s", null, "abX", 0, 1, 2, 3));
    Report report = new CrossCheck(List.of(good, bad), true).run(SOURCE);
    assertEquals(
        List.of("x row 0", "x row 2", "s row 2"),
        report.differences().stream().map(d -> d.column() + " row " + d.row()).toList());
    assertEquals(3, report.differenceCount());
  }
}
