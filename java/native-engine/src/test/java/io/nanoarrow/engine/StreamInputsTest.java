package io.nanoarrow.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.Table;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.stats.MemoryStats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamInputsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void batchesAreWhatWasWritten(InputKind kind) throws IOException {
    List<RecordBatch> expected = TestStreams.batches(5, 100);
    try (StreamReader reader = kind.open(TestStreams.stream(5, 100), folder)) {
      for (RecordBatch wanted : expected) {
        try (RecordBatch batch = reader.next();
            RecordBatch close = wanted) {
          assertEquals(close, batch);
        }
      }
      assertNull(reader.next());
      assertEquals(5, reader.stats().recordBatches());
      assertFalse(reader.stats().endedWithoutMarker());
    }
  }

  @ParameterizedTest
  @EnumSource
  void batchesOutliveTheReader(InputKind kind) throws IOException {
    Table table;
    try (StreamReader reader = kind.open(TestStreams.stream(300, 50), folder)) {
      table = reader.readAll();
    }
    try (Table open = table) {
      long sum = 0;
      for (RecordBatch batch : open.batches()) {
        for (int i = 0; i < batch.rowCount(); i++) {
          sum += batch.column("n").asLong().getLong(i);
        }
      }
      assertEquals(14_999L * 15_000 / 2, sum);
    }
  }

  @ParameterizedTest
  @EnumSource
  void messagesLargerThanABlockAreRead(InputKind kind) throws IOException {
    int rows = 200_000; // 1.6 MB of n alone
    try (StreamReader reader = kind.open(TestStreams.stream(2, rows), folder)) {
      try (RecordBatch first = reader.next();
          RecordBatch second = reader.next()) {
        assertEquals(rows - 1, first.column("n").asLong().getLong(rows - 1));
        assertEquals(2L * rows - 1, second.column("n").asLong().getLong(rows - 1));
      }
      assertNull(reader.next());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTruncationIsFoundOrAnEndBetweenMessages(InputKind kind) throws IOException {
    byte[] whole = TestStreams.stream(2, 3);
    int cleanEnds = 0;
    for (int size = 0; size < whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      try (StreamReader reader = kind.open(cut, folder)) {
        for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
          batch.close();
        }
        assertTrue(reader.stats().endedWithoutMarker());
        cleanEnds++;
      } catch (ArrowFormatException e) {
        assertEquals(ErrorKind.TRUNCATED, e.kind(), e.getMessage());
      }
    }
    assertEquals(3, cleanEnds); // after the schema and after each batch
  }

  @Test
  void mappedAndDirectBytesAreNotCopied() throws IOException {
    byte[] bytes = TestStreams.stream(20, 1000);
    for (InputKind kind :
        List.of(InputKind.MAPPED_PATH, InputKind.DIRECT_BUFFER, InputKind.READ_ONLY_SLICE)) {
      long before = MemoryStats.bodyBytesAllocated();
      try (StreamReader reader = kind.open(bytes, folder)) {
        reader.forEachBatch(batch -> assertNotNull(batch.column("s").asUtf8().getString(0)));
      }
      assertEquals(before, MemoryStats.bodyBytesAllocated(), kind.name());
    }
  }

  @Test
  void copiesAreCounted() throws IOException {
    byte[] bytes = TestStreams.stream(20, 1000);
    long before = MemoryStats.bodyBytesAllocated();
    try (StreamReader reader = InputKind.HEAP_BUFFER.open(bytes, folder)) {
      assertEquals(before + bytes.length, MemoryStats.bodyBytesAllocated());
      reader.forEachBatch(batch -> {});
    }
  }

  @Test
  void blocksAreReusedWhenBatchesAreClosed() throws IOException {
    byte[] bytes = TestStreams.stream(2000, 200); // more than 8 MB
    long before = MemoryStats.bodyBytesAllocated();
    try (StreamReader reader = InputKind.STREAM.open(bytes, folder)) {
      reader.forEachBatch(batch -> {});
    }
    assertTrue(MemoryStats.bodyBytesAllocated() - before <= 2 * Feeder.BLOCK_BYTES);
  }

  @Test
  void nothingIsTakenAfterTheEndOfTheStream() throws IOException {
    byte[] one = TestStreams.stream(3, 10);
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.writeBytes(one);
    two.writeBytes(one);
    two.write(42);
    ByteArrayInputStream in = new ByteArrayInputStream(two.toByteArray());
    for (int i = 0; i < 2; i++) {
      try (StreamReader reader = ArrowIpc.openStream(in, InputKind.OPTIONS)) {
        try (Table table = reader.readAll()) {
          assertEquals(30, table.rowCount());
        }
      }
    }
    assertEquals(42, in.read());
  }

  @Test
  void aFileChannelKeepsItsPosition() throws IOException {
    Path path = InputKind.file(TestStreams.stream(3, 10), folder);
    try (FileChannel channel = FileChannel.open(path)) {
      try (StreamReader reader =
          ArrowIpc.openStream(
              new io.nanoarrow.spi.Input.FileChannelInput(channel, false), InputKind.OPTIONS)) {
        reader.forEachBatch(batch -> {});
      }
      assertEquals(0, channel.position());
      assertTrue(channel.isOpen());
    }
  }

  @Test
  void anAnnouncedBodyThatIsNotThereCostsLittle() throws IOException {
    byte[] bytes = TestStreams.stream(1, 100);
    byte[] hostile = hugeBody(bytes);
    long before = MemoryStats.bodyBytesAllocated();
    try (StreamReader reader = InputKind.STREAM.open(hostile, folder)) {
      ArrowFormatException e = assertThrows(ArrowFormatException.class, reader::next);
      assertEquals(ErrorKind.TRUNCATED, e.kind(), e.getMessage());
    }
    assertTrue(MemoryStats.bodyBytesAllocated() - before <= (65 << 20));
  }

  /** Finds the body size of the batch by its value and makes it 2^40. */
  private static byte[] hugeBody(byte[] stream) {
    ByteBuffer bytes = ByteBuffer.wrap(stream.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int batch = 8 + bytes.getInt(4);
    int metadataBytes = bytes.getInt(batch + 4);
    long bodyBytes = bytes.capacity() - 8 - (batch + 8 + metadataBytes);
    List<Integer> found = new ArrayList<>();
    for (int at = batch + 8; at + 8 <= batch + 8 + metadataBytes; at += 4) {
      if (bytes.getLong(at) == bodyBytes) {
        found.add(at);
      }
    }
    assertEquals(1, found.size(), "places of the body size");
    bytes.putLong(found.get(0), 1L << 40);
    return bytes.array();
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    Path missing = folder.resolve("no such file");
    assertThrows(
        java.nio.file.NoSuchFileException.class,
        () -> ArrowIpc.openStream(missing, InputKind.OPTIONS));
    IOException e =
        assertThrows(IOException.class, () -> ArrowIpc.openStream(folder, InputKind.OPTIONS));
    assertTrue(e.getMessage().contains(folder.toString()), e.getMessage());
  }

  @Test
  void pathsMayHaveAnyCharacters() throws IOException {
    Path path = folder.resolve("a b%41;ü\u20ac?#.arrows");
    Files.write(path, TestStreams.stream(1, 10));
    try (StreamReader reader = ArrowIpc.openStream(path, InputKind.OPTIONS)) {
      assertEquals(3, reader.schema().fields().size());
    }
  }

  @Test
  void whatTheStreamThrowsReachesTheCaller() throws IOException {
    byte[] bytes = TestStreams.stream(2, 10);
    IOException failure = new IOException("disk on fire");
    java.io.InputStream in =
        new java.io.SequenceInputStream(
            new ByteArrayInputStream(bytes, 0, bytes.length / 2),
            new java.io.InputStream() {
              @Override
              public int read() throws IOException {
                throw failure;
              }
            });
    IOException thrown =
        assertThrows(
            IOException.class,
            () -> {
              try (StreamReader reader = ArrowIpc.openStream(in, InputKind.OPTIONS)) {
                reader.forEachBatch(batch -> {});
              }
            });
    assertEquals(failure, thrown);
  }

  @Test
  void limitsAreKept() {
    byte[] bytes = TestStreams.stream(1, 1000);
    ArrowFormatException e =
        assertThrows(
            ArrowFormatException.class,
            () -> {
              try (StreamReader reader =
                  InputKind.STREAM.open(
                      bytes, folder, InputKind.OPTIONS.toBuilder().maxBodyBytes(1000).build())) {
                reader.next();
              }
            });
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
  }
}
