package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type and layout, from a stream and from a file. */
class LayoutReadTest {
  private static List<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void fromAStream(Sample sample) throws IOException {
    Schema schema = Schema.of(sample.field());
    byte[] bytes = Wire.stream(schema, Wire.batch(sample.batch()));
    assertEquals(List.of(sample.values()), Reading.streamValues(bytes));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void fromAFile(Sample sample) throws IOException {
    Schema schema = Schema.of(sample.field());
    byte[] bytes = Wire.file(schema, Metadata.EMPTY, 0, Wire.batch(sample.batch()));
    assertEquals(List.of(sample.values()), Reading.values(Reading.file(bytes)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void noRows(Sample sample) throws IOException {
    BatchSpec spec = BatchSpec.rows(0);
    BatchSpec full = sample.batch();
    full.nodes.forEach(node -> spec.node(0, 0));
    spec.variadic(new long[full.variadicCounts.length]);
    long variadic = Arrays.stream(full.variadicCounts).sum();
    for (int i = 0; i < full.buffers.size() - variadic; i++) {
      spec.buffer();
    }
    byte[] bytes = Wire.stream(Schema.of(sample.field()), Wire.batch(spec));
    assertEquals(List.of(List.of()), Reading.streamValues(bytes));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void besideOtherColumns(Sample sample) throws IOException {
    Schema schema = Schema.of(sample.field(), Field.of("n", new ArrowType.Int(32, true)));
    BatchSpec spec = sample.batch().node(3, 0).buffer().ints(1, 2, 3);
    assertEquals(
        List.of(sample.values(), List.of(1, 2, 3)),
        Reading.streamValues(Wire.stream(schema, Wire.batch(spec))));
  }

  @Test
  void fixedSizeBinaryOfWidthZero() throws IOException {
    Schema schema = Schema.of(Field.of("b", new ArrowType.FixedSizeBinary(0)));
    BatchSpec spec = BatchSpec.rows(2).node(2, 0).buffer().buffer();
    var values = Reading.streamValues(Wire.stream(schema, Wire.batch(spec)));
    assertEquals(2, values.get(0).size());
    assertEquals(0, ((byte[]) values.get(0).get(1)).length);
  }

  @Test
  void bitmapWithoutNullsIsIgnored() throws IOException {
    Schema schema = Schema.of(Field.of("n", new ArrowType.Int(32, true)));
    BatchSpec spec = BatchSpec.rows(2).node(2, 0).buffer((byte) 0).ints(3, 4);
    assertEquals(
        List.of(List.of(3, 4)), Reading.streamValues(Wire.stream(schema, Wire.batch(spec))));
  }

  private static byte[] schemaOfVersion4(Schema schema) {
    return Wire.frame(Wire.schemaMetadata(schema, (short) 3, (short) 0), new byte[0]);
  }

  @Test
  void unionOfVersion4HasABitmap() throws IOException {
    Field x = Field.of("x", new ArrowType.Int(32, true));
    Schema schema = Schema.of(Field.of("u", new ArrowType.Union(UnionMode.DENSE, List.of(3)), x));
    BatchSpec spec = BatchSpec.rows(2).node(2, 0).node(2, 0);
    spec.version = 3;
    spec.buffer((byte) 3).buffer((byte) 3, (byte) 3).ints(1, 0).buffer().ints(5, 6);
    assertEquals(
        List.of(List.of(6, 5)), Reading.streamValues(schemaOfVersion4(schema), Wire.batch(spec)));
  }

  @Test
  void nullsOfAUnionOfVersion4AreNull() throws IOException {
    Field x = Field.of("x", new ArrowType.Int(32, true));
    Schema schema = Schema.of(Field.of("u", new ArrowType.Union(UnionMode.SPARSE, List.of(3)), x));
    BatchSpec spec = BatchSpec.rows(2).node(2, 1).node(2, 0);
    spec.version = 3;
    spec.buffer((byte) 2).buffer((byte) 77, (byte) 3).buffer().ints(5, 6);
    assertEquals(
        Arrays.asList(null, 6),
        Reading.streamValues(schemaOfVersion4(schema), Wire.batch(spec)).get(0));
  }

  @Test
  void columnsWithoutAnyRowsHaveRows() throws IOException {
    byte[] bytes = Wire.stream(Schema.of(), Wire.batch(BatchSpec.rows(9)));
    try (var reader = Reading.stream(bytes);
        var batch = reader.next()) {
      assertEquals(9, batch.rowCount());
    }
  }

  @Test
  void otherVersionsAreUnsupported() {
    for (short version : new short[] {0, 2, 5, 99}) {
      byte[] metadata = Wire.schemaMetadata(Schema.of(), version, (short) 0);
      var e = Reading.fails(() -> Reading.streamValues(Wire.frame(metadata, new byte[0])));
      assertEquals(ErrorKind.UNSUPPORTED, e.kind());
    }
  }
}
