package io.nanoarrow.bench;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One of 2,000 compressed columns of an open file (set B) against all of them. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(1)
public class ProjectionBenchmark {
  /** The compression of the bodies. */
  @Param({"zstd", "lz4"})
  public String codec;

  private FileReader all;
  private FileReader one;

  /** Opens the file twice. */
  @Setup
  public void open() throws IOException {
    Path path =
        ReadBenchmark.path(Path.of(System.getProperty("bench.data", "")), "B", codec, "file");
    ReadOptions options = ReadOptions.builder().engine("native").build();
    all = ArrowIpc.openFile(path, options);
    one = ArrowIpc.openFile(path, options.toBuilder().columnIndices(1000).build());
  }

  /** Closes both. */
  @TearDown
  public void close() throws IOException {
    all.close();
    one.close();
  }

  /** Every column of every batch. */
  @Benchmark
  public long allColumns() throws IOException {
    return rows(all);
  }

  /** One column of every batch. */
  @Benchmark
  public long oneColumn() throws IOException {
    return rows(one);
  }

  private static long rows(FileReader reader) throws IOException {
    long rows = 0;
    for (int i = 0; i < reader.batchCount(); i++) {
      try (RecordBatch batch = reader.batch(i)) {
        rows += batch.column(0).length();
      }
    }
    return rows;
  }
}
