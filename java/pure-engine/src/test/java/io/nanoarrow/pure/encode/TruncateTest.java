package io.nanoarrow.pure.encode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of arrays of every type, read back and compared with the rows that were given. */
class TruncateTest {
  private static final List<WriteOptions> OPTIONS =
      List.of(
          WriteOptions.DEFAULT,
          WriteOptions.builder()
              .metadataVersion(MetadataVersion.V4)
              .legacyFormat(true)
              .alignmentBytes(8)
              .build(),
          WriteOptions.builder().compression(Compression.LZ4).build(),
          WriteOptions.builder().compression(Compression.zstd(5)).alignmentBytes(16).build());

  private static List<Field> fields() {
    return new RandomArrays(3).everyType();
  }

  private static void same(Schema schema, BatchRows rows, WriteOptions options) throws IOException {
    byte[] stream = Written.stream(schema, options, rows);
    try (RecordBatch expected = Written.batch(schema, rows);
        RecordBatch read = Written.read(stream)) {
      assertEquals(expected, read);
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void everySlice(Field field) throws IOException {
    ColumnData array = new RandomArrays(field.hashCode()).array(field, 13);
    Schema schema = Schema.of(field);
    for (WriteOptions options : OPTIONS.subList(0, 2)) {
      for (int start = 0; start <= 13; start++) {
        for (int count = 0; count <= 13 - start; count++) {
          same(schema, Written.rows(start, count, array), options);
        }
      }
    }
  }

  @Test
  void randomColumnsAndSlices() throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      RandomArrays arrays = new RandomArrays(seed);
      Random random = new Random(seed);
      int length = random.nextInt(seed % 10 == 0 ? 20_000 : 300);
      List<ColumnData> columns = new ArrayList<>();
      for (int i = 0; i < 1 + seed % 4; i++) {
        columns.add(arrays.array(arrays.anyField("c" + i, 0), length));
      }
      ColumnData[] all = columns.toArray(new ColumnData[0]);
      int start = random.nextInt(length + 1);
      int count = random.nextInt(length - start + 1);
      same(Written.schema(all), Written.rows(start, count, all), OPTIONS.get(seed % 4));
    }
  }

  @ParameterizedTest
  @MethodSource("fields")
  void damagedArraysAreWrittenOrRefused(Field field) {
    Random random = new Random(5);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      ColumnData array = new RandomArrays(round).array(field, 20);
      ColumnData damaged = damage(array, random);
      int start = random.nextInt(20);
      BatchRows rows = Written.rows(start, random.nextInt(20 - start + 1), damaged);
      try {
        Written.stream(Schema.of(field), OPTIONS.get(round % 4), rows);
      } catch (ArrowFormatException e) {
        refused++;
        assertTrue(e.columnPath().startsWith(field.name()), e.getMessage());
      }
    }
    boolean hasBuffers = !damageable(new RandomArrays(0).array(field, 20)).isEmpty();
    assertTrue(refused > 0 || !hasBuffers, "nothing was refused");
  }

  private static List<ArrowBuffer> damageable(ColumnData array) {
    List<ArrowBuffer> all = new ArrayList<>(array.buffers());
    array.children().forEach(child -> all.addAll(damageable(child)));
    all.removeIf(buffer -> buffer.sizeBytes() == 0);
    return all;
  }

  /** Returns an array with some bytes changed, buffers cut and children cut. */
  private static ColumnData damage(ColumnData array, Random random) {
    List<ArrowBuffer> buffers = array.buffers().stream().map(b -> damage(b, random)).toList();
    List<ColumnData> children = array.children().stream().map(c -> damage(c, random)).toList();
    ArrowBuffer validity = array.validity() == null ? null : damage(array.validity(), random);
    long cut = random.nextInt(30) == 0 ? random.nextInt((int) array.length() + 1) : 0;
    boolean isColumn = array.field().name().startsWith("f");
    return new ColumnData(
        array.field(),
        array.length() - (isColumn ? 0 : cut),
        array.offset(),
        random.nextInt(10) == 0 ? random.nextInt(40) : array.nullCount(),
        validity,
        buffers,
        children,
        array.dictionary());
  }

  private static ArrowBuffer damage(ArrowBuffer buffer, Random random) {
    byte[] bytes = new byte[(int) buffer.sizeBytes()];
    buffer.copyTo(0, bytes, 0, bytes.length);
    if (bytes.length > 0 && random.nextInt(3) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    int size = random.nextInt(6) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
    return ArrowBuffer.wrap(bytes).slice(0, size);
  }
}
