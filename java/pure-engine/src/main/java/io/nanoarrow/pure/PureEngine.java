package io.nanoarrow.pure;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.pure.encode.PureEncoder;
import io.nanoarrow.pure.encode.TensorEncoder;
import io.nanoarrow.pure.source.ByteSource;
import io.nanoarrow.pure.source.RandomSource;
import io.nanoarrow.pure.source.Sources;
import io.nanoarrow.pure.tensor.TensorReader;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.Engine;
import io.nanoarrow.spi.EngineDecoder;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.spi.Input;
import io.nanoarrow.spi.TensorMessage;
import io.nanoarrow.tensor.TensorData;
import java.io.IOException;

/**
 * The engine {@code pure}: no native code, any platform. Files given by path are mapped, and the
 * map goes with a garbage collection after the last use; bodies of blocking streams and of files
 * that are not mapped are copied into the Java heap and are limited to 2 GiB each.
 */
public final class PureEngine implements Engine {
  /** Nothing to load. */
  public PureEngine() {}

  @Override
  public String id() {
    return "pure";
  }

  @Override
  public void ensureAvailable() {}

  @Override
  public EngineStream openStream(Input input, ReadOptions options) throws IOException {
    ByteSource source = Sources.sequential(input, options);
    try {
      return new PureStream(source, options);
    } catch (Throwable t) {
      closeAfter(t, source);
      throw t;
    }
  }

  @Override
  public EngineDecoder newDecoder(ReadOptions options) {
    return new PureDecoder(options);
  }

  @Override
  public EngineFile openFile(Input input, ReadOptions options) throws IOException {
    RandomSource source = Sources.random(input, options);
    try {
      return new PureFile(source, options);
    } catch (Throwable t) {
      closeAfter(t, source);
      throw t;
    }
  }

  @Override
  public EngineEncoder newEncoder(Schema schema, WriteOptions options) {
    return new PureEncoder(schema, options);
  }

  @Override
  public TensorMessage readTensor(Input input, ReadOptions options) throws IOException {
    try (ByteSource source = Sources.sequential(input, options)) {
      return TensorReader.read(source, options);
    }
  }

  @Override
  public EncodedMessage encodeTensor(TensorData content, WriteOptions options) {
    return TensorEncoder.encode(content, options);
  }

  private static void closeAfter(Throwable failure, AutoCloseable source) {
    try {
      source.close();
    } catch (Exception e) {
      failure.addSuppressed(e);
    }
  }
}
