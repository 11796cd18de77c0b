package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.testing.TestArrays;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large compressed bodies, decompressed by one thread and by several. */
class ThreadsReadTest {
  private static final int ROWS = 100_000; // of 8 bytes, six columns: several MiB

  private static byte[] stream() throws IOException {
    Field[] fields =
        IntStream.range(0, 6)
            .mapToObj(i -> Field.of("c" + i, new ArrowType.Int(64, true)))
            .toArray(Field[]::new);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    WriteOptions options =
        WriteOptions.builder().engine("pure").compression(Compression.ZSTD).build();
    var columns =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    TestArrays.named(
                        "c" + i,
                        TestArrays.array(
                            fields[i].type(),
                            ROWS,
                            TestArrays.i64(
                                IntStream.range(0, ROWS).mapToLong(k -> k % (i + 7)).toArray()))))
            .toArray(io.nanoarrow.layout.ColumnData[]::new);
    try (RecordBatch batch = TestArrays.batch(columns);
        var writer = ArrowIpc.newStream(out, Schema.of(fields), options)) {
      writer.write(batch);
    }
    return out.toByteArray();
  }

  private static BatchReader open(byte[] stream, boolean threads) throws IOException {
    ReadOptions options = ReadOptions.builder().engine("pure").useThreads(threads).build();
    return ArrowIpc.openStream(ByteBuffer.wrap(stream), options);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readTheSame(boolean threads) throws IOException {
    try (BatchReader reader = open(stream(), threads);
        RecordBatch batch = reader.next()) {
      for (int i = 0; i < 6; i++) {
        assertEquals((ROWS - 1) % (i + 7), batch.column(i).asLong().getLong(ROWS - 1));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theFirstOfSeveralFaultsIsTold(boolean threads) throws IOException {
    byte[] stream = stream();
    int found = 0;
    for (int i = stream.length - 4; i > 0 && found < 5; i--) {
      boolean isMagic = (stream[i] & 0xFF) == 0x28 && (stream[i + 1] & 0xFF) == 0xB5;
      if (isMagic && stream[i + 2] == 0x2F && (stream[i + 3] & 0xFF) == 0xFD) {
        stream[i + 3] = 0;
        found++;
      }
    }
    assertEquals(5, found);
    try (BatchReader reader = open(stream, threads)) {
      ArrowFormatException e = Reading.fails(reader::next);
      assertEquals("c1", e.columnPath());
    }
  }
}
