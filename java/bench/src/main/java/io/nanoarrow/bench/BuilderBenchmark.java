package io.nanoarrow.bench;

import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
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

/**
 * Ten million rows of long, double, String and nullable int, a fifth of them null, appended row by
 * row: ours against arrow-java's {@code setSafe}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
      "-Xmx4g",
      "-XX:MaxDirectMemorySize=8g"
    })
public class BuilderBenchmark {
  static final int ROWS = 10_000_000;

  /** Rows of a batch. */
  @Param({"65536", "10000000"})
  public int batchRows;

  /** What the strings hold. */
  @Param("ascii")
  public String text;

  private BuilderRows rows;
  private BufferAllocator allocator;

  /** Makes the rows. */
  @Setup
  public void open() {
    rows = new BuilderRows(text);
    allocator = new RootAllocator();
  }

  /** Fails when arrow-java's memory was not given back. */
  @TearDown
  public void close() {
    allocator.close();
  }

  /** Our builders. */
  @Benchmark
  public double builder() {
    return NanoarrowBuilds.build(rows, ROWS, batchRows);
  }

  /** arrow-java's vectors. */
  @Benchmark
  public double arrowJava() {
    return ArrowJavaBuilds.build(rows, ROWS, batchRows, allocator);
  }
}
