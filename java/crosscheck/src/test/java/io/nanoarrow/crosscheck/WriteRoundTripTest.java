package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.MemoryOutput;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.stats.WriteStats;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What either engine writes, both read as it was. */
class WriteRoundTripTest {
  private static final BatchComparison EXACT = BatchComparison.builder().metadata(true).build();

  static List<Path> inputs() {
    return Samples.all();
  }

  private static List<WriteOptions.Builder> variants() {
    return List.of(
        WriteOptions.builder(),
        WriteOptions.builder().compression(Compression.LZ4),
        WriteOptions.builder().compression(Compression.zstd(3)).alignmentBytes(8),
        WriteOptions.builder().metadataVersion(MetadataVersion.V4).legacyFormat(true),
        WriteOptions.builder().emitDictionaryDeltas(true).alignmentBytes(32));
  }

  private static void assertSame(Table wanted, Table found) {
    assertNull(EXACT.firstDifference(wanted, found));
    assertEquals(wanted.batches().size(), found.batches().size());
    for (int i = 0; i < wanted.batches().size(); i++) {
      assertEquals(wanted.batches().get(i).metadata(), found.batches().get(i).metadata());
      assertEquals(wanted.batches().get(i).rowCount(), found.batches().get(i).rowCount());
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void everyStreamIsReadAsItWas(Path path) throws IOException {
    for (WriteOptions.Builder options : variants()) {
      Samples.forEachEngine(
          engine -> {
            try (Table table = Samples.read(path)) {
              MemoryOutput out = Samples.written(false, table, options.engine(engine).build());
              for (String reader : Samples.ENGINES) {
                try (Table found = Samples.read(out, reader)) {
                  assertSame(table, found);
                }
              }
            }
          });
    }
  }

  /** Dictionaries that differ in a file are unified, so that encodings are looked through. */
  @ParameterizedTest
  @MethodSource("inputs")
  void everyFileIsReadAsItWas(Path path) throws IOException {
    for (WriteOptions.Builder options : variants()) {
      options.emitDictionaryDeltas(true).unifyDictionaries(true);
      Samples.forEachEngine(
          engine -> {
            try (Table table = Samples.read(path)) {
              MemoryOutput out = new MemoryOutput();
              try (BatchWriter writer =
                  Samples.writer(true, out, table.schema(), options.engine(engine).build())) {
                writer.write(table);
              }
              for (String reader : Samples.ENGINES) {
                try (Table found = Samples.read(out, reader)) {
                  assertSame(table, found);
                }
              }
            }
          });
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void everySliceIsReadAsItWas(Path path) throws IOException {
    Random random = new Random(7);
    Samples.forEachEngine(
        engine -> {
          try (Table whole = Samples.read(path);
              Table table = slices(whole, random)) {
            WriteOptions options = WriteOptions.builder().engine(engine).build();
            MemoryOutput out = Samples.written(false, table, options);
            for (String reader : Samples.ENGINES) {
              try (Table found = Samples.read(out, reader)) {
                assertSame(table, found);
              }
            }
          }
        });
  }

  private static Table slices(Table table, Random random) {
    List<RecordBatch> slices = new ArrayList<>();
    for (RecordBatch batch : table.batches()) {
      for (int i = 0; i < 3; i++) {
        long start = random.nextLong(batch.rowCount() + 1);
        slices.add(batch.slice(start, random.nextLong(batch.rowCount() - start + 1)));
      }
    }
    return new Table(table.schema(), slices);
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void theSizeOfABatchIsToldExactly(Path path) throws IOException {
    for (WriteOptions.Builder builder : variants()) {
      Samples.forEachEngine(
          engine -> {
            WriteOptions options = builder.engine(engine).build();
            MemoryOutput out = new MemoryOutput();
            try (Table table = Samples.read(path);
                BatchWriter writer = Samples.writer(false, out, table.schema(), options)) {
              for (RecordBatch batch : table.batches()) {
                writer.write(batch); // The dictionaries.
                WriteStats before = writer.stats();
                writer.write(batch);
                WriteStats after = writer.stats();
                assertEquals(before.messages() + 1, after.messages());
                assertEquals(
                    after.bytesWritten() - before.bytesWritten(),
                    ArrowIpc.recordBatchSize(batch, options),
                    () -> engine + " " + Arrays.asList(path, options.alignmentBytes()));
              }
            }
          });
    }
  }
}
