package io.nanoarrow.write;

import static io.nanoarrow.testing.TestArrays.ints;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.layout.ColumnData;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DictionaryRelationTest {
  private final DictionaryRelation.Finder relations = new DictionaryRelation.Finder();
  private final Object lineage = new Object();

  private ColumnData declared(int... values) {
    ColumnData array = ints(Arrays.stream(values).boxed().toArray(Integer[]::new));
    relations.declare(lineage, array);
    return array;
  }

  @Test
  void whatWasDeclaredIsNotCompared() {
    ColumnData untrue = declared(1);
    assertEquals(DictionaryRelation.GREW, relations.find(untrue, declared(2, 3), "c"));
  }

  /** Or the memory of every dictionary that ever grew would stay as long as the writer. */
  @Test
  void whatWasDeclaredLongAgoIsForgottenAndCompared() {
    ColumnData untrue = declared(1);
    for (int i = 0; i < 5000; i++) {
      declared(i);
    }
    ColumnData last = declared(1, 2);
    assertEquals(DictionaryRelation.GREW, relations.find(ints(1), last, "c"));
    assertEquals(DictionaryRelation.DIFFERS, relations.find(untrue, declared(2, 3), "c"));
  }
}
