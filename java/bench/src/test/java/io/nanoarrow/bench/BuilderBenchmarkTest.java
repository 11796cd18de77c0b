package io.nanoarrow.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark that does not do the same work for every library measures nothing. */
class BuilderBenchmarkTest {
  @ParameterizedTest
  @ValueSource(strings = {"ascii", "accents"})
  void bothLibrariesGiveTheSameNumber(String text) {
    BuilderRows rows = new BuilderRows(text);
    try (BufferAllocator allocator = new RootAllocator()) {
      assertEquals(
          ArrowJavaBuilds.build(rows, 1000, 300, allocator),
          NanoarrowBuilds.build(rows, 1000, 300));
    }
  }
}
