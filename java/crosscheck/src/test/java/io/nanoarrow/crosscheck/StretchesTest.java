package io.nanoarrow.crosscheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StretchesTest {
  private static List<String> rows(Stretches stretches) {
    List<String> rows = new ArrayList<>();
    stretches.forEachRow((a, b) -> rows.add(a + "/" + b));
    return rows;
  }

  @Test
  void whatIsInOrderStaysAsItIs() {
    Stretches stretches = Stretches.of(0, 5, 3);
    stretches.add(3, 9, 2);
    stretches.add(8, 1, 2);
    assertSame(stretches, stretches.distinct());
  }

  @Test
  void sharedRowsAreGivenOnce() {
    Stretches stretches = Stretches.of(0, 0, 2);
    for (int i = 0; i < 1000; i++) {
      stretches.add(0, 0, 2);
    }
    assertEquals(List.of("0/0", "1/1"), rows(stretches.distinct()));
  }

  @Test
  void noPairIsLostOrGivenTwice() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      Stretches stretches = new Stretches();
      for (int i = random.nextInt(12); i >= 0; i--) {
        stretches.add(random.nextInt(9), random.nextInt(9), random.nextInt(6));
      }
      List<String> distinct = rows(stretches.distinct());
      TreeSet<String> expected = new TreeSet<>(rows(stretches));
      assertEquals(expected, new TreeSet<>(distinct));
      assertEquals(expected.size(), distinct.size());
    }
  }
}
