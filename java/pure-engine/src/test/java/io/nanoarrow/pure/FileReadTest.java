package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files: footers, blocks, random access, inputs. */
class FileReadTest {
  private static final Schema SCHEMA = Schema.of(Field.of("n", new ArrowType.Int(32, true)));
  private static final Metadata METADATA = Metadata.builder().add("k", "v").build();

  @TempDir Path folder;

  private static byte[] number(int value) {
    return Wire.batch(BatchSpec.rows(1).node(1, 0).buffer().ints(value));
  }

  private static byte[] bytes() {
    return Wire.file(SCHEMA, METADATA, 0, number(10), number(11), number(12));
  }

  private static FileReader open(byte[] bytes) throws IOException {
    return ArrowIpc.openFile(ByteBuffer.wrap(bytes), Reading.PURE);
  }

  private static int value(FileReader reader, int index) throws IOException {
    try (RecordBatch batch = reader.batch(index)) {
      return (int) batch.column(0).getObject(0);
    }
  }

  @Test
  void batchesInAnyOrder() throws IOException {
    try (FileReader reader = open(bytes())) {
      assertEquals(3, reader.batchCount());
      assertEquals(12, value(reader, 2));
      assertEquals(10, value(reader, 0));
      assertEquals(10, value(reader, 0));
      assertEquals(3, reader.rowCount());
      assertEquals(METADATA, reader.metadata());
      assertEquals(3, reader.stats().recordBatches());
    }
  }

  @Test
  void everyInputGivesTheSame() throws IOException {
    Path path = Files.write(folder.resolve("f.arrow"), bytes());
    var unmapped = Reading.PURE.toBuilder().memoryMap(false).build();
    List<List<Object>> expected = List.of(List.of(10), List.of(11), List.of(12));
    assertEquals(expected, Reading.values(ArrowIpc.openFile(path, Reading.PURE)));
    assertEquals(expected, Reading.values(ArrowIpc.openFile(path, unmapped)));
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes().length + 1).put(1, bytes()).position(1);
    assertEquals(expected, Reading.values(ArrowIpc.openFile(direct, Reading.PURE)));
    try (FileChannel channel = FileChannel.open(path)) {
      channel.position(3);
      assertEquals(expected, Reading.values(ArrowIpc.openFile(channel, Reading.PURE)));
      assertEquals(3, channel.position());
    }
  }

  @Test
  void streamHasNoRandomAccess() {
    var input = new Input.StreamInput(new ByteArrayInputStream(bytes()), false);
    assertThrows(IllegalArgumentException.class, () -> ArrowIpc.openFile(input, Reading.PURE));
    assertThrows(
        UnsupportedOperationException.class,
        () -> ArrowIpc.openFile(new Input.AddressInput(8, 8), Reading.PURE));
  }

  @Test
  void severalThreadsReadBatches() throws Exception {
    byte[][] messages = new byte[41][];
    messages[0] = DictionaryReadTest.words(false, "a", "b", "c");
    for (int i = 1; i < messages.length; i++) {
      messages[i] = DictionaryReadTest.indices(i % 3);
    }
    Schema schema = Schema.of(DictionaryReadTest.encoded("d", 1, new ArrowType.Utf8()));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (FileReader reader = open(Wire.file(schema, METADATA, 1, messages))) {
      List<Callable<Object>> tasks = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        int index = i % 40;
        tasks.add(
            () -> {
              try (RecordBatch batch = reader.batch(index)) {
                return batch.column(0).getObject(0);
              }
            });
      }
      List<Future<Object>> results = threads.invokeAll(tasks);
      for (int i = 0; i < results.size(); i++) {
        assertEquals(List.of("a", "b", "c").get((i % 40 + 1) % 3), results.get(i).get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void everyCutIsTruncated() throws IOException {
    byte[] whole = bytes();
    for (int size = 0; size < whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      var e = Reading.fails(() -> open(cut).close());
      assertEquals(ErrorKind.TRUNCATED, e.kind(), "cut at " + size);
    }
  }

  @Test
  void otherMagicIsInvalid() {
    byte[] bytes = bytes();
    bytes[3]++;
    assertEquals(ErrorKind.INVALID_DATA, Reading.fails(() -> open(bytes).close()).kind());
  }

  @Test
  void impossibleFooterSizesAreInvalid() {
    for (int size : new int[] {0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, bytes().length}) {
      byte[] bytes = bytes();
      int at = bytes.length - 10;
      for (int i = 0; i < 4; i++) {
        bytes[at + i] = (byte) (size >> 8 * i);
      }
      var e = Reading.fails(() -> open(bytes).close());
      assertEquals(ErrorKind.INVALID_DATA, e.kind());
      assertEquals(at, e.byteOffset());
    }
  }

  @Test
  void blocksOutsideTheFileAreInvalid() {
    long[][] blocks = {
      {-8, 200, 8},
      {1L << 62, 200, 8},
      {8, -1, 8},
      {8, Integer.MAX_VALUE, 8},
      {8, 200, -1},
      {8, 200, Long.MAX_VALUE},
      {Long.MAX_VALUE - 100, 200, Long.MAX_VALUE - 100},
      {0, 8, 0},
      {12, 200, 8},
      {8, 204, 8},
      {8, 200, 4}
    };
    for (long[] block : blocks) {
      byte[] footer = Wire.footer(SCHEMA, METADATA, 0, List.of(block));
      byte[] bytes =
          Wire.concat(
              "ARROW1\0\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
              Wire.schema(SCHEMA),
              new byte[400],
              footer,
              Samples.bytes(4, footer.length),
              "ARROW1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      var e = Reading.fails(() -> open(bytes).close());
      assertEquals(ErrorKind.INVALID_DATA, e.kind(), Arrays.toString(block));
    }
  }

  @Test
  void blockOfAnotherMessageIsInvalidAndStaysSo() throws IOException {
    byte[] bytes = Wire.file(SCHEMA, METADATA, 0, Wire.schema(SCHEMA), number(5));
    try (FileReader reader = open(bytes)) {
      for (int i = 0; i < 2; i++) {
        assertEquals(ErrorKind.INVALID_DATA, Reading.fails(() -> reader.batch(0).close()).kind());
      }
      assertEquals(5, value(reader, 1));
    }
  }

  @Test
  void emptyPathIsTruncated() throws IOException {
    Path path = Files.createFile(folder.resolve("empty"));
    var e = Reading.fails(() -> ArrowIpc.openFile(path, Reading.PURE).close());
    assertEquals(ErrorKind.TRUNCATED, e.kind());
    assertTrue(e.getMessage().contains("ARROW1"));
  }
}
