package io.nanoarrow.bench;

import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
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
 * Open, read every batch, close: ours against arrow-java on the same bytes in the page cache. The
 * data lies in the folder that the system property {@code bench.data} names, made by {@code
 * data/make_data.py}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-opens=java.base/java.nio=ALL-UNNAMED", "-Xmx4g"})
public class ReadBenchmark {
  /** The data set: A tall, B wide, C many small batches, D nested. */
  @Param({"A", "B", "C", "D"})
  public String set;

  /** The compression of the bodies; arrow-java's LZ4 takes minutes. */
  @Param("none")
  public String codec;

  /** Stream or file. */
  @Param({"stream", "file"})
  public String form;

  /** What is done with each batch. */
  @Param({"BATCHES", "COLUMNS", "SUM"})
  public Work work;

  private static final ReadOptions NATIVE = ReadOptions.builder().engine("native").build();
  private static final ReadOptions NATIVE_UNMAPPED = NATIVE.toBuilder().memoryMap(false).build();
  private static final ReadOptions NATIVE_ONE_THREAD = NATIVE.toBuilder().useThreads(false).build();
  private static final ReadOptions PURE = ReadOptions.builder().engine("pure").build();

  private Path path;
  private BufferAllocator allocator;

  /** Finds the data. */
  @Setup
  public void open() {
    path = path(Path.of(System.getProperty("bench.data", "")), set, codec, form);
    if (!Files.isRegularFile(path)) {
      throw new IllegalStateException("no data at " + path + ": see java/bench/data/make_data.py");
    }
    allocator = new RootAllocator();
  }

  static Path path(Path folder, String set, String codec, String form) {
    return folder.resolve(set + "." + codec + (form.equals("file") ? ".arrow" : ".arrows"));
  }

  /** Fails when arrow-java's memory was not given back. */
  @TearDown
  public void close() {
    allocator.close();
  }

  /** The native engine, mapping the data. */
  @Benchmark
  public double nativeEngine() throws IOException {
    return NanoarrowReads.read(path, work, NATIVE);
  }

  /** The native engine, reading the data with system calls as arrow-java does. */
  @Benchmark
  public double nativeEngineUnmapped() throws IOException {
    return NanoarrowReads.read(path, work, NATIVE_UNMAPPED);
  }

  /** The native engine without threads for large compressed bodies. */
  @Benchmark
  public double nativeEngineOneThread() throws IOException {
    return NanoarrowReads.read(path, work, NATIVE_ONE_THREAD);
  }

  /** The pure engine, mapping the data. */
  @Benchmark
  public double pureEngine() throws IOException {
    return NanoarrowReads.read(path, work, PURE);
  }

  /** arrow-java's reader of the form. */
  @Benchmark
  public double arrowJava() throws IOException {
    return ArrowJavaReads.read(path, form.equals("file"), work, allocator);
  }
}
