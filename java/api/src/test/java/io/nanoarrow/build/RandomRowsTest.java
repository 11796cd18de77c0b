package io.nanoarrow.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.testing.RandomRows;
import io.nanoarrow.testing.RandomSchemas;
import io.nanoarrow.testing.RandomValues;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Any rows of any schema are read as they were appended. */
class RandomRowsTest {
  private static final int SCHEMAS = 300;

  @Test
  void whatIsBuiltIsReadAsItWasAppended() {
    for (int seed = 0; seed < SCHEMAS; seed++) {
      Random random = new Random(seed);
      Schema schema = new RandomSchemas(random).next();
      RandomRows rows = new RandomRows(random);
      try (BatchBuilder builder = BatchBuilder.of(schema, random.nextInt(100))) {
        for (int i = 0; i < 3; i++) {
          var expected = rows.append(builder, random.nextInt(70));
          try (RecordBatch batch = builder.build()) {
            assertRows(expected, batch, "seed " + seed);
          }
        }
      }
    }
  }

  private static void assertRows(
      List<List<@Nullable Object>> expected, RecordBatch batch, String what) {
    for (int i = 0; i < expected.size(); i++) {
      String name = what + " " + batch.column(i).field();
      for (int row = 0; row < expected.get(i).size(); row++) {
        assertEquals(
            RandomValues.comparable(expected.get(i).get(row)),
            RandomValues.comparable(batch.column(i).getObject(row)),
            name + " row " + row);
      }
      long nulls = expected.get(i).stream().filter(value -> value == null).count();
      assertEquals(nulls, batch.column(i).nullCount(), name);
    }
  }

  @Test
  void rowsAreCopiedAsObjects() {
    for (int seed = 0; seed < SCHEMAS; seed++) {
      Random random = new Random(seed);
      Schema schema = new RandomSchemas(random).next();
      if (schema.fields().stream().anyMatch(RandomRowsTest::holdsUnion)) {
        continue;
      }
      try (BatchBuilder first = BatchBuilder.of(schema);
          BatchBuilder second = BatchBuilder.of(schema)) {
        new RandomRows(random).append(first, 30);
        try (RecordBatch batch = first.build()) {
          for (int row = 0; row < batch.rowCount(); row++) {
            Object[] values = new Object[schema.fields().size()];
            for (int i = 0; i < values.length; i++) {
              values[i] = batch.column(i).getObject(row);
            }
            second.appendRow(values);
          }
          try (RecordBatch copy = second.build()) {
            assertNull(BatchComparison.DEFAULT.firstDifference(batch, copy), "seed " + seed);
          }
        }
      }
    }
  }

  /** Which child of a union had the value is not in the value. */
  private static boolean holdsUnion(Field field) {
    return field.type() instanceof ArrowType.Union
        || field.children().stream().anyMatch(RandomRowsTest::holdsUnion);
  }

  @Test
  void truncatedRowsLeaveNoTrace() {
    for (int seed = 0; seed < SCHEMAS; seed++) {
      Random random = new Random(seed);
      Schema schema = new RandomSchemas(random).next();
      RandomRows rows = new RandomRows(random);
      try (BatchBuilder builder = BatchBuilder.of(schema)) {
        var expected = rows.append(builder, 40);
        int kept = random.nextInt(41);
        builder.truncate(kept);
        var more = rows.append(builder, 20);
        for (int i = 0; i < expected.size(); i++) {
          expected.get(i).subList(kept, 40).clear();
          expected.get(i).addAll(more.get(i));
        }
        try (RecordBatch batch = builder.build()) {
          assertRows(expected, batch, "seed " + seed);
        }
      }
    }
  }
}
