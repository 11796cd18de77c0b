package io.nanoarrow.crosscheck;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.MemoryOutput;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The committed streams and files of every type, and short ways to read and write. */
final class Samples {
  static final List<String> ENGINES = List.of("native", "pure");

  private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));

  /** The one file there that is no valid stream. */
  private static final String REFUSED = "no-metadata-value.arrows";

  private Samples() {}

  static List<Path> all() {
    List<Path> paths = new ArrayList<>();
    for (String folder : List.of("examples/data", "testdata/crosscheck", "testdata/differential")) {
      try (Stream<Path> files = Files.list(ROOT.resolve(folder))) {
        files
            .filter(file -> file.toString().matches(".*\\.arrows?"))
            .filter(file -> !file.endsWith(REFUSED))
            .sorted()
            .forEach(paths::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return paths;
  }

  static Path named(String name) {
    return all().stream().filter(path -> path.endsWith(name)).findFirst().orElseThrow();
  }

  static Table read(Path path) throws IOException {
    try (BatchReader reader = ArrowIpc.open(path, ReadOptions.builder().engine("native").build())) {
      return reader.readAll();
    }
  }

  static Table read(MemoryOutput written, String engine) throws IOException {
    ByteBuffer bytes = written.toByteBuffer();
    try (BatchReader reader = ArrowIpc.open(bytes, ReadOptions.builder().engine(engine).build())) {
      return reader.readAll();
    }
  }

  static BatchWriter writer(
      boolean toFile, MemoryOutput output, Schema schema, WriteOptions options) throws IOException {
    return toFile
        ? ArrowIpc.newFile(output, schema, options, Metadata.EMPTY)
        : ArrowIpc.newStream(output, schema, options);
  }

  /** Writes a table batch by batch. */
  static MemoryOutput written(boolean toFile, Table table, WriteOptions options)
      throws IOException {
    MemoryOutput output = new MemoryOutput();
    try (BatchWriter writer = writer(toFile, output, table.schema(), options)) {
      for (RecordBatch batch : table.batches()) {
        writer.write(batch);
      }
    }
    return output;
  }

  /** Runs something for each engine that writes, with options that name it. */
  interface Action {
    void run(String engine) throws IOException;
  }

  static void forEachEngine(Action action) throws IOException {
    for (String engine : ENGINES) {
      action.run(engine);
    }
  }
}
