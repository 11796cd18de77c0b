package io.nanoarrow.write;

import static io.nanoarrow.testing.TestArrays.ints;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.WriteStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WriteSessionTest {
  private static final ColumnData COLUMN = ints(1, 2, 3);
  private static final Schema SCHEMA = Schema.of(COLUMN.field());
  private static final BatchRows ROWS =
      new BatchRows(BatchData.of(3, List.of(COLUMN), Metadata.EMPTY), 0, 3);
  private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final FakeEncoder encoder = new FakeEncoder();
  private FailingSink sink = new FailingSink(Long.MAX_VALUE);

  private WriteSession stream(WriteOptions options) throws IOException {
    return WriteSession.begin(SCHEMA, encoder, sink, Framing.stream(options), options);
  }

  private WriteSession file(WriteOptions options, Metadata footer) throws IOException {
    return WriteSession.begin(SCHEMA, encoder, sink, Framing.file(options, footer), options);
  }

  private static byte[] lastBytes(byte[] bytes, int count) {
    return Arrays.copyOfRange(bytes, bytes.length - count, bytes.length);
  }

  @Test
  void aStreamIsItsMessagesAndTheEndMarker() throws IOException {
    WriteSession session = stream(WriteOptions.DEFAULT);
    session.write(ROWS, Metadata.EMPTY);
    session.close();
    byte[] bytes = sink.bytes.toByteArray();
    assertEquals(List.of("schema@0", "batch of 3"), encoder.log);
    assertEquals(8 + 24 + 8, bytes.length);
    assertArrayEquals(END, lastBytes(bytes, 8));
    assertEquals(1, sink.completed);
    assertEquals(0, sink.abandoned);
    assertEquals(new WriteStats(2, 1, 0, 0, 0, 40), session.stats());
  }

  @Test
  void aStreamWithoutBatchesIsComplete() throws IOException {
    stream(WriteOptions.DEFAULT).close();
    assertEquals(16, sink.bytes.size());
    assertEquals(1, sink.completed);
  }

  @Test
  void theEndOfAnOldStreamIsFourZeros() throws IOException {
    stream(WriteOptions.builder().legacyFormat(true).build()).close();
    assertEquals(12, sink.bytes.size());
    assertArrayEquals(new byte[4], lastBytes(sink.bytes.toByteArray(), 4));
  }

  @Test
  void aFileHasMagicFooterAndTheBlocksOfItsBatches() throws IOException {
    Metadata footer = Metadata.of(Map.of("k", "v"));
    WriteSession session = file(WriteOptions.DEFAULT, footer);
    session.write(ROWS, Metadata.EMPTY);
    session.write(ROWS, Metadata.EMPTY);
    session.close();
    byte[] bytes = sink.bytes.toByteArray();
    assertEquals("ARROW1\0\0", new String(bytes, 0, 8, StandardCharsets.US_ASCII));
    assertEquals("schema@8", encoder.log.get(0));
    assertEquals(
        "footer [][FooterBlock[offset=16, metadataSizeBytes=8, bodySizeBytes=16],"
            + " FooterBlock[offset=40, metadataSizeBytes=8, bodySizeBytes=16]][k=v]",
        encoder.log.get(3));
    int footerAt = 8 + 8 + 24 + 24 + 8;
    assertArrayEquals(END, Arrays.copyOfRange(bytes, footerAt - 8, footerAt));
    assertEquals("footer__", new String(bytes, footerAt, 8, StandardCharsets.US_ASCII));
    ByteBuffer end = ByteBuffer.wrap(lastBytes(bytes, 10)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(8, end.getInt());
    assertEquals("ARROW1", StandardCharsets.US_ASCII.decode(end).toString());
  }

  @Test
  void theFooterOfAnOldFileIsAligned() throws IOException {
    file(WriteOptions.builder().legacyFormat(true).build(), Metadata.EMPTY).close();
    byte[] bytes = sink.bytes.toByteArray();
    assertArrayEquals(new byte[8], Arrays.copyOfRange(bytes, 16, 24));
    assertEquals('f', bytes[24]);
  }

  @Test
  void aSinkThatFailsAtAnyByteLeavesNoEnd() throws IOException {
    WriteSession whole = file(WriteOptions.DEFAULT, Metadata.EMPTY);
    whole.write(ROWS, Metadata.EMPTY);
    whole.close();
    int size = sink.bytes.size();
    for (int capacity = 0; capacity < size; capacity++) {
      sink = new FailingSink(capacity);
      IOException e = assertThrows(IOException.class, this::writeFile);
      assertEquals("no room for byte " + capacity, e.getMessage());
      assertEquals(capacity, sink.bytes.size());
      assertEquals(0, sink.completed);
      assertEquals(1, sink.abandoned);
    }
    assertEquals(size + 1, encoder.closed);
  }

  private void writeFile() throws IOException {
    WriteSession session = file(WriteOptions.DEFAULT, Metadata.EMPTY);
    session.write(ROWS, Metadata.EMPTY);
    session.close();
  }

  @Test
  void afterAFailureItRefusesWithTheCauseAndWritesNoEnd() throws IOException {
    sink = new FailingSink(10);
    WriteSession session = stream(WriteOptions.DEFAULT);
    IOException first = assertThrows(IOException.class, () -> session.write(ROWS, Metadata.EMPTY));
    IllegalStateException next =
        assertThrows(IllegalStateException.class, () -> session.write(ROWS, Metadata.EMPTY));
    assertSame(first, next.getCause());
    session.close();
    session.abort();
    assertEquals(10, sink.bytes.size());
    assertEquals(0, sink.completed);
    assertEquals(1, sink.abandoned);
    assertEquals(1, encoder.closed);
  }

  @Test
  void anEncoderThatRefusesABatchFailsTheSession() throws IOException {
    WriteSession session = stream(WriteOptions.DEFAULT);
    encoder.batchFailure = new ArrowFormatException(ErrorKind.UNSUPPORTED, "no");
    assertThrows(ArrowFormatException.class, () -> session.write(ROWS, Metadata.EMPTY));
    session.close();
    assertEquals(8, sink.bytes.size());
    assertEquals(1, sink.abandoned);
  }

  @Test
  void aSinkThatFailsToCompleteIsAbandoned() throws IOException {
    sink.failsAtTheEnd = true;
    WriteSession session = stream(WriteOptions.DEFAULT);
    assertThrows(IOException.class, session::close);
    session.close();
    assertEquals(1, sink.completed);
    assertEquals(1, sink.abandoned);
    assertEquals(1, encoder.closed);
  }

  @Test
  void closingTwiceIsHarmlessAndNothingIsWrittenAfterwards() throws IOException {
    WriteSession session = stream(WriteOptions.DEFAULT);
    session.close();
    session.close();
    assertEquals(16, sink.bytes.size());
    assertEquals(1, encoder.closed);
    assertThrows(IllegalStateException.class, () -> session.write(ROWS, Metadata.EMPTY));
  }

  @Test
  void abortingWritesNoEnd() throws IOException {
    WriteSession session = stream(WriteOptions.DEFAULT);
    session.abort();
    session.close();
    assertEquals(8, sink.bytes.size());
    assertEquals(0, sink.completed);
    assertEquals(1, sink.abandoned);
  }

  /** Rows beyond what 32 bits count, of a batch without columns. */
  private static BatchRows many() {
    return new BatchRows(BatchData.of(1L << 31, List.of(), Metadata.EMPTY), 0, 1L << 31);
  }

  @Test
  void moreRowsThan32BitsCountAreRefusedUnlessAllowed() throws IOException {
    WriteSession session = stream(WriteOptions.DEFAULT);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> session.write(many(), Metadata.EMPTY));
    assertTrue(e.getMessage().contains("2147483648 rows"), e.getMessage());
    assertFalse(encoder.log.contains("batch of 2147483648"));
    WriteSession wide = stream(WriteOptions.builder().allow64Bit(true).build());
    wide.write(many(), Metadata.EMPTY);
    wide.close();
    assertTrue(encoder.log.contains("batch of 2147483648"));
  }
}
