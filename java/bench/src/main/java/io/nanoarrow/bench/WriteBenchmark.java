package io.nanoarrow.bench;

import io.nanoarrow.options.Compression;
import io.nanoarrow.options.WriteOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * Open, write every batch of a set that is in memory, close: ours against arrow-java. The data lies
 * in the folder that the system property {@code bench.data} names; files are written to the folder
 * {@code bench.out}, a tmpfs if it is to be memory.
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
      "-XX:MaxDirectMemorySize=4g"
    })
public class WriteBenchmark {
  /** The data set: A tall, B wide, C many small batches, D nested. */
  @Param({"A", "B", "C", "D"})
  public String set;

  /** The compression of the bodies; arrow-java's LZ4 takes minutes. */
  @Param("none")
  public String codec;

  /** Where it goes. */
  @Param({"NOWHERE", "MEMORY", "FILE"})
  public WriteTarget target;

  private Path path;
  private Path file;
  private ByteBuffer memory;
  private BufferAllocator allocator;
  private NanoarrowWrites nanoarrow;
  private NanoarrowWrites pure;
  private ArrowJavaWrites arrowJava;

  /** Finds the data and makes room for what is written. */
  @Setup
  public void open() throws IOException {
    path = ReadBenchmark.path(Path.of(System.getProperty("bench.data", "")), set, "none", "stream");
    Path out = Path.of(System.getProperty("bench.out", System.getProperty("java.io.tmpdir")));
    file = Files.createTempFile(out, "nanoarrow-bench", ".arrows");
    if (target == WriteTarget.MEMORY) {
      memory = ByteBuffer.allocateDirect((int) (Files.size(path) * 5 / 4));
    }
    allocator = new RootAllocator();
  }

  /** Removes what was written and fails when arrow-java's memory was not given back. */
  @TearDown
  public void close() throws IOException {
    for (NanoarrowWrites open : new NanoarrowWrites[] {nanoarrow, pure}) {
      if (open != null) {
        open.close();
      }
    }
    if (arrowJava != null) {
      arrowJava.close();
    }
    allocator.close();
    Files.delete(file);
  }

  private WriteOptions options(String engine, boolean threads) {
    return WriteOptions.builder()
        .engine(engine)
        .compression(Compression.parse(codec))
        .useThreads(threads)
        .build();
  }

  /** The native engine. */
  @Benchmark
  public long nativeEngine() throws IOException {
    return writeNative(true);
  }

  /** The native engine without threads for large bodies. */
  @Benchmark
  public long nativeEngineOneThread() throws IOException {
    return writeNative(false);
  }

  private long writeNative(boolean threads) throws IOException {
    if (nanoarrow == null) {
      nanoarrow = new NanoarrowWrites(path, "native");
    }
    return nanoarrow.write(target.output(memory, file), options("native", threads));
  }

  /** The pure engine. */
  @Benchmark
  public long pureEngine() throws IOException {
    if (pure == null) {
      pure = new NanoarrowWrites(path, "pure");
    }
    return pure.write(target.output(memory, file), options("pure", false));
  }

  /** arrow-java's stream writer; loading each batch into its root is in the figure. */
  @Benchmark
  public long arrowJava() throws IOException {
    if (arrowJava == null) {
      arrowJava = new ArrowJavaWrites(path, allocator);
    }
    return arrowJava.write(target.open(memory, file), codec);
  }
}
