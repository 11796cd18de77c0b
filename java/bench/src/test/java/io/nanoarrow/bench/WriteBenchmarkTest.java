package io.nanoarrow.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.options.Compression;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that does not write the same rows for every writer measures nothing. */
class WriteBenchmarkTest {
  @TempDir private Path folder;

  @Test
  void everyWriterWritesEveryRowToEveryTarget() throws IOException {
    Path source = folder.resolve("source.arrows");
    try (BufferAllocator allocator = new RootAllocator()) {
      ReadBenchmarkTest.write(source, false, allocator);
      double expected = NanoarrowReads.read(source, Work.SUM, ReadOptions.DEFAULT);
      Path file = folder.resolve("out.arrows");
      ByteBuffer memory = ByteBuffer.allocateDirect((int) (2 * Files.size(source)));
      for (String codec : List.of("none", "zstd")) {
        for (String engine : List.of("native", "pure")) {
          WriteOptions options =
              WriteOptions.builder().engine(engine).compression(Compression.parse(codec)).build();
          try (NanoarrowWrites writes = new NanoarrowWrites(source, engine)) {
            long size = writes.write(WriteTarget.FILE.output(memory, file), options);
            String what = engine + " " + codec;
            assertEquals(size, Files.size(file), what);
            assertEquals(expected, NanoarrowReads.read(file, Work.SUM, ReadOptions.DEFAULT), what);
            assertEquals(
                size, writes.write(WriteTarget.MEMORY.output(memory, file), options), what);
            assertEquals(
                size, writes.write(WriteTarget.NOWHERE.output(memory, file), options), what);
          }
        }
        try (ArrowJavaWrites writes = new ArrowJavaWrites(source, allocator)) {
          writes.write(WriteTarget.FILE.open(memory, file), codec);
          assertEquals(expected, NanoarrowReads.read(file, Work.SUM, ReadOptions.DEFAULT), codec);
        }
      }
    }
  }
}
