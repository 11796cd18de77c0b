package io.nanoarrow.engine;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
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
 * The engine "native": decodes and encodes in C, without copying where bytes lie in memory or are
 * mapped.
 */
public final class NativeEngine implements Engine {
  /** For {@link java.util.ServiceLoader}. */
  public NativeEngine() {}

  @Override
  public String id() {
    return "native";
  }

  @Override
  public void ensureAvailable() {
    NativeRuntime.ensureLoaded();
  }

  @Override
  public EngineStream openStream(Input input, ReadOptions options) throws IOException {
    NativeRuntime.ensureLoaded();
    return new NativeStream(input, options);
  }

  @Override
  public EngineDecoder newDecoder(ReadOptions options) {
    NativeRuntime.ensureLoaded();
    return new NativeDecoder(options);
  }

  @Override
  public EngineFile openFile(Input input, ReadOptions options) throws IOException {
    NativeRuntime.ensureLoaded();
    return new NativeFile(input, options);
  }

  @Override
  public EngineEncoder newEncoder(Schema schema, WriteOptions options) {
    NativeRuntime.ensureLoaded();
    return new NativeEncoder(schema, options);
  }

  @Override
  public TensorMessage readTensor(Input input, ReadOptions options) throws IOException {
    NativeRuntime.ensureLoaded();
    return TensorMessages.read(input, options);
  }

  @Override
  public EncodedMessage encodeTensor(TensorData content, WriteOptions options) {
    NativeRuntime.ensureLoaded();
    return TensorMessages.encode(content, options);
  }
}
