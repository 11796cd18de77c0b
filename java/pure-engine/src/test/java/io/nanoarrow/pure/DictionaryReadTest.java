package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.ReadStats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dictionaries: replaced, extended, shared, nested, missing. */
class DictionaryReadTest {
  private static final ArrowType.Int INT8 = new ArrowType.Int(8, true);
  private static final Schema SCHEMA = Schema.of(encoded("d", 1, new ArrowType.Utf8()));

  private static List<Sample> samples() {
    return Samples.all();
  }

  static Field encoded(String name, long id, ArrowType type, Field... children) {
    var encoding = new DictionaryEncoding(id, INT8, false);
    return new Field(name, true, type, encoding, List.of(children), Metadata.EMPTY);
  }

  static byte[] words(boolean delta, String... words) {
    int[] offsets = new int[words.length + 1];
    for (int i = 0; i < words.length; i++) {
      offsets[i + 1] = offsets[i] + words[i].length();
    }
    BatchSpec spec = BatchSpec.rows(words.length).node(words.length, 0).buffer().ints(offsets);
    spec.buffer(String.join("", words).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Wire.dictionary(1, delta, spec);
  }

  static byte[] indices(int... indices) {
    byte[] bytes = new byte[indices.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) indices[i];
    }
    return Wire.batch(BatchSpec.rows(bytes.length).node(bytes.length, 0).buffer().buffer(bytes));
  }

  @Test
  void replacedDictionaryLeavesEarlierBatchesAlone() throws IOException {
    byte[] bytes =
        Wire.stream(
            SCHEMA, words(false, "a", "b"), indices(0, 1), words(false, "c"), indices(0, 0));
    try (var reader = Reading.stream(bytes);
        var first = reader.next();
        var second = reader.next()) {
      assertEquals(List.of("c", "c"), Reading.values(second.column(0)));
      assertEquals(List.of("a", "b"), Reading.values(first.column(0)));
      assertEquals(new ReadStats(5, 2, 2, 0, 1, false), reader.stats());
    }
  }

  @Test
  void batchKeepsItsDictionaryAfterReplacementAndClose() throws IOException {
    byte[] bytes = Wire.stream(SCHEMA, words(false, "ab"), indices(0), words(false, "c"));
    var input = new Input.StreamInput(new ByteArrayInputStream(bytes), false);
    RecordBatch batch;
    try (BatchReader reader = ArrowIpc.openStream(input, Reading.PURE)) {
      batch = reader.next();
      assertNull(reader.next());
    }
    try (RecordBatch open = batch) {
      assertEquals('b', open.column(0).data().dictionary().buffers().get(1).asByteBuffer().get(1));
    }
  }

  @Test
  void deltasExtend() throws IOException {
    byte[] bytes =
        Wire.stream(
            SCHEMA,
            words(false, "a", "bb"),
            indices(1),
            words(true, "ccc"),
            words(true, "d", ""),
            indices(4, 3, 2, 1, 0));
    var reader = Reading.stream(bytes);
    assertEquals(
        List.of(List.of("bb"), List.of("", "d", "ccc", "bb", "a")), Reading.values(reader));
    assertEquals(2, reader.stats().dictionaryDeltas());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void deltasOfEveryLayout(Sample sample) throws IOException {
    Field field = sample.field();
    Schema schema =
        Schema.of(encoded("d", 1, field.type(), field.children().toArray(new Field[0])));
    byte[] part = Wire.dictionary(1, false, sample.batch());
    byte[] delta = Wire.dictionary(1, true, sample.batch());
    byte[] bytes = Wire.stream(schema, part, delta, delta, indices(0, 1, 2, 3, 4, 5, 6, 7, 8));
    List<Object> expected = new ArrayList<>(sample.values());
    expected.addAll(sample.values());
    expected.addAll(sample.values());
    assertEquals(List.of(expected), Reading.streamValues(bytes));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void deltasOfListsOfEveryLayout(Sample sample) throws IOException {
    Schema schema = Schema.of(encoded("d", 1, new ArrowType.ListType(), sample.field()));
    BatchSpec spec = BatchSpec.rows(1).node(1, 0).buffer().ints(1, 3);
    sample.content().accept(spec);
    byte[] part = Wire.dictionary(1, false, spec);
    byte[] delta = Wire.dictionary(1, true, spec);
    var item = sample.values().subList(1, 3);
    assertEquals(
        List.of(List.of(item, item)),
        Reading.streamValues(Wire.stream(schema, part, delta, indices(1, 0))));
  }

  @Test
  void filesTakeDeltasInTheFootersOrder() throws IOException {
    byte[] bytes =
        Wire.file(SCHEMA, Metadata.EMPTY, 2, words(false, "a"), words(true, "b"), indices(1, 0));
    assertEquals(List.of(List.of("b", "a")), Reading.values(Reading.file(bytes)));
  }

  @Test
  void filesHaveEachDictionaryOnce() {
    byte[] bytes =
        Wire.file(SCHEMA, Metadata.EMPTY, 2, words(false, "a"), words(false, "b"), indices(0));
    var e = Reading.fails(() -> Reading.values(Reading.file(bytes)));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
  }

  @Test
  void sharedDictionary() throws IOException {
    Schema schema =
        Schema.of(encoded("x", 1, new ArrowType.Utf8()), encoded("y", 1, new ArrowType.Utf8()));
    BatchSpec spec = BatchSpec.rows(1).node(1, 0).node(1, 0);
    spec.buffer().buffer((byte) 1).buffer().buffer((byte) 0);
    byte[] bytes = Wire.stream(schema, words(false, "a", "b"), Wire.batch(spec));
    assertEquals(List.of(List.of("b"), List.of("a")), Reading.streamValues(bytes));
  }

  @Test
  void sharedDictionaryOfTwoTypesIsInvalid() {
    Schema schema =
        Schema.of(encoded("x", 1, new ArrowType.Utf8()), encoded("y", 1, new ArrowType.Binary()));
    var e = Reading.fails(() -> Reading.streamValues(Wire.stream(schema)));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
  }

  @Test
  void nestedDictionarySeesTheInnerOneOfItsBatch() throws IOException {
    Schema schema =
        Schema.of(encoded("o", 2, new ArrowType.ListType(), encoded("i", 1, new ArrowType.Utf8())));
    byte[] outer =
        Wire.dictionary(
            2,
            false,
            BatchSpec.rows(2)
                .node(2, 0)
                .node(3, 0)
                .buffer()
                .ints(0, 1, 3)
                .buffer()
                .buffer((byte) 0, (byte) 1, (byte) 0));
    byte[] bytes =
        Wire.stream(
            schema,
            words(false, "a", "b"),
            outer,
            indices(1, 0),
            words(false, "c", "d"),
            indices(1));
    assertEquals(
        List.of(List.of(List.of("b", "a"), List.of("a")), List.of(List.of("d", "c"))),
        Reading.streamValues(bytes));
  }

  @Test
  void missingDictionaryIsInvalidUnlessAllIsNull() throws IOException {
    var e = Reading.fails(() -> Reading.streamValues(Wire.stream(SCHEMA, indices(0))));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
    assertEquals("d", e.columnPath());
    BatchSpec nulls = BatchSpec.rows(2).node(2, 2).buffer((byte) 0).buffer((byte) 0, (byte) 0);
    assertEquals(
        List.of(Arrays.asList(null, null), List.of("a")),
        Reading.streamValues(
            Wire.stream(SCHEMA, Wire.batch(nulls), words(false, "a"), indices(0))));
  }

  @Test
  void deltaWithoutABaseAndUnknownIdsAreInvalid() {
    for (byte[] message : List.of(words(true, "a"), Wire.dictionary(7, false, BatchSpec.rows(0)))) {
      var e = Reading.fails(() -> Reading.streamValues(Wire.stream(SCHEMA, message)));
      assertEquals(ErrorKind.INVALID_DATA, e.kind());
    }
  }
}
