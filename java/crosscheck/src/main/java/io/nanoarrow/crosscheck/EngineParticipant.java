package io.nanoarrow.crosscheck;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.BatchWriter;
import io.nanoarrow.FileReader;
import io.nanoarrow.Output;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Engine;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.spi.EngineStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** An engine of this project, read through its SPI: below the column classes that engines share. */
abstract class EngineParticipant implements Participant {
  private final String id;
  private @Nullable Engine engine;

  EngineParticipant(String id) {
    this.id = id;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final @Nullable String unavailableReason() {
    if (engine != null) {
      return null;
    }
    try {
      for (Engine found : ServiceLoader.load(Engine.class)) {
        if (found.id().equals(id)) {
          found.ensureAvailable();
          engine = found;
          return null;
        }
      }
    } catch (IllegalStateException | ServiceConfigurationError | LinkageError e) {
      return e.getMessage();
    }
    return "no engine \"" + id + "\" on the class path";
  }

  @Override
  public final Decoding open(Source source) throws IOException {
    String reason = unavailableReason();
    Engine found = engine;
    if (found == null) {
      throw new IllegalStateException(reason);
    }
    ReadOptions options = ReadOptions.builder().engine(id).build();
    return source.isFile()
        ? new FileDecoding(found.openFile(source.input(), options))
        : new StreamDecoding(found.openStream(source.input(), options));
  }

  @Override
  public final boolean writes() {
    return true;
  }

  @Override
  public final void rewrite(Source source, Path target, WriteOptions options) throws IOException {
    ReadOptions read = ReadOptions.builder().engine(id).build();
    WriteOptions write = options.toBuilder().engine(id).inPlace(true).build();
    Output output = new Output.PathOutput(target);
    if (source.isFile()) {
      try (FileReader reader = ArrowIpc.openFile(source.input(), read);
          BatchWriter writer =
              ArrowIpc.newFile(output, reader.schema(), write, reader.metadata())) {
        writer.writeAll(reader);
      }
    } else {
      try (BatchReader reader = ArrowIpc.openStream(source.input(), read);
          BatchWriter writer = ArrowIpc.newStream(output, reader.schema(), write)) {
        writer.writeAll(reader);
      }
    }
  }

  private record StreamDecoding(EngineStream stream) implements Decoding {
    @Override
    public Schema schema() {
      return stream.schema();
    }

    @Override
    public Metadata footerMetadata() {
      return Metadata.EMPTY;
    }

    @Override
    public @Nullable Batch next() throws IOException {
      BatchData data = stream.next();
      return data == null ? null : EngineBatch.of(stream.schema(), data);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }

  private static final class FileDecoding implements Decoding {
    private final EngineFile file;
    private int next;

    FileDecoding(EngineFile file) {
      this.file = file;
    }

    @Override
    public Schema schema() {
      return file.schema();
    }

    @Override
    public Metadata footerMetadata() {
      return file.metadata();
    }

    @Override
    public @Nullable Batch next() throws IOException {
      if (next == file.batchCount()) {
        return null;
      }
      BatchData data = file.batch(next);
      next++;
      return EngineBatch.of(file.schema(), data);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
