package io.nanoarrow.crosscheck;

import static io.nanoarrow.testing.TestArrays.batch;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.strings;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchEncoder;
import io.nanoarrow.BatchReader;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.EncodedBatch;
import io.nanoarrow.FileReader;
import io.nanoarrow.FileWriter;
import io.nanoarrow.MemoryOutput;
import io.nanoarrow.Output;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.StreamWriter;
import io.nanoarrow.Table;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.WriteStats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers and encoders as users meet them, with the engines that there are. */
class WritersTest {
  static final List<String> ENGINES = Samples.ENGINES;

  @TempDir Path folder;

  private static WriteOptions options(String engine) {
    return WriteOptions.builder().engine(engine).build();
  }

  private static RecordBatch numbers() {
    return batch(named("a", ints(1, null, 3)), named("b", strings("x", "yy", null)));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @FieldSource("ENGINES")
  void everyOutputGetsTheSameBytes(String engine) throws IOException {
    try (RecordBatch batch = numbers()) {
      MemoryOutput memory = new MemoryOutput();
      write(ArrowIpc.newStream(memory, batch.schema(), options(engine)), batch);
      byte[] wanted = memory.toByteArray();

      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      write(ArrowIpc.newStream(stream, batch.schema(), options(engine)), batch);
      assertArrayEquals(wanted, stream.toByteArray());

      stream.reset();
      write(
          ArrowIpc.newStream(Channels.newChannel(stream), batch.schema(), options(engine)), batch);
      assertArrayEquals(wanted, stream.toByteArray());

      for (ByteBuffer buffer :
          List.of(ByteBuffer.allocate(1 << 13), ByteBuffer.allocateDirect(1 << 13))) {
        write(ArrowIpc.newStream(buffer, batch.schema(), options(engine)), batch);
        byte[] bytes = new byte[buffer.flip().remaining()];
        buffer.get(bytes);
        assertArrayEquals(wanted, bytes);
      }

      Path path = folder.resolve("a.arrows");
      write(ArrowIpc.newStream(path, batch.schema(), options(engine)), batch);
      assertArrayEquals(wanted, Files.readAllBytes(path));
    }
  }

  private static void write(BatchWriter writer, RecordBatch batch) throws IOException {
    try (writer) {
      writer.write(batch);
    }
  }

  @ParameterizedTest
  @FieldSource("ENGINES")
  void outputsWithoutBatchesAreValid(String engine) throws IOException {
    Schema schema;
    try (RecordBatch batch = numbers()) {
      schema = batch.schema();
    }
    MemoryOutput stream = new MemoryOutput();
    ArrowIpc.newStream(stream, schema, options(engine)).close();
    MemoryOutput file = new MemoryOutput();
    Metadata footer = Metadata.builder().add("k", "v").build();
    ArrowIpc.newFile(file, schema, options(engine), footer).close();
    for (String reader : ENGINES) {
      ReadOptions reading = ReadOptions.builder().engine(reader).build();
      try (StreamReader in = ArrowIpc.openStream(stream.toByteBuffer(), reading)) {
        assertEquals(schema, in.schema());
        assertNull(in.next());
        assertFalse(in.stats().endedWithoutMarker());
      }
      try (FileReader in = ArrowIpc.openFile(file.toByteBuffer(), reading)) {
        assertEquals(schema, in.schema());
        assertEquals(0, in.batchCount());
        assertEquals(footer, in.metadata());
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ENGINES")
  void metadataOfBatchesIsWritten(String engine) throws IOException {
    Metadata first = Metadata.builder().add("k", "a\0b").add("k", "").build();
    MemoryOutput out = new MemoryOutput();
    try (RecordBatch batch = numbers();
        StreamWriter writer = ArrowIpc.newStream(out, batch.schema(), options(engine))) {
      writer.write(batch, first);
      writer.write(batch);
    }
    try (Table found = Samples.read(out, "pure")) {
      assertEquals(first, found.batches().get(0).metadata());
      assertEquals(Metadata.EMPTY, found.batches().get(1).metadata());
    }
  }

  @Test
  void aBatchOfAnotherSchemaIsRefusedByItsFirstDifferenceAndNothingIsWritten() throws IOException {
    try (RecordBatch batch = numbers();
        RecordBatch other = batch(named("a", ints(1)), named("b", ints(2)));
        RecordBatch renamed = batch(named("z", ints(1)), named("b", strings("x")))) {
      MemoryOutput out = new MemoryOutput();
      StreamWriter writer = ArrowIpc.newStream(out, batch.schema(), WriteOptions.DEFAULT);
      long before = out.sizeBytes();
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> writer.write(other));
      assertTrue(
          e.getMessage().contains("column b: string is written, the batch has int32"),
          e.getMessage());
      IllegalStateException next =
          assertThrows(IllegalStateException.class, () -> writer.write(batch));
      assertSame(e, next.getCause());
      writer.close();
      assertEquals(before, out.sizeBytes());

      StreamWriter second = ArrowIpc.newStream(out, batch.schema(), WriteOptions.DEFAULT);
      e = assertThrows(IllegalArgumentException.class, () -> second.write(renamed));
      assertTrue(e.getMessage().contains("name a"), e.getMessage());
      second.close();
    }
  }

  @Test
  void schemasThatDifferInMetadataOnlyAreOne() throws IOException {
    try (RecordBatch batch = numbers()) {
      Schema schema = new Schema(batch.schema().fields(), Metadata.builder().add("k", "v").build());
      MemoryOutput out = new MemoryOutput();
      write(ArrowIpc.newStream(out, schema, WriteOptions.DEFAULT), batch);
      try (Table found = Samples.read(out, "native")) {
        assertEquals(schema, found.schema());
      }
    }
  }

  @Test
  void aClosedBatchOrWriterIsAnIllegalState() throws IOException {
    RecordBatch batch = numbers();
    MemoryOutput out = new MemoryOutput();
    StreamWriter writer = ArrowIpc.newStream(out, batch.schema(), WriteOptions.DEFAULT);
    writer.close();
    writer.close();
    long size = out.sizeBytes();
    assertThrows(IllegalStateException.class, () -> writer.write(batch));
    assertEquals(size, out.sizeBytes());
    assertEquals(size, writer.stats().bytesWritten());
    StreamWriter second = ArrowIpc.newStream(out, batch.schema(), WriteOptions.DEFAULT);
    batch.close();
    assertThrows(IllegalStateException.class, () -> second.write(batch));
    second.close();
  }

  /** Fails at one byte. */
  private static final class Failing extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final int capacity;
    private boolean isClosed;

    Failing(int capacity) {
      this.capacity = capacity;
    }

    @Override
    public void write(int value) throws IOException {
      if (taken.size() == capacity) {
        throw new IOException("byte " + capacity);
      }
      taken.write(value);
    }

    @Override
    public void close() {
      isClosed = true;
    }
  }

  @ParameterizedTest
  @FieldSource("ENGINES")
  void anOutputThatFailsAtAnyByteLeavesNothingThatLooksComplete(String engine) throws IOException {
    try (RecordBatch batch = numbers()) {
      for (boolean toFile : new boolean[] {false, true}) {
        MemoryOutput whole = new MemoryOutput();
        write(Samples.writer(toFile, whole, batch.schema(), options(engine)), batch);
        int size = (int) whole.sizeBytes();
        for (int capacity = 0; capacity < size; capacity++) {
          Failing out = new Failing(capacity);
          IOException e =
              assertThrows(IOException.class, () -> writeTo(toFile, out, batch, engine));
          assertEquals("byte " + capacity, e.getMessage());
          assertIncomplete(toFile, out.taken.toByteArray());
        }
      }
    }
  }

  private static void writeTo(boolean toFile, OutputStream out, RecordBatch batch, String engine)
      throws IOException {
    BatchWriter writer =
        toFile
            ? ArrowIpc.newFile(out, batch.schema(), options(engine))
            : ArrowIpc.newStream(out, batch.schema(), options(engine));
    write(writer, batch);
  }

  private static void assertIncomplete(boolean toFile, byte[] bytes) throws IOException {
    if (toFile) {
      assertThrows(ArrowFormatException.class, () -> ArrowIpc.openFile(bytes));
      return;
    }
    try (StreamReader reader = ArrowIpc.openStream(bytes)) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        batch.close();
      }
      assertTrue(reader.stats().endedWithoutMarker());
    } catch (ArrowFormatException e) {
      assertTrue(bytes.length > 0 || e.getMessage() != null);
    }
  }

  @Test
  void whatIsGivenToWriteToStaysOpenUnlessAskedOtherwise() throws IOException {
    try (RecordBatch batch = numbers()) {
      Failing kept = new Failing(1 << 20);
      write(ArrowIpc.newStream(kept, batch.schema(), WriteOptions.DEFAULT), batch);
      assertFalse(kept.isClosed);
      Failing closed = new Failing(1 << 20);
      Output output = new Output.StreamOutput(closed, true);
      write(ArrowIpc.newStream(output, batch.schema(), WriteOptions.DEFAULT), batch);
      assertTrue(closed.isClosed);
      Failing failed = new Failing(10);
      Output full = new Output.StreamOutput(failed, true);
      assertThrows(
          IOException.class, () -> ArrowIpc.newStream(full, batch.schema(), WriteOptions.DEFAULT));
      assertTrue(failed.isClosed);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPathKeepsWhatItHadUntilTheWriterIsClosed(boolean fsync) throws IOException {
    Path path = folder.resolve("a.arrow");
    Files.writeString(path, "old");
    WriteOptions options = WriteOptions.builder().fsync(fsync).build();
    try (RecordBatch batch = numbers()) {
      FileWriter aborted = ArrowIpc.newFile(path, batch.schema(), options);
      aborted.write(batch);
      aborted.abort();
      aborted.close();
      assertEquals("old", Files.readString(path));
      assertEquals(List.of("a.arrow"), left());

      FileWriter writer = ArrowIpc.newFile(path, batch.schema(), options);
      writer.write(batch);
      assertEquals("old", Files.readString(path));
      writer.close();
      assertEquals(List.of("a.arrow"), left());
      try (FileReader reader = ArrowIpc.openFile(path)) {
        assertEquals(1, reader.batchCount());
      }
    }
  }

  @Test
  void aBatchThatIsRefusedLeavesThePathAsItWas() throws IOException {
    Path path = folder.resolve("a.arrow");
    try (RecordBatch batch = numbers();
        RecordBatch other = batch(named("z", ints(1)))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> {
            try (FileWriter writer = ArrowIpc.newFile(path, batch.schema())) {
              writer.write(batch);
              writer.write(other);
            }
          });
    }
    assertEquals(List.of(), left());
  }

  @Test
  void aReaderThatFailsLeavesThePathAsItWas() throws IOException {
    byte[] whole = Files.readAllBytes(Samples.named("weather.arrows"));
    byte[] cut = Arrays.copyOf(whole, whole.length - 100);
    Path path = folder.resolve("a.arrow");
    assertThrows(
        ArrowFormatException.class,
        () -> {
          try (BatchReader reader = ArrowIpc.openStream(cut);
              FileWriter writer = ArrowIpc.newFile(path, reader.schema())) {
            writer.writeAll(reader);
          }
        });
    assertEquals(List.of(), left());
    try (BatchReader reader = ArrowIpc.openStream(whole);
        FileWriter writer = ArrowIpc.newFile(path, reader.schema())) {
      writer.writeAll(reader);
    }
    try (Table wanted = Samples.read(Samples.named("weather.arrows"));
        Table found = Samples.read(path)) {
      assertEquals(wanted, found);
    }
  }

  @Test
  void aFullDeviceIsAnIoException() throws IOException {
    Path full = Path.of("/dev/full");
    try (RecordBatch batch = numbers()) {
      assertThrows(IOException.class, () -> ArrowIpc.newFile(full, batch.schema()));
    }
  }

  @Test
  void statsAreWhatAReaderCounts() throws IOException {
    for (Path path : Samples.all()) {
      try (Table table = Samples.read(path)) {
        MemoryOutput out = new MemoryOutput();
        BatchWriter writer = Samples.writer(false, out, table.schema(), WriteOptions.DEFAULT);
        writer.write(table);
        writer.close();
        WriteStats stats = writer.stats();
        assertEquals(out.sizeBytes(), stats.bytesWritten());
        try (StreamReader reader = ArrowIpc.openStream(out.toByteBuffer(), ReadOptions.DEFAULT)) {
          reader.readAll().close();
          assertEquals(reader.stats().messages(), stats.messages());
          assertEquals(reader.stats().recordBatches(), stats.recordBatches());
          assertEquals(reader.stats().dictionaryBatches(), stats.dictionaryBatches());
          assertEquals(reader.stats().replacedDictionaries(), stats.replacedDictionaries());
        }
      }
    }
  }

  @ParameterizedTest
  @FieldSource("ENGINES")
  void messagesOfAnEncoderAreAStream(String engine) throws IOException {
    try (Table table = Samples.read(Samples.named("dictionaries.arrows"))) {
      MemoryOutput wanted = new MemoryOutput();
      write(ArrowIpc.newStream(wanted, table.schema(), options(engine)), table.batches().get(0));
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      try (BatchEncoder encoder = ArrowIpc.newEncoder(table.schema(), options(engine))) {
        RecordBatch batch = table.batches().get(0);
        EncodedBatch schema = encoder.encodeSchema();
        List<EncodedBatch> dictionaries = encoder.encodeDictionaries(batch);
        EncodedBatch rows = encoder.encode(batch);
        // Each keeps its memory while the others are open.
        send(sent, schema);
        dictionaries.forEach(each -> send(sent, each));
        assertEquals(rows.sizeBytes(), ArrowIpc.recordBatchSize(batch, options(engine)));
        send(sent, rows);
      }
      byte[] whole = wanted.toByteArray();
      assertArrayEquals(Arrays.copyOf(whole, whole.length - 8), sent.toByteArray());
    }
  }

  private static void send(ByteArrayOutputStream to, EncodedBatch message) {
    try (message) {
      long metadata = message.metadata().stream().mapToLong(ByteBuffer::remaining).sum();
      long body = message.body().stream().mapToLong(ByteBuffer::remaining).sum();
      assertEquals(message.metadataSizeBytes(), metadata);
      assertEquals(message.bodySizeBytes(), body);
      for (ByteBuffer part : message.buffers()) {
        assertTrue(part.isReadOnly());
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        to.writeBytes(bytes);
      }
    }
    assertThrows(IllegalStateException.class, message::buffers);
  }

  @ParameterizedTest
  @FieldSource("ENGINES")
  void anEncodedBatchOutlivesItsBatchAndItsEncoder(String engine) throws IOException {
    EncodedBatch rows;
    byte[] before = new byte[0];
    try (Table table = Samples.read(Samples.named("weather.arrows"));
        BatchEncoder encoder = ArrowIpc.newEncoder(table.schema(), options(engine))) {
      rows = encoder.encode(table.batches().get(0));
      before = bytes(rows);
    }
    assertArrayEquals(before, bytes(rows));
    rows.close();
    rows.close();
  }

  private static byte[] bytes(EncodedBatch message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (ByteBuffer part : message.buffers()) {
      byte[] bytes = new byte[part.remaining()];
      part.get(bytes);
      out.writeBytes(bytes);
    }
    return out.toByteArray();
  }
}
