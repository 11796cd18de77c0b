package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.Table;
import io.nanoarrow.inspect.DictionaryUse;
import io.nanoarrow.inspect.WireBuffer;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireMessage.Kind;
import io.nanoarrow.inspect.WireProblem;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.inspect.WireScanner;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.stats.ReadStats;
import io.nanoarrow.testing.CountingChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a look at the wire finds agrees with what engines read, and says where it cannot. */
class InspectTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
  private static final int BLOCK_BYTES = 24;

  @TempDir Path folder;

  static List<Path> inputs() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String name : List.of("examples/data", "testdata/differential")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(name))) {
        files
            .filter(f -> f.toString().endsWith(".arrow") || f.toString().endsWith(".arrows"))
            .sorted()
            .forEach(paths::add);
      }
    }
    return paths;
  }

  private static Path example(String name) {
    return ROOT.resolve("examples/data/" + name);
  }

  private static WireReport inspect(Path path) throws IOException {
    return ArrowIpc.inspect(path, ReadOptions.DEFAULT);
  }

  private WireReport inspect(byte[] bytes) throws IOException {
    return inspect(Files.write(folder.resolve("input"), bytes));
  }

  private static Set<String> texts(WireReport report) {
    return report.problems().stream()
        .map(WireProblem::text)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void messagesAndBuffersAreWhereTheFormatPutsThem(Path path) throws IOException {
    WireReport report = inspect(path);
    assertEquals(List.of(), report.problems());
    ReadStats stats;
    try (BatchReader reader = ArrowIpc.open(path);
        Table table = reader.readAll()) {
      stats = reader.stats();
      assertEquals(reader.schema(), report.schema());
      assertEquals(
          table.rowCount(),
          report.messages(Kind.RECORD_BATCH).stream().mapToLong(WireMessage::rowCount).sum());
    }
    assertEquals(stats.recordBatches(), report.messages(Kind.RECORD_BATCH).size());
    assertEquals(stats.dictionaryBatches(), report.messages(Kind.DICTIONARY_BATCH).size());
    long offset = report.isFile() ? WireScanner.FILE_MESSAGES_OFFSET : 0;
    for (WireMessage message : report.messages()) {
      assertEquals(offset, message.offset());
      offset = message.end();
      long covered = message.bodyPaddingBytes();
      for (WireBuffer buffer : message.buffers()) {
        assertTrue(buffer.column() >= 0 && !buffer.path().isEmpty(), buffer.toString());
        assertTrue(buffer.offset() >= message.bodyOffset(), buffer.toString());
        assertTrue(buffer.offset() + buffer.sizeBytes() <= message.end(), buffer.toString());
        assertTrue(buffer.decodedBytes() >= 0, buffer.toString());
        covered += buffer.sizeBytes();
      }
      assertEquals(message.bodyBytes(), covered, "buffers and padding make up the body");
    }
    assertEquals(report.endMarkerOffset(), offset);
  }

  @Test
  void buffersAreNamedByTheirLayout() throws IOException {
    List<String> names = new ArrayList<>();
    for (WireMessage message : inspect(example("labels.arrows")).messages()) {
      for (WireBuffer buffer : message.buffers()) {
        names.add(buffer.path() + " " + buffer.kind());
      }
    }
    assertEquals(
        List.of(
            "colour validity",
            "colour offsets",
            "colour data",
            "size validity",
            "size offsets",
            "size data",
            "listed.item validity",
            "listed.item values",
            "colour validity",
            "colour indices",
            "size validity",
            "size indices",
            "listed validity",
            "listed offsets",
            "listed.item validity",
            "listed.item indices"),
        names);
  }

  @Test
  void dictionariesAreCountedWithTheirFields() throws IOException {
    assertEquals(
        List.of(
            new DictionaryUse(0, 1, 0, 3, List.of("colour")),
            new DictionaryUse(1, 1, 0, 3, List.of("size")),
            new DictionaryUse(2, 1, 0, 2, List.of("listed.item"))),
        DictionaryUse.of(inspect(example("labels.arrows"))));
  }

  @Test
  void compressedBuffersTellWhatTheyBecome() throws IOException {
    WireMessage batch = inspect(example("readings.zstd.arrows")).messages(Kind.RECORD_BATCH).get(0);
    assertEquals("zstd", batch.codec());
    WireBuffer ticks = batch.buffers().get(1);
    assertEquals("tick values", ticks.path() + " " + ticks.kind());
    assertEquals(3000 * 8, ticks.decodedBytes());
    assertTrue(ticks.sizeBytes() < ticks.decodedBytes());
  }

  @Test
  void aCutFileIsListedUpToTheCut() throws IOException {
    byte[] whole = Files.readAllBytes(example("weather.arrow"));
    WireReport good = inspect(example("weather.arrow"));
    for (int size = 8; size < good.endMarkerOffset(); size += 7) {
      WireReport report = inspect(Arrays.copyOf(whole, size));
      int cut = size;
      List<WireMessage> expected = good.messages().stream().filter(m -> m.end() <= cut).toList();
      List<WireMessage> found = report.messages().stream().filter(WireMessage::isWhole).toList();
      assertEquals(expected, found, size + " bytes");
      assertTrue(
          texts(report).stream().anyMatch(t -> t.startsWith("no footer")),
          texts(report).toString());
    }
  }

  /** Returns where the blocks of the record batches begin in a file of several batches. */
  private static int blocks(ByteBuffer file, WireReport report) {
    long first = report.messages(Kind.RECORD_BATCH).get(0).offset();
    long second = report.messages(Kind.RECORD_BATCH).get(1).offset();
    for (int at = (int) report.footer().offset(); at < file.limit() - 2 * BLOCK_BYTES; at += 4) {
      if (file.getLong(at) == first && file.getLong(at + BLOCK_BYTES) == second) {
        return at;
      }
    }
    throw new AssertionError("no blocks");
  }

  private interface Lie {
    void tell(ByteBuffer file, int block);
  }

  private Set<String> problemsOf(Lie lie) throws IOException {
    byte[] bytes = Files.readAllBytes(example("weather.arrow"));
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    lie.tell(file, blocks(file, inspect(example("weather.arrow"))));
    return texts(inspect(bytes));
  }

  @Test
  void aFooterThatLiesIsToldApart() throws IOException {
    assertEquals(
        Set.of(
            "record batch that the footer does not list",
            "the footer's record batch 0 at 552 is no message",
            "the footer's blocks overlap at 1544"),
        problemsOf((file, block) -> file.putLong(block, file.getLong(block) + 8)));
    assertEquals(
        Set.of(
            "record batch that the footer does not list",
            "the footer's record batch 0 at 4611686018427387904 lies outside of the messages"),
        problemsOf((file, block) -> file.putLong(block, 1L << 62)));
    assertEquals(
        Set.of(
            "the footer's record batch 0 at 544 says metadata of 360 bytes, there are 352",
            "the footer's blocks overlap at 1544"),
        problemsOf((file, block) -> file.putInt(block + 8, 360)));
    assertEquals(
        Set.of("the footer's record batch 1 at 1544 says a body of 640 bytes, there are 648"),
        problemsOf((file, block) -> file.putLong(block + BLOCK_BYTES + 16, 640)));
    assertEquals(
        Set.of(
            "record batch that the footer does not list",
            "the footer's record batch 1 at 544 is there twice",
            "the footer's blocks overlap at 544"),
        problemsOf((file, block) -> file.putLong(block + BLOCK_BYTES, 544)));
  }

  @Test
  void whatOnlyTheFooterLeadsToIsListedAsSuch() throws IOException {
    byte[] bytes = Files.readAllBytes(example("weather.arrow"));
    WireReport good = inspect(example("weather.arrow"));
    WireMessage second = good.messages(Kind.RECORD_BATCH).get(1);
    ByteBuffer.wrap(bytes).putInt((int) second.offset() + 4, -5);
    WireReport report = inspect(bytes);
    assertEquals(
        List.of(true, true, false),
        report.messages().stream().map(WireMessage::isInSequence).toList());
    assertTrue(texts(report).contains("metadata of -67108865 bytes"), texts(report).toString());
  }

  @Test
  void damageOfAnyKindIsSurvived() throws IOException {
    List<byte[]> good = new ArrayList<>();
    for (Path path : inputs()) {
      good.add(Files.readAllBytes(path));
    }
    Mutator mutator = new Mutator(good, 7);
    int withProblems = 0;
    for (int i = 0; i < 3000; i++) {
      WireReport report = inspect(mutator.next());
      assertNotNull(DictionaryUse.of(report));
      withProblems += report.problems().isEmpty() ? 0 : 1;
    }
    assertTrue(withProblems > 300, withProblems + " with problems");
  }

  @Test
  void bodiesAreNotRead() throws IOException {
    Path sparse = folder.resolve("sparse.arrows");
    WireReport good = inspect(example("weather.arrows"));
    byte[] bytes = Files.readAllBytes(example("weather.arrows"));
    WireMessage batch = good.messages(Kind.RECORD_BATCH).get(0);
    ByteBuffer head = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long bodyBytes = 600L << 20;
    int places = 0;
    for (int at = (int) batch.offset() + 8; at < batch.bodyOffset() - 8; at += 4) {
      if (head.getLong(at) == batch.bodyBytes()) {
        head.putLong(at, bodyBytes);
        places++;
      }
    }
    assertEquals(1, places);
    try (FileChannel out =
        FileChannel.open(sparse, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      out.write(head.slice(0, (int) batch.end()));
      out.write(
          head.slice((int) batch.end(), bytes.length - (int) batch.end()),
          batch.bodyOffset() + bodyBytes);
    }
    try (CountingChannel counting = new CountingChannel(sparse)) {
      WireReport report =
          WireScanner.scan(
              counting,
              message -> {
                try (var reader = ArrowIpc.openStream(message, ReadOptions.DEFAULT)) {
                  return reader.schema();
                }
              },
              ReadOptions.DEFAULT);
      assertEquals(3, report.messages(Kind.RECORD_BATCH).size());
      assertTrue(report.sizeBytes() > bodyBytes);
      long read = counting.takeCount();
      assertTrue(read < 64 << 10, read + " bytes read");
    }
  }
}
