package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.schema.UnionMode;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type and layout from senders whose numbers are big-endian. */
class BigEndianReadTest {
  private static List<Sample> samples() {
    return Samples.all();
  }

  static byte[] stream(Schema schema, byte[]... messages) {
    byte[] head = Wire.frame(Wire.schemaMetadata(schema, (short) 4, (short) 1), new byte[0]);
    return Wire.concat(head, Wire.concat(messages), Wire.END);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyLayout(Sample sample) throws IOException {
    BatchSpec spec = turned(sample, false);
    assertEquals(
        List.of(sample.values()),
        Reading.streamValues(stream(Schema.of(sample.field()), Wire.batch(spec))));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyLayoutInCompressedBodies(Sample sample) throws IOException {
    BatchSpec spec = turned(sample, true);
    spec.codec = 0;
    assertEquals(
        List.of(sample.values()),
        Reading.streamValues(stream(Schema.of(sample.field()), Wire.batch(spec))));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void dictionariesOfEveryLayout(Sample sample) throws IOException {
    Field type = sample.field();
    var encoding = new DictionaryEncoding(1, new ArrowType.Int(16, true), false);
    Field field = new Field("d", true, type.type(), encoding, type.children(), Metadata.EMPTY);
    byte[] values = Wire.dictionary(1, false, turned(sample, false));
    byte[] delta = Wire.dictionary(1, true, turned(sample, false));
    byte[] indices = {0, 2, 0, 3};
    byte[] batch = Wire.batch(BatchSpec.rows(2).node(2, 0).buffer().buffer(indices));
    assertEquals(
        List.of(Arrays.asList(sample.values().get(2), sample.values().get(0))),
        Reading.streamValues(stream(Schema.of(field), values, delta, batch)));
  }

  @Test
  void whatIsSwappedCountsUntilTheBatchIsClosed() throws IOException {
    Schema schema = Schema.of(Field.of("n", new ArrowType.Int(32, true)));
    byte[] batch =
        Wire.batch(BatchSpec.rows(1).node(1, 0).buffer().buffer(new byte[] {0, 0, 0, 7}));
    try (var reader = Reading.stream(stream(schema, batch))) {
      long before = MemoryStats.liveBytes();
      try (RecordBatch read = reader.next()) {
        assertEquals(4, MemoryStats.liveBytes() - before);
        assertEquals(7, read.column(0).getObject(0));
      }
      assertEquals(before, MemoryStats.liveBytes());
    }
  }

  @Test
  void offsetsAreCheckedAfterTheyAreSwapped() {
    Schema schema = Schema.of(Field.of("s", new ArrowType.Utf8()));
    BatchSpec spec = BatchSpec.rows(1).node(1, 0).buffer().ints(0, 1).buffer((byte) 'a');
    var e = Reading.fails(() -> Reading.streamValues(stream(schema, Wire.batch(spec))));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
  }

  @Test
  void otherOrdersAreInvalid() {
    byte[] metadata = Wire.schemaMetadata(Schema.of(), (short) 4, (short) 2);
    var e = Reading.fails(() -> Reading.streamValues(Wire.frame(metadata, new byte[0])));
    assertEquals(ErrorKind.INVALID_DATA, e.kind());
    assertThrows(IllegalArgumentException.class, () -> turn(new byte[3], 2));
  }

  /** Returns the batch of a sample with every number turned round. */
  private static BatchSpec turned(Sample sample, boolean prefixed) {
    BatchSpec from = sample.batch();
    BatchSpec to = BatchSpec.rows(from.rowCount);
    to.nodes.addAll(from.nodes);
    to.variadic(from.variadicCounts);
    new Turning(from, to, prefixed).field(sample.field());
    return to;
  }

  private static final class Turning {
    private final byte[] body;
    private final Iterator<long[]> ranges;
    private final BatchSpec to;
    private final boolean prefixed;

    Turning(BatchSpec from, BatchSpec to, boolean prefixed) {
      this.body = from.body();
      this.ranges = from.buffers.iterator();
      this.to = to;
      this.prefixed = prefixed;
    }

    void field(Field field) {
      ArrowType type = field.type();
      boolean bitmap =
          !(type instanceof ArrowType.Null
              || type instanceof ArrowType.Union
              || type instanceof ArrowType.RunEndEncoded);
      if (bitmap) {
        copy(1);
      }
      if (type instanceof ArrowType.Utf8View) {
        views();
        copy(1);
        copy(1);
      } else if (type instanceof ArrowType.Union union) {
        copy(1);
        if (union.mode() == UnionMode.DENSE) {
          copy(4);
        }
      } else {
        for (int unit : units(type)) {
          copy(unit);
        }
      }
      field.children().forEach(this::field);
    }

    private byte[] next() {
      long[] range = ranges.next();
      return Arrays.copyOfRange(body, (int) range[0], (int) (range[0] + range[1]));
    }

    private void put(byte[] bytes) {
      boolean empty = !prefixed || bytes.length == 0;
      to.buffer(empty ? bytes : Wire.concat(Samples.bytes(8, -1), bytes));
    }

    private void copy(int unit) {
      byte[] bytes = next();
      if (unit == 448) {
        for (int i = 0; i < bytes.length; i += 16) {
          part(bytes, i, 4);
          part(bytes, i + 4, 4);
          part(bytes, i + 8, 8);
        }
      } else {
        turn(bytes, unit);
      }
      put(bytes);
    }

    private void views() {
      byte[] bytes = next();
      for (int i = 0; i < bytes.length; i += 16) {
        boolean inline = bytes[i] <= 12;
        part(bytes, i, 4);
        if (!inline) {
          part(bytes, i + 8, 4);
          part(bytes, i + 12, 4);
        }
      }
      put(bytes);
    }

    /** Bytes of the numbers in each buffer after the bitmap; 448: of 4, 4 and 8 by turns. */
    private static int[] units(ArrowType type) {
      return switch (type.getClass().getSimpleName()) {
        case "Null", "Struct", "FixedSizeList", "RunEndEncoded" -> new int[] {};
        case "Bool" -> new int[] {1};
        case "Utf8" -> new int[] {4, 1};
        case "LargeUtf8" -> new int[] {8, 1};
        case "ListType", "MapType" -> new int[] {4};
        case "LargeList" -> new int[] {8};
        case "ListView" -> new int[] {4, 4};
        case "LargeListView" -> new int[] {8, 8};
        case "Int" -> new int[] {((ArrowType.Int) type).bitWidth() / 8};
        case "Decimal" -> new int[] {((ArrowType.Decimal) type).bitWidth() / 8};
        case "FloatingPoint" ->
            new int[] {2 << ((ArrowType.FloatingPoint) type).precision().ordinal()};
        case "Date" -> new int[] {4 << ((ArrowType.Date) type).unit().ordinal()};
        case "Time" -> new int[] {((ArrowType.Time) type).bitWidth() / 8};
        case "Timestamp", "Duration" -> new int[] {8};
        case "Interval" ->
            new int[] {((ArrowType.Interval) type).unit() == IntervalUnit.MONTH_DAY_NANO ? 448 : 4};
        default -> throw new IllegalArgumentException(type.toString());
      };
    }
  }

  private static void turn(byte[] bytes, int unit) {
    if (bytes.length % unit != 0) {
      throw new IllegalArgumentException("a part of a number");
    }
    for (int i = 0; i < bytes.length; i += unit) {
      part(bytes, i, unit);
    }
  }

  private static void part(byte[] bytes, int at, int unit) {
    byte[] copy = Arrays.copyOfRange(bytes, at, at + unit);
    for (int i = 0; i < unit; i++) {
      ByteBuffer.wrap(bytes).put(at + i, copy[unit - 1 - i]);
    }
  }
}
