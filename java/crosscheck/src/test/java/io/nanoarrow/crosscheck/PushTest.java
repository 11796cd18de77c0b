package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamDecoder;
import io.nanoarrow.StreamReader;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.stats.MemoryStats;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the chunks, the push decoder says what the reader says of the same bytes. */
class PushTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
  private static final List<String> ENGINES = List.of("native", "pure");
  private static final int SMALL_BYTES = 1500;

  /** How chunks are handed over. */
  enum Hand {
    HEAP,
    DIRECT,
    SHARED_HEAP,
    SHARED_DIRECT
  }

  static List<Path> streams() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String folder : List.of("examples/data", "testdata/crosscheck", "testdata/differential")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".arrows")).sorted().forEach(paths::add);
      }
    }
    return paths;
  }

  static List<Arguments> enginesAndHands() {
    List<Arguments> all = new ArrayList<>();
    for (String engine : ENGINES) {
      for (Hand hand : Hand.values()) {
        all.add(Arguments.of(engine, hand));
      }
    }
    return all;
  }

  @AfterEach
  void nothingIsLeftOpen() {
    assertEquals(0, MemoryStats.liveBytes());
  }

  private static ReadOptions options(String engine) {
    return ReadOptions.builder().engine(engine).build();
  }

  private static byte[] example(String name) throws IOException {
    return Files.readAllBytes(ROOT.resolve("examples/data/" + name));
  }

  /** Returns all that a reader says: schema, batches with their metadata, stats or the failure. */
  private static String pulled(byte[] bytes, String engine) throws IOException {
    StringBuilder said = new StringBuilder();
    try (StreamReader reader =
        ArrowIpc.openStream(new ByteArrayInputStream(bytes), options(engine))) {
      said.append(reader.schema()).append('\n');
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        say(batch, said);
      }
      said.append(reader.stats());
    } catch (ArrowFormatException e) {
      said.append(e.kind()).append(e.byteOffset()).append(e.detail());
    }
    return said.toString();
  }

  private static void say(RecordBatch batch, StringBuilder said) {
    try (batch) {
      said.append(batch.metadata());
      for (int i = 0; i < batch.columnCount(); i++) {
        for (long row = 0; row < batch.rowCount(); row++) {
          said.append(batch.column(i).text(row)).append(',');
        }
      }
    } catch (ArrowFormatException e) {
      said.append(e.kind()).append(e.detail());
    }
    said.append('\n');
  }

  /** As {@link #pulled}, through chunks whose sizes {@code sizes} gives. */
  private static String pushed(byte[] bytes, String engine, Hand hand, Sizes sizes) {
    StringBuilder said = new StringBuilder();
    boolean[] hasSchema = new boolean[1];
    try (StreamDecoder decoder = ArrowIpc.newStreamDecoder(options(engine))) {
      try {
        for (int at = 0; at < bytes.length; ) {
          int size = Math.min(sizes.next(), bytes.length - at);
          ByteBuffer chunk = chunk(bytes, at, size, hand);
          at += size;
          while (chunk.hasRemaining()) {
            int before = chunk.remaining();
            boolean isShared = hand == Hand.SHARED_HEAP || hand == Hand.SHARED_DIRECT;
            boolean all = isShared ? decoder.feedShared(chunk) : decoder.feed(chunk);
            assertEquals(all, !chunk.hasRemaining());
            assertTrue(chunk.remaining() < before, "nothing was taken after poll gave null");
            drain(decoder, said, hasSchema);
          }
        }
        decoder.end();
        drain(decoder, said, hasSchema);
        assertTrue(decoder.isFinished());
        said.append(decoder.stats());
      } catch (ArrowFormatException e) {
        said.append(e.kind()).append(e.byteOffset()).append(e.detail());
        ArrowFormatException again = assertThrows(ArrowFormatException.class, decoder::poll);
        assertEquals(e.detail(), again.detail());
      }
    }
    return said.toString();
  }

  private static ByteBuffer chunk(byte[] bytes, int at, int size, Hand hand) {
    if (hand == Hand.HEAP || hand == Hand.SHARED_HEAP) {
      return ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, at + size));
    }
    return ByteBuffer.allocateDirect(size + 3).put(3, bytes, at, size).position(3);
  }

  private static void drain(StreamDecoder decoder, StringBuilder said, boolean[] hasSchema) {
    if (!hasSchema[0] && decoder.schema() != null) {
      hasSchema[0] = true;
      said.append(decoder.schema()).append('\n');
    }
    for (RecordBatch batch = decoder.poll(); batch != null; batch = decoder.poll()) {
      say(batch, said);
    }
  }

  private interface Sizes {
    int next();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void chunksOfAnySizeGiveTheSame(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    Random random = new Random(bytes.length);
    List<Sizes> all =
        List.of(() -> 1, () -> 13, () -> 4096, () -> bytes.length, () -> 1 + random.nextInt(500));
    for (String engine : ENGINES) {
      String wanted = pulled(bytes, engine);
      for (Hand hand : Hand.values()) {
        for (Sizes sizes : all) {
          assertEquals(wanted, pushed(bytes, engine, hand, sizes), engine + " " + hand);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("enginesAndHands")
  void aCutAnywhereGivesTheSame(String engine, Hand hand) throws IOException {
    int tested = 0;
    for (Path path : streams()) {
      byte[] bytes = Files.readAllBytes(path);
      if (bytes.length > SMALL_BYTES) {
        continue;
      }
      tested++;
      String wanted = pulled(bytes, engine);
      for (int cut = 1; cut < bytes.length; cut++) {
        int[] sizes = {cut, bytes.length - cut};
        int[] next = new int[1];
        assertEquals(
            wanted, pushed(bytes, engine, hand, () -> sizes[next[0]++]), path + " cut at " + cut);
      }
    }
    assertTrue(tested >= 10, "only " + tested + " small streams");
  }

  @ParameterizedTest
  @MethodSource("enginesAndHands")
  void anEndAnywhereIsWhatTheReaderSays(String engine, Hand hand) throws IOException {
    byte[] whole = example("labels.arrows");
    int truncated = 0;
    for (int size = 0; size < whole.length; size += 3) {
      byte[] bytes = Arrays.copyOf(whole, size);
      String wanted = pulled(bytes, engine);
      truncated += wanted.contains(ErrorKind.TRUNCATED.name()) ? 1 : 0;
      assertEquals(wanted, pushed(bytes, engine, hand, () -> 100), size + " bytes");
    }
    assertTrue(truncated > 100, truncated + " truncations");
  }

  @ParameterizedTest
  @MethodSource("enginesAndHands")
  void damageIsWhatTheReaderSays(String engine, Hand hand) throws IOException {
    List<byte[]> good = new ArrayList<>();
    for (Path path : streams()) {
      byte[] bytes = Files.readAllBytes(path);
      if (bytes.length < 40_000) {
        good.add(bytes);
      }
    }
    Mutator mutator = new Mutator(good, hand.ordinal());
    int failures = 0;
    for (int i = 0; i < 1500; i++) {
      byte[] bytes = mutator.next();
      String wanted = pulled(bytes, engine);
      failures += wanted.contains("RecordBatches") ? 0 : 1;
      Random random = new Random(i);
      Sizes sizes = () -> 1 + random.nextInt(700);
      assertEquals(wanted, pushed(bytes, engine, hand, sizes), "mutation " + i);
    }
    assertTrue(failures > 100, failures + " failures");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void theSchemaIsKnownAsSoonAsItsBytesHaveCome(String engine) throws IOException {
    byte[] bytes = example("weather.arrows");
    int schemaBytes = 8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    try (StreamDecoder decoder = ArrowIpc.newStreamDecoder(options(engine))) {
      assertNull(decoder.schema());
      decoder.feed(ByteBuffer.wrap(bytes, 0, schemaBytes - 1));
      assertNull(decoder.schema());
      assertNull(decoder.poll());
      decoder.feed(ByteBuffer.wrap(bytes, schemaBytes - 1, 1));
      assertNotNull(decoder.schema());
      assertNull(decoder.poll());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void whatIsPendingIsBounded(String engine) throws IOException {
    byte[] one = example("weather.arrows");
    int schemaBytes = 8 + ByteBuffer.wrap(one).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    int batchBytes = one.length - schemaBytes - 8;
    int times = 8_000_000 / batchBytes;
    ByteBuffer many = ByteBuffer.allocate(schemaBytes + times * batchBytes);
    many.put(one, 0, schemaBytes);
    for (int i = 0; i < times; i++) {
      many.put(one, schemaBytes, batchBytes);
    }
    many.flip();
    long batches = 0;
    try (StreamDecoder decoder = ArrowIpc.newStreamDecoder(options(engine))) {
      assertFalse(decoder.feed(many), "8 MB were taken at once");
      while (many.hasRemaining()) {
        assertTrue(decoder.pendingBytes() <= 1 << 20, decoder.pendingBytes() + " bytes pending");
        int before = many.remaining();
        decoder.feed(many);
        assertEquals(before, many.remaining(), "more was taken though nothing was polled");
        for (RecordBatch batch = decoder.poll(); batch != null; batch = decoder.poll()) {
          batch.close();
          batches++;
        }
        decoder.feed(many);
      }
      decoder.end();
      for (RecordBatch batch = decoder.poll(); batch != null; batch = decoder.poll()) {
        batch.close();
        batches++;
      }
      assertEquals(decoder.stats().recordBatches(), batches);
      assertTrue(decoder.isFinished());
    }
    assertEquals(3L * times, batches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void bodiesInSharedChunksAreNotCopied(String engine) throws IOException {
    byte[] bytes = example("weather.arrows");
    ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    List<RecordBatch> batches = new ArrayList<>();
    try (StreamDecoder decoder = ArrowIpc.newStreamDecoder(options(engine))) {
      long before = MemoryStats.bodyBytesAllocated();
      assertTrue(decoder.feedShared(direct));
      for (RecordBatch batch = decoder.poll(); batch != null; batch = decoder.poll()) {
        batches.add(batch);
      }
      assertEquals(before, MemoryStats.bodyBytesAllocated());
      assertEquals(3, batches.size());
    }
    batches.forEach(batch -> assertNotNull(batch.column(0).text(0)));
    batches.forEach(RecordBatch::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void batchesPolledOutliveTheDecoderAndTheChunk(String engine) throws IOException {
    byte[] bytes = example("labels.arrows");
    ByteBuffer chunk = ByteBuffer.wrap(bytes.clone());
    List<RecordBatch> batches = new ArrayList<>();
    try (StreamDecoder decoder = ArrowIpc.newStreamDecoder(options(engine))) {
      decoder.feed(chunk);
      for (RecordBatch batch = decoder.poll(); batch != null; batch = decoder.poll()) {
        batches.add(batch);
      }
    }
    Arrays.fill(chunk.array(), (byte) 0x55);
    StringBuilder said = new StringBuilder();
    batches.forEach(batch -> say(batch, said));
    assertTrue(pulled(bytes, engine).contains(said));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void closingInTheMiddleGivesEverythingBack(String engine) throws IOException {
    byte[] bytes = example("labels.arrows");
    for (int size = 0; size < bytes.length; size += 101) {
      StreamDecoder decoder = ArrowIpc.newStreamDecoder(options(engine));
      decoder.feed(ByteBuffer.wrap(bytes, 0, size));
      RecordBatch first = decoder.poll();
      if (first != null) {
        first.close();
      }
      decoder.close();
      decoder.close();
      assertThrows(IllegalStateException.class, decoder::poll);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void wholeBatchesComeBeforeTheTruncation(String engine) throws IOException {
    byte[] bytes = example("weather.arrows");
    try (StreamDecoder decoder = ArrowIpc.newStreamDecoder(options(engine))) {
      decoder.feed(ByteBuffer.wrap(bytes, 0, bytes.length - 100));
      decoder.end();
      for (int i = 0; i < 2; i++) {
        RecordBatch batch = decoder.poll();
        assertEquals(20, batch.rowCount());
        batch.close();
      }
      ArrowFormatException e = assertThrows(ArrowFormatException.class, decoder::poll);
      assertEquals(ErrorKind.TRUNCATED, e.kind());
      assertEquals(bytes.length - 100, e.byteOffset());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "pure"})
  void bytesAfterTheEndOfTheInputAreMisuse(String engine) throws IOException {
    byte[] bytes = example("weather.arrows");
    try (StreamDecoder decoder = ArrowIpc.newStreamDecoder(options(engine))) {
      decoder.feed(ByteBuffer.wrap(bytes));
      decoder.end();
      assertThrows(IllegalStateException.class, () -> decoder.feed(ByteBuffer.allocate(1)));
      assertNotNull(decoder.schema());
    }
  }
}
