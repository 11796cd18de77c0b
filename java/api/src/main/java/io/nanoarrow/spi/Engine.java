package io.nanoarrow.spi;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.tensor.TensorData;
import java.io.IOException;

/**
 * A decoder and encoder of Arrow IPC, found by {@link java.util.ServiceLoader}. Its constructor
 * must be cheap and must not fail; what can fail belongs into {@link #ensureAvailable}. Any thread.
 */
public interface Engine {
  /** Returns "native" or "pure"; what {@link ReadOptions#engine} names. */
  String id();

  /**
   * Loads what the engine needs.
   *
   * @throws IllegalStateException when it cannot work here, with the cause; the same each time
   */
  void ensureAvailable();

  /**
   * Opens a stream and reads its schema.
   *
   * @throws IOException when reading fails
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
   */
  EngineStream openStream(Input input, ReadOptions options) throws IOException;

  /**
   * Opens a file and reads its footer.
   *
   * @throws IOException when reading fails
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong
   * @throws IllegalArgumentException when the input has no random access
   */
  EngineFile openFile(Input input, ReadOptions options) throws IOException;

  /** Makes a decoder of a stream that is pushed into it. */
  default EngineDecoder newDecoder(ReadOptions options) {
    throw new UnsupportedOperationException(
        "the engine \"" + id() + "\" does not decode what is pushed");
  }

  /**
   * Makes an encoder for batches of a schema.
   *
   * @throws io.nanoarrow.error.ArrowFormatException of kind UNSUPPORTED when the format cannot hold
   *     the schema with these options
   */
  default EngineEncoder newEncoder(Schema schema, WriteOptions options) {
    throw new UnsupportedOperationException("the engine \"" + id() + "\" does not write");
  }

  /**
   * Reads the one message that the input begins with, a Tensor or SparseTensor, and nothing behind
   * it. Nothing is copied where the bytes lie in memory.
   *
   * @throws IOException when reading fails
   * @throws io.nanoarrow.error.ArrowFormatException when the bytes are wrong, or another message
   */
  default TensorMessage readTensor(Input input, ReadOptions options) throws IOException {
    throw new UnsupportedOperationException("the engine \"" + id() + "\" does not read tensors");
  }

  /**
   * Encodes a tensor as it stands at the start of an output: body and buffers at multiples of 64.
   * Of the options only metadata version and framing matter. The parts hold for as long as the
   * content does.
   *
   * @param content a dense one packed in row-major or column-major order
   */
  default EncodedMessage encodeTensor(TensorData content, WriteOptions options) {
    throw new UnsupportedOperationException("the engine \"" + id() + "\" does not write tensors");
  }
}
