package io.nanoarrow.column;

import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.batch;
import static io.nanoarrow.testing.TestArrays.column;
import static io.nanoarrow.testing.TestArrays.i32;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.nested;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.ArrowType;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Values whose elements are shared, or take no bytes. */
@Timeout(60)
class SharedElementsTest {
  /** Two rows, each of which has both rows of the level below: 2^40 numbers in 40 levels. */
  private static ColumnData exponential(int last) {
    ColumnData data = ints(1, last);
    for (int level = 0; level < 40; level++) {
      data = nested(new ArrowType.ListView(), 2, List.of(i32(0, 0), i32(2, 2)), data);
    }
    return data;
  }

  private static void assertTooMany(Executable use) {
    ArrowFormatException e = assertThrows(ArrowFormatException.class, use);
    assertEquals(ErrorKind.LIMIT_EXCEEDED, e.kind());
    assertEquals("f", e.columnPath());
  }

  @Test
  void objectsOfExponentiallySharedElementsAreRefused() {
    Column column = column(exponential(2));
    assertTooMany(() -> column.getObject(0));
  }

  @Test
  void textOfExponentiallySharedElementsIsRefusedUnlessItIsCut() {
    Column column = column(exponential(2));
    assertTooMany(() -> column.text(0));
    assertEquals(40, column.text(0, 40).length());
  }

  @Test
  void objectsBelowStructsAndDictionariesShareOneBudget() {
    ColumnData inner = named("a", exponential(2));
    Column column = column(nested(new ArrowType.Struct(), 2, List.of(), inner));
    assertTooMany(() -> column.getObject(1));
  }

  @Test
  void comparisonOfExponentiallySharedElementsIsRefused() {
    try (RecordBatch left = batch(exponential(2));
        RecordBatch right = batch(exponential(2))) {
      assertTooMany(() -> BatchComparison.DEFAULT.firstDifference(left, right));
    }
  }

  @Test
  void listsOfNullsThatNoBytesPayForAreRefused() {
    ColumnData nulls = array(new ArrowType.Null(), Integer.MAX_VALUE - 8L);
    Column column =
        column(nested(new ArrowType.FixedSizeList(Integer.MAX_VALUE - 8), 1, List.of(), nulls));
    assertTooMany(() -> column.getObject(0));
  }

  @Test
  void windowsThatSlideOverSharedElementsAreRead() {
    int rows = 4000;
    Integer[] numbers = IntStream.range(0, 2 * rows).boxed().toArray(Integer[]::new);
    ColumnData data =
        nested(
            new ArrowType.ListView(),
            rows,
            List.of(
                i32(LongStream.range(0, rows).toArray()),
                i32(LongStream.range(0, rows).map(row -> rows).toArray())),
            ints(numbers));
    Column column = column(data);
    List<?> last = (List<?>) column.getObject(rows - 1);
    assertEquals(rows, last.size());
    assertEquals(2 * rows - 2, last.get(rows - 1));
    try (RecordBatch left = batch(data);
        RecordBatch right = batch(data)) {
      assertNull(BatchComparison.DEFAULT.firstDifference(left, right));
    }
  }

  @Test
  void longListsOfNullsAreRead() {
    int size = 1 << 20;
    ColumnData nulls = array(new ArrowType.Null(), size);
    Column column = column(nested(new ArrowType.FixedSizeList(size), 1, List.of(), nulls));
    assertEquals(size, ((List<?>) column.getObject(0)).size());
  }
}
