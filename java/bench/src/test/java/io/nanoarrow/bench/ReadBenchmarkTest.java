package io.nanoarrow.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark that does not do the same work for every reader measures nothing. */
class ReadBenchmarkTest {
  private static final int ROWS = 1000;
  private static final int BATCHES = 3;

  @TempDir private Path folder;

  @Test
  void everyReaderGivesTheSameNumber() throws IOException {
    try (BufferAllocator allocator = new RootAllocator()) {
      for (String form : List.of("stream", "file")) {
        Path path = ReadBenchmark.path(folder, "X", "none", form);
        write(path, form.equals("file"), allocator);
        for (Work work : Work.values()) {
          double expected =
              switch (work) {
                case BATCHES -> BATCHES * ROWS;
                case COLUMNS -> BATCHES * ROWS / 10;
                // The doubles are the row's number too, but null in every tenth row.
                case SUM -> BATCHES * (ROWS * (ROWS - 1) - 10 * (ROWS / 10) * (ROWS / 10 - 1) / 2);
              };
          String what = form + " " + work;
          boolean isFile = form.equals("file");
          assertEquals(expected, ArrowJavaReads.read(path, isFile, work, allocator), what);
          for (String engine : List.of("native", "pure")) {
            ReadOptions options = ReadOptions.builder().engine(engine).build();
            assertEquals(expected, NanoarrowReads.read(path, work, options), engine + " " + what);
          }
        }
      }
    }
  }

  static void write(Path path, boolean isFile, BufferAllocator allocator) throws IOException {
    try (BigIntVector longs = new BigIntVector("a", allocator);
        Float8Vector doubles = new Float8Vector("b", allocator);
        VectorSchemaRoot root = VectorSchemaRoot.of(longs, doubles);
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        ArrowWriter writer =
            isFile
                ? new ArrowFileWriter(root, null, channel)
                : new ArrowStreamWriter(root, null, channel)) {
      for (int row = 0; row < ROWS; row++) {
        longs.setSafe(row, row);
        if (row % 10 == 0) {
          doubles.setNull(row);
        } else {
          doubles.setSafe(row, row);
        }
      }
      root.setRowCount(ROWS);
      writer.start();
      for (int i = 0; i < BATCHES; i++) {
        writer.writeBatch();
      }
      writer.end();
    }
  }
}
