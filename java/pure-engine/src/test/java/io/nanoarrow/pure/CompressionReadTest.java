package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies whose buffers are compressed one by one. */
class CompressionReadTest {
  private static final Schema SCHEMA = Schema.of(Field.of("n", new ArrowType.Int(32, true)));

  /** Eight bytes, 1 0 0 0 2 0 0 0, stored in a Zstandard frame. */
  private static final byte[] FRAME =
      HexFormat.of().parseHex("28b52ffd2008" + "410000" + "0100000002000000");

  private static byte[] prefixed(long size, byte[] bytes) {
    return Wire.concat(Samples.bytes(8, size), bytes);
  }

  private static byte[] stream(int codec, byte[] buffer) {
    BatchSpec spec = BatchSpec.rows(2).node(2, 0).buffer().buffer(buffer);
    spec.codec = (byte) codec;
    return Wire.stream(SCHEMA, Wire.batch(spec));
  }

  private static ErrorKind kind(int codec, byte[] buffer) {
    return Reading.fails(() -> Reading.streamValues(stream(codec, buffer))).kind();
  }

  @Test
  void compressedBuffer() throws IOException {
    assertEquals(List.of(List.of(1, 2)), Reading.streamValues(stream(1, prefixed(8, FRAME))));
  }

  @Test
  void storedBuffer() throws IOException {
    byte[] stored = prefixed(-1, Samples.bytes(4, 3, 4));
    assertEquals(List.of(List.of(3, 4)), Reading.streamValues(stream(0, stored)));
  }

  @Test
  void wrongSizesAreInvalid() {
    assertEquals(ErrorKind.INVALID_DATA, kind(1, prefixed(7, FRAME)));
    assertEquals(ErrorKind.INVALID_DATA, kind(1, prefixed(9, FRAME)));
    assertEquals(ErrorKind.INVALID_DATA, kind(1, prefixed(-2, FRAME)));
    assertEquals(ErrorKind.INVALID_DATA, kind(1, prefixed(1 << 20, FRAME)));
    assertEquals(ErrorKind.INVALID_DATA, kind(1, prefixed(-1, new byte[7])));
    assertEquals(ErrorKind.INVALID_DATA, kind(1, new byte[7]));
    assertEquals(ErrorKind.INVALID_DATA, kind(0, prefixed(8, FRAME)));
  }

  @Test
  void decompressedBytesAreLimited() throws IOException {
    byte[] bytes = stream(1, prefixed(8, FRAME));
    ReadOptions enough = Reading.PURE.toBuilder().maxDecompressedBytes(8).build();
    assertEquals(
        List.of(List.of(1, 2)),
        Reading.values(ArrowIpc.openStream(ByteBuffer.wrap(bytes), enough)));
    ReadOptions tight = Reading.PURE.toBuilder().maxDecompressedBytes(7).build();
    var e = Reading.fails(() -> Reading.values(ArrowIpc.openStream(ByteBuffer.wrap(bytes), tight)));
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }

  @Test
  void otherCodecsAreUnsupported() {
    assertEquals(ErrorKind.UNSUPPORTED, kind(2, prefixed(8, FRAME)));
  }

  @Test
  void sizesThatCannotComeOutAreInvalid() {
    assertEquals(ErrorKind.INVALID_DATA, kind(1, prefixed(1L << 40, FRAME)));
  }

  @Test
  void whatIsWrongShowsBeforeTheBatchIsHandedOut() throws IOException {
    try (BatchReader reader = Reading.stream(stream(1, prefixed(9, FRAME)))) {
      long before = MemoryStats.liveBytes();
      assertEquals(ErrorKind.INVALID_DATA, Reading.fails(reader::next).kind());
      assertEquals(before, MemoryStats.liveBytes());
    }
  }

  @Test
  void whatIsDecompressedCountsUntilTheBatchIsClosed() throws IOException {
    try (BatchReader reader = Reading.stream(stream(1, prefixed(8, FRAME)))) {
      long before = MemoryStats.liveBytes();
      RecordBatch batch = reader.next();
      assertEquals(8, MemoryStats.liveBytes() - before);
      batch.close();
      assertEquals(before, MemoryStats.liveBytes());
    }
  }
}
