package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchEncoder;
import io.nanoarrow.EncodedBatch;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.message.Message;
import io.nanoarrow.message.Message.Type;
import io.nanoarrow.message.MessageReader;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.MemoryStats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages read one by one, and batches read from them alone. */
class MessageTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
  private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

  static List<Path> streams() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String folder : List.of("examples/data", "testdata/differential")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".arrows")).sorted().forEach(paths::add);
      }
    }
    return paths;
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  private static byte[] example(String name) throws IOException {
    return Files.readAllBytes(ROOT.resolve("examples/data/" + name));
  }

  private static List<Message> messages(byte[] stream) throws IOException {
    List<Message> all = new ArrayList<>();
    try (MessageReader reader = MessageReader.of(ByteBuffer.wrap(stream), ReadOptions.DEFAULT)) {
      for (Message message = reader.next(); message != null; message = reader.next()) {
        all.add(message);
      }
    }
    return all;
  }

  private static byte[] stream(List<Message> messages, int alignment) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Message message : messages) {
      long before = out.size();
      long written = message.serializeTo(Channels.newChannel(out), alignment);
      assertEquals(before + written, out.size());
      long body = written - ((message.body().remaining() + 7) & -8L);
      assertEquals(0, body % alignment, "the body does not begin aligned");
    }
    out.write(END);
    return out.toByteArray();
  }

  private static String text(RecordBatch batch) {
    StringBuilder text = new StringBuilder(batch.metadata().toString());
    for (int i = 0; i < batch.columnCount(); i++) {
      for (long row = 0; row < batch.rowCount(); row++) {
        text.append(batch.column(i).text(row)).append(',');
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void messagesPutTogetherAreTheStream(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    List<Message> messages = messages(bytes);
    assertEquals(Type.SCHEMA, messages.get(0).type());
    assertEquals(-1, Arrays.mismatch(bytes, stream(messages, 8)));
    assertEquals(messages, messages(stream(messages, 8)));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void aBatchIsReadFromItsMessageAlone(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    List<Message> messages = messages(bytes);
    for (String engine : List.of("native", "pure")) {
      ReadOptions options = ReadOptions.builder().engine(engine).build();
      Schema schema = ArrowIpc.readSchema(messages.get(0), options);
      List<Message> dictionaries = new ArrayList<>();
      try (StreamReader reader = ArrowIpc.openStream(ByteBuffer.wrap(bytes), options)) {
        assertEquals(reader.schema(), schema);
        for (Message message : messages.subList(1, messages.size())) {
          if (message.type() == Type.DICTIONARY_BATCH) {
            dictionaries.add(message);
            continue;
          }
          try (RecordBatch wanted = reader.next();
              RecordBatch batch =
                  ArrowIpc.readRecordBatch(message, schema, dictionaries, options)) {
            assertEquals(text(wanted), text(batch));
            assertEquals(wanted.metadata(), message.customMetadata());
          }
        }
        assertNull(reader.next());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 64, 4096})
  void bodiesBeginAligned(int alignment) throws IOException {
    byte[] bytes = example("labels.arrows");
    byte[] aligned = stream(messages(bytes), alignment);
    assertEquals(rows(bytes), rows(aligned));
  }

  private static List<String> rows(byte[] stream) throws IOException {
    List<String> rows = new ArrayList<>();
    try (StreamReader reader = ArrowIpc.openStream(stream)) {
      reader.forEachBatch(batch -> rows.add(text(batch)));
    }
    return rows;
  }

  @Test
  void wrongAlignmentsAreMisuse() throws IOException {
    Message message = messages(example("weather.arrows")).get(0);
    for (int wrong : new int[] {0, 1, 4, 12, -8, 1 << 17, Integer.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> message.serialize(wrong));
    }
  }

  @Test
  void messagesAreEqualByTheirBytes() throws IOException {
    List<Message> messages = messages(example("weather.arrows"));
    assertEquals(messages, messages(example("weather.arrows")));
    assertEquals(messages.hashCode(), messages(example("weather.arrows")).hashCode());
    assertNotEquals(messages.get(1), messages.get(2));
  }

  @Test
  void ofABufferNothingIsCopied() throws IOException {
    byte[] bytes = example("weather.arrows").clone();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    ArrowIpc.readMessage(buffer, ReadOptions.DEFAULT);
    Message batch = ArrowIpc.readMessage(buffer, ReadOptions.DEFAULT);
    int bodyStart = buffer.position() - batch.body().remaining();
    bytes[bodyStart] ^= 1;
    assertEquals(bytes[bodyStart], batch.body().get(0));
  }

  @Test
  void ofAStreamNoByteTooManyIsRead() throws IOException {
    byte[] bytes = example("weather.arrows");
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    List<Message> messages = messages(bytes);
    int end = 0;
    for (Message message : messages) {
      assertEquals(message, ArrowIpc.readMessage(in, ReadOptions.DEFAULT));
      end += message.serialize(8).stream().mapToInt(ByteBuffer::remaining).sum();
      assertEquals(bytes.length - end, in.available());
    }
    assertNull(ArrowIpc.readMessage(in, ReadOptions.DEFAULT));
    assertEquals(0, in.available());
  }

  @Test
  void aCutIsTruncated() throws IOException {
    byte[] bytes = example("weather.arrows");
    int ends = 0;
    for (int size = 0; size < bytes.length; size++) {
      ByteBuffer cut = ByteBuffer.wrap(bytes, 0, size);
      ByteArrayInputStream in = new ByteArrayInputStream(bytes, 0, size);
      for (MessageReader reader :
          List.of(
              MessageReader.of(cut, ReadOptions.DEFAULT),
              MessageReader.of(in, ReadOptions.DEFAULT))) {
        try {
          while (reader.next() != null) {
            assertTrue(size > 0);
          }
          ends++;
        } catch (ArrowFormatException e) {
          assertEquals(ErrorKind.TRUNCATED, e.kind());
          assertEquals(size, e.byteOffset());
          assertEquals(e, assertThrows(ArrowFormatException.class, reader::next));
        }
      }
    }
    assertEquals(2 * 5, ends, "nothing, and after each of four messages");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void whatAnEncoderMakesAreMessages(String engine) throws IOException {
    ReadOptions options = ReadOptions.builder().engine(engine).build();
    WriteOptions how = WriteOptions.builder().engine(engine).build();
    try (StreamReader reader =
            ArrowIpc.openStream(ByteBuffer.wrap(example("labels.arrows")), options);
        RecordBatch batch = reader.next();
        BatchEncoder encoder = ArrowIpc.newEncoder(reader.schema(), how)) {
      List<Message> dictionaries = new ArrayList<>();
      for (EncodedBatch encoded : encoder.encodeDictionaries(batch)) {
        dictionaries.add(message(encoded));
      }
      Schema schema = ArrowIpc.readSchema(message(encoder.encodeSchema()), options);
      assertEquals(reader.schema(), schema);
      EncodedBatch encoded = encoder.encode(batch);
      assertEquals(ArrowIpc.recordBatchSize(batch, how), encoded.sizeBytes());
      try (RecordBatch read =
          ArrowIpc.readRecordBatch(message(encoded), schema, dictionaries, options)) {
        assertEquals(text(batch), text(read));
      }
    }
  }

  private static Message message(EncodedBatch takeEncoded) throws IOException {
    try (takeEncoded) {
      ByteBuffer bytes = ByteBuffer.allocate((int) takeEncoded.sizeBytes());
      takeEncoded.buffers().forEach(bytes::put);
      return ArrowIpc.readMessage(bytes.flip(), ReadOptions.DEFAULT);
    }
  }

  @Test
  void limitsAreKept() throws IOException {
    byte[] bytes = example("weather.arrows");
    for (ReadOptions tight :
        List.of(
            ReadOptions.builder().maxMetadataBytes(100).build(),
            ReadOptions.builder().maxBodyBytes(100).build())) {
      ArrowFormatException e =
          assertThrows(
              ArrowFormatException.class,
              () -> {
                MessageReader reader = MessageReader.of(ByteBuffer.wrap(bytes), tight);
                while (reader.next() != null) {}
              });
      assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
    }
  }

  @Test
  void aMessageOfAnotherTypeIsMisuse() throws IOException {
    List<Message> messages = messages(example("weather.arrows"));
    ReadOptions options = ReadOptions.DEFAULT;
    Schema schema = ArrowIpc.readSchema(messages.get(0), options);
    assertThrows(
        IllegalArgumentException.class, () -> ArrowIpc.readSchema(messages.get(1), options));
    assertThrows(
        IllegalArgumentException.class,
        () -> ArrowIpc.readRecordBatch(messages.get(0), schema, List.of(), options));
    assertThrows(
        IllegalArgumentException.class,
        () -> ArrowIpc.readRecordBatch(messages.get(1), schema, messages.subList(0, 1), options));
  }

  @Test
  void damageIsAnErrorOrAMessage() throws IOException {
    List<byte[]> good = new ArrayList<>();
    for (Path path : streams()) {
      good.add(Files.readAllBytes(path));
    }
    Mutator mutator = new Mutator(good, 5);
    int failed = 0;
    for (int i = 0; i < 2000; i++) {
      try {
        List<Message> messages = messages(mutator.next());
        Schema schema = null;
        for (Message message : messages) {
          message.customMetadata();
          if (message.type() == Type.SCHEMA) {
            schema = ArrowIpc.readSchema(message, ReadOptions.DEFAULT);
          } else if (message.type() == Type.RECORD_BATCH && schema != null) {
            ArrowIpc.readRecordBatch(message, schema, List.of(), ReadOptions.hardened()).close();
          }
        }
      } catch (ArrowFormatException e) {
        failed++;
      }
    }
    assertTrue(failed > 200, failed + " failures");
  }
}
