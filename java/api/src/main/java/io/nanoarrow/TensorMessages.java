package io.nanoarrow;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.Input;
import io.nanoarrow.spi.TensorMessage;
import io.nanoarrow.tensor.DenseData;
import io.nanoarrow.tensor.SparseData;
import io.nanoarrow.tensor.TensorData;
import io.nanoarrow.tensor.TensorView;
import io.nanoarrow.write.Sink;
import java.io.IOException;
import java.lang.ref.Reference;

/** Reads and writes tensor messages. */
final class TensorMessages {
  private TensorMessages() {}

  static Tensor readDense(Input input, ReadOptions options) throws IOException {
    TensorMessage message = Engines.choose(options.engine()).readTensor(input, options);
    if (message.content() instanceof DenseData dense) {
      return new Tensor(dense, message.region());
    }
    throw other(message, "a sparse tensor: readSparseTensor reads it");
  }

  static SparseTensor readSparse(Input input, ReadOptions options) throws IOException {
    TensorMessage message = Engines.choose(options.engine()).readTensor(input, options);
    if (!(message.content() instanceof SparseData sparse)) {
      throw other(message, "a dense tensor: readTensor reads it");
    }
    SparseTensor tensor = new SparseTensor(sparse, message.region());
    try {
      if (options.validation() == ValidationLevel.FULL) {
        tensor.check();
      }
      return tensor;
    } catch (Throwable t) {
      tensor.close();
      throw t;
    }
  }

  private static ArrowFormatException other(TensorMessage message, String what) {
    MemoryRegion region = message.region();
    region.release();
    return new ArrowFormatException(ErrorKind.INVALID_DATA, what);
  }

  static DenseData content(TensorView view) {
    TensorView packed = view.contiguous();
    return new DenseData(packed.layout(), packed.data());
  }

  static long write(TensorData content, Output output, WriteOptions options) throws IOException {
    EncodedMessage message = Engines.choose(options.engine()).encodeTensor(content, options);
    Sink sink = Outputs.open(output, options);
    try {
      sink.write(message.buffers());
      sink.complete();
    } catch (IOException | RuntimeException | Error e) {
      try {
        sink.abandon();
      } catch (IOException | RuntimeException | Error f) {
        e.addSuppressed(f);
      }
      throw e;
    } finally {
      Reference.reachabilityFence(content);
    }
    return message.sizeBytes();
  }

  static long size(TensorData content, WriteOptions options) {
    return Engines.choose(options.engine()).encodeTensor(content, options).sizeBytes();
  }
}
