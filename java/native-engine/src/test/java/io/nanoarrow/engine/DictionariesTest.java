package io.nanoarrow.engine;

import static io.nanoarrow.engine.EncodedInputs.bytes;
import static io.nanoarrow.engine.EncodedInputs.growing;
import static io.nanoarrow.engine.EncodedInputs.replaced;
import static io.nanoarrow.engine.EncodedInputs.shared;
import static io.nanoarrow.engine.EncodedInputs.values;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.StreamReader;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.stats.MemoryStats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DictionariesTest {
  @TempDir Path folder;

  private static List<RecordBatch> readAll(StreamReader reader) throws IOException {
    List<RecordBatch> batches = new ArrayList<>();
    for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
      batches.add(batch);
    }
    return batches;
  }

  @ParameterizedTest
  @EnumSource
  void deltasAppendAndEarlierBatchesKeepWhatTheyHad(InputKind kind) throws IOException {
    List<RecordBatch> batches;
    try (StreamReader reader = kind.open(bytes("deltas.arrows"), folder)) {
      batches = readAll(reader);
      assertEquals(40, reader.stats().dictionaryBatches());
      assertEquals(39, reader.stats().dictionaryDeltas());
      assertEquals(0, reader.stats().replacedDictionaries());
    }
    for (int k = 0; k < 40; k++) {
      try (RecordBatch batch = batches.get(k)) {
        assertEquals(growing(k), values(batch, "w"));
        assertEquals(k + 1, batch.column("w").asDictionary().values().length());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void replacementLeavesEarlierBatchesAlone(InputKind kind) throws IOException {
    List<RecordBatch> batches;
    try (StreamReader reader = kind.open(bytes("replaced.arrows"), folder)) {
      batches = readAll(reader);
      assertEquals(3, reader.stats().replacedDictionaries());
    }
    assertEquals(4, batches.size());
    for (int k = 3; k >= 0; k--) {
      try (RecordBatch batch = batches.get(k)) {
        assertEquals(replaced(k), values(batch, "w"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void dictionariesInsideOfDictionariesAreReplaced(InputKind kind) throws IOException {
    List<RecordBatch> batches;
    try (StreamReader reader = kind.open(bytes("nested.arrows"), folder)) {
      batches = readAll(reader);
    }
    assertEquals(3, batches.size());
    for (int k = 0; k < 3; k++) {
      try (RecordBatch batch = batches.get(k)) {
        assertEquals(
            Arrays.asList("[n" + k + "]", "[y, x]", null, "[x, n" + k + "]"), values(batch, "l"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesJoinTheirDeltas(FilesTest.Kind kind) throws IOException {
    for (String name : List.of("deltas.arrow", "deltas.lz4.arrow")) {
      try (FileReader file = kind.open(bytes(name), folder)) {
        for (int k : new int[] {39, 0, 17}) {
          try (RecordBatch batch = file.batch(k)) {
            assertEquals(growing(k), values(batch, "w"));
            assertEquals(40, batch.column("w").asDictionary().values().length());
          }
        }
        assertEquals(39, file.stats().dictionaryDeltas());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"deltas.arrows", "growing.arrows", "replaced.arrows", "nested.arrows"})
  void memoryGoesInEveryOrderOfClosing(String name) throws IOException {
    byte[] bytes = bytes(name);
    for (InputKind kind : InputKind.values()) {
      for (int order = 0; order < 4; order++) {
        long live = MemoryStats.liveBytes();
        StreamReader reader = kind.open(bytes, folder);
        List<RecordBatch> batches = readAll(reader);
        if (order % 2 == 0) {
          reader.close();
        }
        if (order / 2 == 0) {
          Collections.reverse(batches);
        }
        batches.forEach(batch -> batch.column(0).getObject(0));
        batches.forEach(RecordBatch::close);
        reader.close();
        assertEquals(live, MemoryStats.liveBytes(), () -> kind + " of " + name);
      }
    }
  }

  @Test
  void aReaderClosedEarlyKeepsNoDictionary() throws IOException {
    long live = MemoryStats.liveBytes();
    for (int count = 0; count < 5; count++) {
      try (StreamReader reader = InputKind.STREAM.open(bytes("growing.arrows"), folder)) {
        for (int i = 0; i < count; i++) {
          reader.next().close();
        }
      }
    }
    assertEquals(live, MemoryStats.liveBytes());
  }

  @ParameterizedTest
  @EnumSource
  void threadsShareTheDictionaryOfAFile(FilesTest.Kind kind) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    long live = MemoryStats.liveBytes();
    for (String name : List.of("shared.arrow", "shared.zstd.arrow")) {
      try (FileReader file = kind.open(bytes(name), folder)) {
        List<Future<?>> readers =
            IntStream.range(0, 8)
                .<Future<?>>mapToObj(
                    t ->
                        threads.submit(
                            () -> {
                              for (int i = 0; i < 50; i++) {
                                int k = (7 * i + 13 * t) % 50;
                                try (RecordBatch batch = file.batch(k)) {
                                  assertEquals(shared(k), values(batch, "w"));
                                }
                              }
                              return null;
                            }))
                .toList();
        for (Future<?> reader : readers) {
          reader.get();
        }
        assertEquals(1, file.stats().dictionaryBatches());
      }
    }
    threads.shutdown();
    assertEquals(live, MemoryStats.liveBytes());
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] whole = bytes("deltas.arrow");
    for (int size = 0; size < whole.length; size += 97) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThrows(ArrowFormatException.class, () -> FilesTest.Kind.HEAP.open(cut, folder).close());
    }
  }

  @Test
  void damagedDictionariesEndWithAVerdict() throws IOException {
    byte[] whole = bytes("replaced.arrows");
    long live = MemoryStats.liveBytes();
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      try (StreamReader reader = InputKind.HEAP_BUFFER.open(damaged, folder)) {
        reader.forEachBatch(batch -> values(batch, "w"));
      } catch (ArrowFormatException | IllegalArgumentException e) {
        continue; // a verdict
      }
    }
    assertEquals(live, MemoryStats.liveBytes());
  }

  @Test
  void batchesWithDictionariesAreExported() throws IOException {
    NativeCDataBridge bridge = new NativeCDataBridge();
    long live = MemoryStats.liveBytes();
    for (String name : List.of("deltas.arrows", "nested.arrows", "shared.zstd.arrows")) {
      try (StreamReader reader = InputKind.MAPPED_PATH.open(bytes(name), folder);
          io.nanoarrow.c.ArrowArray array = new io.nanoarrow.c.ArrowArray()) {
        for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
          List<String> expected = values(batch, batch.schema().fields().get(0).name());
          batch.exportBatch(array.address(), 0);
          io.nanoarrow.schema.Schema schema = batch.schema();
          batch.close();
          try (RecordBatch back =
              RecordBatch.of(schema, bridge.importBatch(schema, array.address()))) {
            assertEquals(expected, values(back, schema.fields().get(0).name()));
          }
        }
        assertNull(reader.next());
      }
    }
    assertEquals(live, MemoryStats.liveBytes());
  }
}
