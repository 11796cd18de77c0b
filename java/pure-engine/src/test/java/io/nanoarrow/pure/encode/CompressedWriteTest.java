package io.nanoarrow.pure.encode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.testing.TestArrays;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compressed bodies: what is stored, what is saved, one thread or several. */
class CompressedWriteTest {
  private static final ArrowType INT64 = new ArrowType.Int(64, true);

  private static WriteOptions.Builder with(Compression.Codec codec) {
    return WriteOptions.builder().compression(new Compression(codec, null));
  }

  private static ColumnData column(byte[] bytes) {
    return TestArrays.array(INT64, bytes.length / 8, ArrowBuffer.wrap(bytes));
  }

  /** Returns longs of which each has {@code bits} random bits. */
  private static byte[] longs(int count, int bits) {
    Random random = new Random(bits);
    ByteBuffer bytes = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putLong(random.nextLong() >>> 64 - bits);
    }
    return bytes.array();
  }

  private static long prefix(WriteOptions options, byte[] content) {
    ColumnData column = column(content);
    try (EngineEncoder encoder = Written.encoder(Written.schema(column), options)) {
      EncodedMessage message = encoder.batch(0, Written.rows(column), Metadata.EMPTY);
      byte[] bytes = Written.bytes(message);
      return ByteBuffer.wrap(bytes)
          .order(ByteOrder.LITTLE_ENDIAN)
          .getLong((int) message.metadataSizeBytes());
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatSavesNothingIsStored(Compression.Codec codec) {
    assertEquals(8000, prefix(with(codec).build(), longs(1000, 8)));
    assertEquals(-1, prefix(with(codec).build(), longs(1000, 64)));
    assertEquals(-1, prefix(with(codec).build(), longs(1, 64)));
  }

  @ParameterizedTest
  @EnumSource
  void whatSavesTooLittleIsStored(Compression.Codec codec) {
    byte[] content = longs(1000, 8);
    assertEquals(8000, prefix(with(codec).minSpaceSavings(0.3).build(), content));
    assertEquals(-1, prefix(with(codec).minSpaceSavings(0.99).build(), content));
  }

  private static byte[] stream(WriteOptions options, ColumnData... columns) {
    return Written.stream(Written.schema(columns), options, Written.rows(columns));
  }

  @ParameterizedTest
  @EnumSource
  void threadsChangeNothing(Compression.Codec codec) throws IOException {
    int count = 300_000; // of 8 bytes: more than two chunks
    ColumnData[] columns = {
      column(longs(count, 9)), column(longs(count, 64)), column(new byte[8 * count])
    };
    byte[] alone = stream(with(codec).useThreads(false).build(), columns);
    assertArrayEquals(alone, stream(with(codec).useThreads(true).build(), columns));
    assertTrue(alone.length < 8 * count * 2, alone.length + " bytes");
    BatchRows rows = Written.rows(columns);
    try (RecordBatch expected = Written.batch(Written.schema(columns), rows);
        RecordBatch read = Written.read(alone)) {
      assertEquals(expected, read);
    }
  }

  @Test
  void sizeIsKnownBefore() {
    ColumnData column = column(longs(1000, 8));
    WriteOptions options = with(Compression.Codec.ZSTD).build();
    try (EngineEncoder encoder = Written.encoder(Written.schema(column), options)) {
      long size = encoder.batchSizeBytes(Written.rows(column), Metadata.EMPTY);
      EncodedMessage message = encoder.batch(64, Written.rows(column), Metadata.EMPTY);
      assertEquals(size, message.sizeBytes());
    }
  }

  @Test
  void everyLevelIsTaken() throws IOException {
    ColumnData column = column(longs(1000, 8));
    for (int level : new int[] {-5, 0, 1, 3, 19, 22}) {
      WriteOptions options = WriteOptions.builder().compression(Compression.zstd(level)).build();
      try (RecordBatch read = Written.read(stream(options, column))) {
        assertEquals(1000, read.rowCount());
      }
    }
  }
}
