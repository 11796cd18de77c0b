package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nanoarrow.MemoryOutput;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.build.BatchBuilder;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.MemoryStats;
import io.nanoarrow.testing.RandomRows;
import io.nanoarrow.testing.RandomSchemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Any batches of any schema, sliced, written by either engine with any options, are read by both as
 * they were. The system properties {@code nanoarrow.random.count} and {@code nanoarrow.random.seed}
 * say how many and from where on; a failure names the seed that repeats it.
 */
class RandomWritesTest {
  private static final BatchComparison EXACT = BatchComparison.builder().metadata(true).build();

  @Test
  void whatIsWrittenIsReadAsItWasBuilt() throws IOException {
    int count = Integer.getInteger("nanoarrow.random.count", 300);
    long first = Long.getLong("nanoarrow.random.seed", 1);
    for (long seed = first; seed < first + count; seed++) {
      long live = MemoryStats.liveBytes();
      try {
        check(new Random(seed));
      } catch (RuntimeException | IOException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
      assertEquals(live, MemoryStats.liveBytes(), "bytes alive after seed " + seed);
    }
  }

  private static void check(Random random) throws IOException {
    Schema schema = new RandomSchemas(random).next();
    boolean toFile = random.nextBoolean();
    try (Table table = table(schema, random)) {
      WriteOptions.Builder options = options(random);
      if (toFile) {
        // A dictionary that grew can only be a delta there.
        options.emitDictionaryDeltas(true);
      }
      boolean divided = options.build().batchRows() > 0;
      for (String writer : Samples.ENGINES) {
        MemoryOutput out = Samples.written(toFile, table, options.engine(writer).build());
        for (String reader : Samples.ENGINES) {
          try (Table found = Samples.read(out, reader)) {
            String what = writer + " to " + reader + (toFile ? ", file" : ", stream");
            assertNull(EXACT.firstDifference(table, found), what);
            if (!divided) {
              assertEqualDivision(table, found, what);
            }
          }
        }
      }
    }
  }

  private static void assertEqualDivision(Table table, Table found, String what) {
    assertEquals(table.batches().size(), found.batches().size(), what);
    for (int i = 0; i < table.batches().size(); i++) {
      RecordBatch wanted = table.batches().get(i);
      assertEquals(wanted.rowCount(), found.batches().get(i).rowCount(), what);
      assertEquals(wanted.metadata(), found.batches().get(i).metadata(), what);
    }
  }

  /** Returns up to three batches, each whole or a slice, with dictionaries that grow. */
  private static Table table(Schema schema, Random random) {
    List<RecordBatch> batches = new ArrayList<>();
    RandomRows rows = new RandomRows(random);
    try (BatchBuilder builder = BatchBuilder.of(schema)) {
      for (int i = random.nextInt(4); i > 0; i--) {
        rows.append(builder, random.nextInt(10) == 0 ? 0 : random.nextInt(150));
        Metadata metadata =
            random.nextInt(4) == 0 ? Metadata.of(Map.of("batch", "" + i)) : Metadata.EMPTY;
        RecordBatch batch = builder.build(metadata);
        if (random.nextBoolean()) {
          try (RecordBatch whole = batch) {
            long start = random.nextLong(whole.rowCount() + 1);
            batch = whole.slice(start, random.nextLong(whole.rowCount() - start + 1));
          }
        }
        batches.add(batch);
      }
    }
    return new Table(schema, batches);
  }

  private static WriteOptions.Builder options(Random random) {
    WriteOptions.Builder options =
        WriteOptions.builder()
            .alignmentBytes(8 << random.nextInt(4))
            .emitDictionaryDeltas(random.nextBoolean())
            .useThreads(random.nextBoolean());
    switch (random.nextInt(4)) {
      case 0 -> options.compression(Compression.LZ4);
      case 1 -> options.compression(Compression.zstd(1 + random.nextInt(5)));
      default -> options.compression(null);
    }
    if (random.nextInt(4) == 0) {
      options.minSpaceSavings(random.nextDouble());
    }
    if (random.nextInt(3) == 0) {
      options.metadataVersion(MetadataVersion.V4).legacyFormat(random.nextBoolean());
    }
    if (random.nextInt(3) == 0) {
      options.batchRows(1 + random.nextInt(100));
    }
    if (random.nextInt(3) == 0) {
      options.unifyDictionaries(true);
    }
    return options;
  }
}
