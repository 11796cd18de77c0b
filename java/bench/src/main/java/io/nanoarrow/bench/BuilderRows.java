package io.nanoarrow.bench;

import java.util.Random;

/** What the builder benchmarks append: row {@code i} has the values at {@code i & MASK}. */
final class BuilderRows {
  static final int COUNT = 1 << 12;
  static final int MASK = COUNT - 1;

  final long[] ids = new long[COUNT];
  final double[] prices = new double[COUNT];
  final String[] names = new String[COUNT];
  final int[] counts = new int[COUNT];
  final boolean[] hasCount = new boolean[COUNT];

  /**
   * Makes rows, the same each time.
   *
   * @param text "ascii" or "accents": one name in two then has characters outside of ASCII
   */
  BuilderRows(String text) {
    Random random = new Random(42);
    for (int i = 0; i < COUNT; i++) {
      ids[i] = random.nextLong();
      prices[i] = random.nextDouble();
      String accent = text.equals("accents") && i % 2 == 0 ? "é" : "e";
      names[i] = "custom" + accent + "r-" + random.nextInt(1_000_000);
      counts[i] = random.nextInt();
      hasCount[i] = random.nextInt(5) != 0;
    }
  }
}
