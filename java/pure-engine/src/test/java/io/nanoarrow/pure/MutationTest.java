package io.nanoarrow.pure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Good bytes with random damage: read, or refused with the one exception, values included. */
class MutationTest {
  private static final int ROUNDS = 4_000;
  private static final long MAX_ROWS = 1_000;

  /** A stream with every type, plain and in dictionaries with deltas. */
  private static List<byte[]> streams(boolean files) {
    List<byte[]> all = new ArrayList<>();
    for (Sample sample : Samples.all()) {
      Field field = sample.field();
      Field encoded =
          DictionaryReadTest.encoded("d", 1, field.type(), field.children().toArray(new Field[0]));
      BatchSpec batch = sample.batch().node(3, 0).buffer().buffer(new byte[] {0, 5, 2});
      byte[][] messages = {
        Wire.dictionary(1, false, sample.batch()),
        Wire.dictionary(1, true, sample.batch()),
        Wire.batch(batch)
      };
      Schema schema = Schema.of(field, encoded);
      all.add(
          files
              ? Wire.file(schema, Metadata.builder().add("k", "v").build(), 2, messages)
              : Wire.stream(schema, messages));
    }
    return all;
  }

  @Test
  void streams() throws IOException {
    run(streams(false), false, 1);
  }

  @Test
  void files() throws IOException {
    run(streams(true), true, 2);
  }

  private static void run(List<byte[]> good, boolean files, long seed) throws IOException {
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = good.get(round % good.size()).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        damage(bytes, random);
      }
      try {
        readAll(files ? Reading.file(bytes) : Reading.stream(bytes));
      } catch (ArrowFormatException e) {
        refused++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", round " + round, e);
      }
    }
    assertTrue(refused > ROUNDS / 10 && refused < ROUNDS, refused + " refused");
  }

  private static void damage(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length);
    int[] extremes = {0, 1, -1, 127, -128, 64};
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] = (byte) random.nextInt();
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) extremes[random.nextInt(extremes.length)];
      default -> {
        for (int i = at & ~7; i < Math.min(bytes.length, (at & ~7) + 8); i++) {
          bytes[i] = (byte) extremes[random.nextInt(2)];
        }
      }
    }
  }

  private static void readAll(BatchReader open) throws IOException {
    try (BatchReader reader = open) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        try (RecordBatch each = batch) {
          for (int i = 0; i < each.columnCount(); i++) {
            readColumn(each, i);
          }
        }
      }
    }
  }

  /** Reads some rows even when one of them, or the dictionary, is refused. */
  private static void readColumn(RecordBatch batch, int index) {
    Column column;
    try {
      column = batch.column(index);
    } catch (ArrowFormatException e) {
      return;
    }
    for (long row = 0; row < Math.min(MAX_ROWS, column.length()); row++) {
      if (isLong(column.type())) {
        continue;
      }
      try {
        column.getObject(row);
      } catch (ArrowFormatException e) {
        assertTrue(e.getMessage().length() < 2000);
      }
    }
  }

  /**
   * A fixed-size list of nulls may be as long as it says, so that its rows cannot be Java lists.
   */
  private static boolean isLong(ArrowType type) {
    return type instanceof ArrowType.FixedSizeList list && list.listSize() > MAX_ROWS;
  }
}
