package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Input;
import io.nanoarrow.stats.MemoryStats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Bytes that nobody writes by accident: each is refused with its kind, none with another exception.
 */
class HostileTest {
  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final Schema NUMBERS = Schema.of(Field.of("n", INT32));
  private static final Schema LISTS =
      Schema.of(Field.of("l", new ArrowType.ListType(), Field.of("item", INT32)));

  private static BatchSpec numbers() {
    return BatchSpec.rows(2).node(2, 0).buffer().ints(1, 2);
  }

  private static ArrowFormatException refused(Schema schema, BatchSpec spec) {
    byte[] bytes = Wire.stream(schema, Wire.batch(spec));
    return Reading.fails(() -> Reading.streamValues(bytes));
  }

  private static void invalid(Consumer<BatchSpec> damage, String path) {
    BatchSpec spec = numbers();
    damage.accept(spec);
    ArrowFormatException e = refused(NUMBERS, spec);
    assertEquals(ErrorKind.INVALID_DATA, e.kind(), e.getMessage());
    assertEquals(path, e.columnPath());
    assertTrue(e.byteOffset() > 0, e.getMessage());
  }

  @Test
  void offsetAndLengthThatWrapAround() {
    invalid(b -> b.buffers.set(1, new long[] {0x7000000000000000L, 0x7000000000000000L}), "n");
    invalid(b -> b.buffers.set(1, new long[] {Long.MAX_VALUE, 8}), "n");
    invalid(b -> b.buffers.set(1, new long[] {8, Long.MAX_VALUE}), "n");
    invalid(b -> b.buffers.set(1, new long[] {-8, 8}), "n");
    invalid(b -> b.buffers.set(1, new long[] {0, -8}), "n");
    invalid(b -> b.buffers.set(1, new long[] {0, 9}), "n");
    invalid(b -> b.buffers.set(0, new long[] {9, 0}), "n");
  }

  @Test
  void lengthsThatNothingHolds() {
    for (long length : new long[] {1L << 58, 1L << 62, Long.MAX_VALUE, 3, -1, Long.MIN_VALUE}) {
      invalid(
          b -> {
            b.nodes.set(0, new long[] {length, 0});
            b.rowCount = Math.max(0, length);
          },
          "n");
    }
    BatchSpec negative = numbers();
    negative.rowCount = -1;
    assertEquals(ErrorKind.INVALID_DATA, refused(NUMBERS, negative).kind());
  }

  @Test
  void nullCountsOutOfRange() {
    invalid(b -> b.nodes.set(0, new long[] {2, -2}), "n");
    invalid(b -> b.nodes.set(0, new long[] {2, 3}), "n");
    invalid(b -> b.nodes.set(0, new long[] {2, 1}), "n");
  }

  @Test
  void countsThatDisagreeWithTheSchema() {
    invalid(b -> b.node(2, 0), null);
    invalid(b -> b.nodes.clear(), null);
    invalid(b -> b.buffers.remove(0), null);
    invalid(b -> b.buffer(), null);
    invalid(b -> b.variadic(0), null);
    invalid(b -> b.rowCount = 3, "n");
  }

  @Test
  void variadicCountsThatDisagree() {
    Schema views = Schema.of(Field.of("v", new ArrowType.Utf8View()));
    for (long count : new long[] {-1, 1, 5, 1L << 40, Long.MAX_VALUE}) {
      BatchSpec spec = BatchSpec.rows(1).node(1, 0).buffer().buffer(new byte[16]).variadic(count);
      assertEquals(ErrorKind.INVALID_DATA, refused(views, spec).kind());
    }
  }

  @Test
  void bodyLengthsOutOfRange() throws IOException {
    BatchSpec spec = numbers();
    spec.bodyLength = -1L;
    assertEquals(ErrorKind.INVALID_DATA, refused(NUMBERS, spec).kind());
    spec.bodyLength = Long.MIN_VALUE;
    assertEquals(ErrorKind.INVALID_DATA, refused(NUMBERS, spec).kind());
    spec.bodyLength = 1L << 58;
    assertEquals(ErrorKind.TRUNCATED, refused(NUMBERS, spec).kind());
    ReadOptions tight = Reading.PURE.toBuilder().maxBodyBytes(8).build();
    byte[] bytes = Wire.stream(NUMBERS, Wire.batch(StreamReadTest.batch()));
    var e = Reading.fails(() -> Reading.values(ArrowIpc.openStream(ByteBuffer.wrap(bytes), tight)));
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }

  @Test
  void announcedSizesAreNotAllocated() {
    BatchSpec spec = numbers();
    spec.bodyLength = 2_000_000_000L;
    byte[] body = Wire.stream(NUMBERS, Wire.batch(spec));
    byte[] header = {-1, -1, -1, -1, -1, -1, -1, 127};
    long before = MemoryStats.bodyBytesAllocated();
    for (byte[] bytes : new byte[][] {body, header}) {
      var input = new Input.StreamInput(new ByteArrayInputStream(bytes), false);
      var e = Reading.fails(() -> Reading.values(ArrowIpc.openStream(input, Reading.PURE)));
      assertEquals(ErrorKind.TRUNCATED, e.kind());
      assertEquals(bytes.length, e.byteOffset());
    }
    assertEquals(before, MemoryStats.bodyBytesAllocated());
  }

  @Test
  void metadataSizesOutOfRange() {
    for (byte[] prefix : new byte[][] {{-1, -1, -1, -1, -2, -1, -1, -1}, {0, 0, 0, -128}}) {
      var e = Reading.fails(() -> Reading.streamValues(prefix, new byte[64]));
      assertEquals(ErrorKind.INVALID_DATA, e.kind());
    }
    ReadOptions tight = Reading.PURE.toBuilder().maxMetadataBytes(16).build();
    var e =
        Reading.fails(
            () -> ArrowIpc.openStream(ByteBuffer.wrap(Wire.stream(NUMBERS)), tight).close());
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }

  @Test
  void childrenShorterThanTheirParents() {
    for (Sample sample : Samples.all()) {
      if (sample.field().children().isEmpty() || !isFixed(sample.field().type())) {
        continue;
      }
      BatchSpec spec = sample.batch();
      long[] child = spec.nodes.get(1);
      child[0]--;
      child[1] = Math.min(child[0], child[1]);
      var e = refused(Schema.of(sample.field()), spec);
      assertEquals(ErrorKind.INVALID_DATA, e.kind(), sample.toString());
      assertEquals("f." + sample.field().children().get(0).name(), e.columnPath());
    }
  }

  private static boolean isFixed(ArrowType type) {
    return type instanceof ArrowType.Struct
        || type instanceof ArrowType.FixedSizeList
        || type instanceof ArrowType.Union union
            && union.mode() == io.nanoarrow.schema.UnionMode.SPARSE;
  }

  @Test
  void everyFixedWidthBufferOneByteShort() {
    for (Sample sample : Samples.all()) {
      BatchSpec whole = sample.batch();
      for (int i = 0; i < whole.buffers.size(); i++) {
        BatchSpec spec = sample.batch();
        if (spec.buffers.get(i)[1] == 0 || isData(sample.field().type(), i)) {
          continue;
        }
        spec.buffers.get(i)[1]--;
        var e = refused(Schema.of(sample.field()), spec);
        assertEquals(ErrorKind.INVALID_DATA, e.kind(), sample + " buffer " + i);
      }
    }
  }

  /** What only offsets and views point into is checked where it is read. */
  private static boolean isData(ArrowType type, int buffer) {
    return type instanceof ArrowType.Utf8View && buffer > 1;
  }

  @Test
  void listsWithoutData() {
    BatchSpec spec = BatchSpec.rows(2).node(2, 0).node(0, 0);
    spec.buffer().buffer().buffer().buffer();
    assertEquals(ErrorKind.INVALID_DATA, refused(LISTS, spec).kind());
    BatchSpec far = BatchSpec.rows(1).node(1, 0).node(0, 0);
    far.buffer().ints(0, 5).buffer().buffer();
    assertEquals(ErrorKind.INVALID_DATA, refused(LISTS, far).kind());
  }

  @Test
  void hugeFixedSizeListsOfNothing() {
    Field nothing = Field.of("item", new ArrowType.Null());
    Schema schema = Schema.of(Field.of("l", new ArrowType.FixedSizeList(2_000_000_000), nothing));
    BatchSpec spec = BatchSpec.rows(1L << 60).node(1L << 60, 0).node(1L << 60, 0).buffer();
    assertEquals(ErrorKind.INVALID_DATA, refused(schema, spec).kind());
  }

  @Test
  void messagesOutOfPlace() {
    byte[] batch = Wire.batch(numbers());
    for (byte[] bytes :
        new byte[][] {
          batch, Wire.END, Wire.concat(Wire.schema(NUMBERS), Wire.schema(NUMBERS), batch)
        }) {
      var e = Reading.fails(() -> Reading.streamValues(bytes));
      assertEquals(ErrorKind.INVALID_DATA, e.kind());
    }
  }
}
