package io.nanoarrow;

import io.nanoarrow.inspect.RepairReport;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.message.Message;
import io.nanoarrow.message.MessageReader;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.CDataBridge;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.spi.Input;
import io.nanoarrow.spi.SeekableSource;
import io.nanoarrow.tensor.TensorView;
import io.nanoarrow.write.Framing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The front door: opens and writes Arrow streams and files. Any thread.
 *
 * <p>Every {@code open} throws IOException when reading fails, {@link
 * io.nanoarrow.error.ArrowFormatException} when the bytes are not what they should be, and takes
 * {@link ReadOptions#DEFAULT} where none are given. InputStreams and channels are read from where
 * they stand and stay open when the reader closes; buffers and addresses must not change while a
 * reader or batch uses them.
 *
 * <p>Every {@code newStream} and {@code newFile} writes the schema at once. It throws IOException
 * when writing fails, ArrowFormatException of kind UNSUPPORTED when the format cannot hold the
 * schema, IllegalArgumentException when fields of different types share a dictionary id; nothing is
 * left behind then. What is given to write to stays open when the writer closes.
 */
public final class ArrowIpc {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private ArrowIpc() {}

  /** Opens a stream or a file, whichever {@code path} is, with the default options. */
  public static BatchReader open(Path path) throws IOException {
    return open(path, ReadOptions.DEFAULT);
  }

  /**
   * Opens a stream or a file, whichever {@code path} is: a file begins with "ARROW1". What is no
   * regular file, a pipe for example, is read as a stream.
   */
  public static BatchReader open(Path path, ReadOptions options) throws IOException {
    return options.footerOffset() >= 0 || isFile(path)
        ? openFile(path, options)
        : openStream(path, options);
  }

  /** Opens a stream or a file that lies in memory. */
  public static BatchReader open(ByteBuffer bytes, ReadOptions options) throws IOException {
    if (options.footerOffset() >= 0) {
      return openFile(bytes, options);
    }
    byte[] head = new byte[Math.min(MAGIC.length, bytes.remaining())];
    bytes.get(bytes.position(), head);
    return Arrays.equals(head, MAGIC) ? openFile(bytes, options) : openStream(bytes, options);
  }

  /** Opens a stream at a path with the default options. */
  public static StreamReader openStream(Path path) throws IOException {
    return openStream(path, ReadOptions.DEFAULT);
  }

  /** Opens a stream at a path. */
  public static StreamReader openStream(Path path, ReadOptions options) throws IOException {
    return openStream(new Input.PathInput(path), options);
  }

  /** Opens a stream in memory: what remains of {@code bytes}. */
  public static StreamReader openStream(ByteBuffer bytes, ReadOptions options) throws IOException {
    return openStream(new Input.BufferInput(bytes), options);
  }

  /** Opens a stream in an array, which must not change. */
  public static StreamReader openStream(byte[] bytes) throws IOException {
    return openStream(ByteBuffer.wrap(bytes), ReadOptions.DEFAULT);
  }

  /** Opens a blocking stream. */
  public static StreamReader openStream(InputStream stream, ReadOptions options)
      throws IOException {
    return openStream(new Input.StreamInput(stream, false), options);
  }

  /** Opens a blocking channel. */
  public static StreamReader openStream(ReadableByteChannel channel, ReadOptions options)
      throws IOException {
    return openStream(new Input.ChannelInput(channel, false), options);
  }

  /** Opens any input as a stream. */
  public static StreamReader openStream(Input input, ReadOptions options) throws IOException {
    EngineStream stream = Engines.choose(options.engine()).openStream(input, options);
    requireValidatable(stream.schema(), options, stream);
    return new StreamReader(stream);
  }

  /** Makes a decoder for a stream that comes in pieces, with the default options. */
  public static StreamDecoder newStreamDecoder() {
    return newStreamDecoder(ReadOptions.DEFAULT);
  }

  /** Makes a decoder for a stream that comes in pieces. */
  public static StreamDecoder newStreamDecoder(ReadOptions options) {
    return new StreamDecoder(Engines.choose(options.engine()).newDecoder(options));
  }

  /**
   * Opens what is whole of a stream or file that was not finished or is still being written: its
   * messages from the first on, for a file without its footer. What comes later is seen by opening
   * it again.
   */
  public static StreamReader openUnfinished(Path path, ReadOptions options) throws IOException {
    return Recovery.openWhole(path, options);
  }

  /** Opens a file at a path with the default options. */
  public static FileReader openFile(Path path) throws IOException {
    return openFile(path, ReadOptions.DEFAULT);
  }

  /** Opens a file at a path. */
  public static FileReader openFile(Path path, ReadOptions options) throws IOException {
    return openFile(new Input.PathInput(path), options);
  }

  /** Opens a file in memory: what remains of {@code bytes}. */
  public static FileReader openFile(ByteBuffer bytes, ReadOptions options) throws IOException {
    return openFile(new Input.BufferInput(bytes), options);
  }

  /** Opens a file in an array, which must not change. */
  public static FileReader openFile(byte[] bytes) throws IOException {
    return openFile(ByteBuffer.wrap(bytes), ReadOptions.DEFAULT);
  }

  /** Opens a file that is already open. */
  public static FileReader openFile(FileChannel channel, ReadOptions options) throws IOException {
    return openFile(new Input.FileChannelInput(channel, false), options);
  }

  /** Opens a file in a store of objects, say, and reads of it only what is asked for. */
  public static FileReader openFile(SeekableSource source, ReadOptions options) throws IOException {
    return openFile(new Input.SourceInput(source), options);
  }

  /** Opens any input with random access as a file. */
  public static FileReader openFile(Input input, ReadOptions options) throws IOException {
    EngineFile file = Engines.choose(options.engine()).openFile(input, options);
    requireValidatable(file.schema(), options, file);
    return new FileReader(file);
  }

  /** What is left in the sender's byte order cannot be validated, which must not go unnoticed. */
  private static void requireValidatable(Schema schema, ReadOptions options, AutoCloseable input) {
    if (options.validation() == ValidationLevel.FULL
        && schema.byteOrder() != ByteOrder.LITTLE_ENDIAN) {
      IllegalArgumentException refusal =
          new IllegalArgumentException(
              "full validation of big-endian input needs ensureNativeByteOrder");
      try {
        input.close();
      } catch (Exception e) {
        refusal.addSuppressed(e);
      }
      throw refusal;
    }
  }

  /** Reads the schema of a stream or file. */
  public static Schema readSchema(Path path, ReadOptions options) throws IOException {
    try (BatchReader reader = open(path, options)) {
      return reader.schema();
    }
  }

  /** Reads the schema of a schema message. */
  public static Schema readSchema(Message message, ReadOptions options) {
    return Messages.readSchema(message, options);
  }

  /**
   * Reads the message at a buffer's position and moves behind it; null at the end marker or the
   * end. {@link MessageReader} reads several.
   */
  public static @Nullable Message readMessage(ByteBuffer bytes, ReadOptions options)
      throws IOException {
    return MessageReader.of(bytes, options).next();
  }

  /** Reads the next message of a blocking stream and not a byte more; null at the end. */
  public static @Nullable Message readMessage(InputStream stream, ReadOptions options)
      throws IOException {
    return MessageReader.of(stream, options).next();
  }

  /**
   * Reads the batch of a record batch message; its body is copied.
   *
   * @param schema of the stream or file that the message is from
   * @param dictionaries the messages with the values that the batch refers to, in their order
   * @return the batch, which the caller closes
   * @throws IllegalArgumentException for messages of another type
   */
  public static RecordBatch readRecordBatch(
      Message batch, Schema schema, List<Message> dictionaries, ReadOptions options) {
    return Messages.readRecordBatch(batch, schema, dictionaries, options);
  }

  /** Looks at how a stream or file lies on the wire; damaged ones as far as they go. */
  public static WireReport inspect(Path path, ReadOptions options) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return Recovery.inspect(channel, options);
    }
  }

  /**
   * Copies what can still be read of a damaged stream or file into a new one: whole messages byte
   * by byte, of a file with a new footer. No row comes in that was not there, and every batch kept
   * passes full validation; of a file with a dictionary that does not, none is.
   *
   * @param options the engine and the limits
   * @throws java.nio.file.FileAlreadyExistsException when {@code out} is there already
   * @throws io.nanoarrow.error.ArrowFormatException when there is no schema, or the file is
   *     big-endian
   */
  public static RepairReport repair(Path in, Path out, ReadOptions options) throws IOException {
    return Repair.run(in, out, options);
  }

  /**
   * Takes over the batches of another library. The stream is moved: the struct at {@code address}
   * is marked released, and the producer's stream is released when the reader closes.
   *
   * @param address an ArrowArrayStream
   * @throws UnsupportedOperationException without the artefact {@code nanoarrow}
   */
  public static StreamReader importStream(long address) {
    return new StreamReader(CDataBridges.get().importStream(address));
  }

  /**
   * Takes over a struct array of another library. The array is moved: the struct at {@code
   * arrayAddress} is marked released, and its memory is released when the last handle closes. The
   * schema stays the caller's. The producer is trusted where the C Data Interface carries no sizes.
   *
   * @param arrayAddress an ArrowArray
   * @param schemaAddress its ArrowSchema
   * @return the batch, which the caller closes
   * @throws io.nanoarrow.error.ArrowFormatException when the structs are not a valid batch; the
   *     array is then still the caller's
   * @throws UnsupportedOperationException without the artefact {@code nanoarrow}
   */
  public static RecordBatch importBatch(long arrayAddress, long schemaAddress) {
    CDataBridge bridge = CDataBridges.get();
    Schema schema = bridge.importSchema(schemaAddress);
    return new RecordBatch(schema, bridge.importBatch(schema, arrayAddress));
  }

  /** Starts a stream at a path with the default options. */
  public static StreamWriter newStream(Path path, Schema schema) throws IOException {
    return newStream(path, schema, WriteOptions.DEFAULT);
  }

  /** Starts a stream at a path, which has it when the writer is closed. */
  public static StreamWriter newStream(Path path, Schema schema, WriteOptions options)
      throws IOException {
    return newStream(new Output.PathOutput(path), schema, options);
  }

  /** Starts a stream on a blocking OutputStream, which stays open. */
  public static StreamWriter newStream(OutputStream stream, Schema schema, WriteOptions options)
      throws IOException {
    return newStream(new Output.StreamOutput(stream, false), schema, options);
  }

  /** Starts a stream on a blocking channel, which stays open. */
  public static StreamWriter newStream(
      WritableByteChannel channel, Schema schema, WriteOptions options) throws IOException {
    return newStream(new Output.ChannelOutput(channel, false), schema, options);
  }

  /** Starts a stream in what remains of a buffer. */
  public static StreamWriter newStream(ByteBuffer buffer, Schema schema, WriteOptions options)
      throws IOException {
    return newStream(new Output.BufferOutput(buffer), schema, options);
  }

  /** Starts a stream on any output. */
  public static StreamWriter newStream(Output output, Schema schema, WriteOptions options)
      throws IOException {
    return new StreamWriter(
        WriterCore.open("StreamWriter", output, schema, options, Framing.stream(options)));
  }

  /** Starts a file at a path with the default options. */
  public static FileWriter newFile(Path path, Schema schema) throws IOException {
    return newFile(path, schema, WriteOptions.DEFAULT);
  }

  /** Starts a file at a path, which has it when the writer is closed. */
  public static FileWriter newFile(Path path, Schema schema, WriteOptions options)
      throws IOException {
    return newFile(new Output.PathOutput(path), schema, options, Metadata.EMPTY);
  }

  /** Starts a file on a blocking OutputStream, which stays open. */
  public static FileWriter newFile(OutputStream stream, Schema schema, WriteOptions options)
      throws IOException {
    return newFile(new Output.StreamOutput(stream, false), schema, options, Metadata.EMPTY);
  }

  /** Starts a file on a blocking channel, which stays open. */
  public static FileWriter newFile(WritableByteChannel channel, Schema schema, WriteOptions options)
      throws IOException {
    return newFile(new Output.ChannelOutput(channel, false), schema, options, Metadata.EMPTY);
  }

  /** Starts a file in what remains of a buffer. */
  public static FileWriter newFile(ByteBuffer buffer, Schema schema, WriteOptions options)
      throws IOException {
    return newFile(new Output.BufferOutput(buffer), schema, options, Metadata.EMPTY);
  }

  /**
   * Starts a file on any output.
   *
   * @param footerMetadata key-values of the footer
   */
  public static FileWriter newFile(
      Output output, Schema schema, WriteOptions options, Metadata footerMetadata)
      throws IOException {
    Framing framing = Framing.file(options, footerMetadata);
    return new FileWriter(WriterCore.open("FileWriter", output, schema, options, framing));
  }

  /** Returns an encoder of batches for those who send messages themselves. */
  public static BatchEncoder newEncoder(Schema schema, WriteOptions options) {
    return new BatchEncoder(schema, options);
  }

  /** Returns the size of the message that a writer with the default options makes of a batch. */
  public static long recordBatchSize(RecordBatch batch) {
    return recordBatchSize(batch, WriteOptions.DEFAULT);
  }

  /**
   * Returns the size of the message that a writer makes of a batch, prefix, metadata and body; the
   * dictionaries before it not counted. A compressed size takes compressing.
   *
   * @throws io.nanoarrow.error.ArrowFormatException when the format cannot hold the batch
   */
  public static long recordBatchSize(RecordBatch batch, WriteOptions options) {
    BatchRows rows = batch.takeRows();
    try (EngineEncoder encoder =
        Engines.choose(options.engine()).newEncoder(batch.schema(), options)) {
      return encoder.batchSizeBytes(rows, rows.data().metadata());
    } finally {
      rows.data().release();
    }
  }

  /** Reads a tensor at the start of a file, which is mapped, with the default options. */
  public static Tensor readTensor(Path path) throws IOException {
    return readTensor(new Input.PathInput(path), ReadOptions.DEFAULT);
  }

  /** Reads a tensor that lies in memory, without a copy, with the default options. */
  public static Tensor readTensor(ByteBuffer bytes) throws IOException {
    return readTensor(new Input.BufferInput(bytes), ReadOptions.DEFAULT);
  }

  /** Reads a tensor from where a blocking stream stands, and nothing behind it. */
  public static Tensor readTensor(InputStream stream) throws IOException {
    return readTensor(new Input.StreamInput(stream, false), ReadOptions.DEFAULT);
  }

  /** Reads a tensor from where a blocking channel stands, and nothing behind it. */
  public static Tensor readTensor(ReadableByteChannel channel) throws IOException {
    return readTensor(new Input.ChannelInput(channel, false), ReadOptions.DEFAULT);
  }

  /**
   * Reads the tensor message that an input begins with (format/Tensor.fbs). Its elements are
   * integers or floats, in any order that strides can tell as long as no two of them share bytes.
   * The caller closes it.
   */
  public static Tensor readTensor(Input input, ReadOptions options) throws IOException {
    return TensorMessages.readDense(input, options);
  }

  /**
   * Reads the sparse tensor message that an input begins with (format/SparseTensor.fbs): COO, CSR,
   * CSC or CSF. The caller closes it.
   */
  public static SparseTensor readSparseTensor(Input input, ReadOptions options) throws IOException {
    return TensorMessages.readSparse(input, options);
  }

  /** Writes a tensor to a path with the default options; see the general form. */
  public static long writeTensor(Tensor tensor, Path path) throws IOException {
    return writeTensor(tensor.view(), new Output.PathOutput(path), WriteOptions.DEFAULT);
  }

  /** Writes a tensor to a blocking stream, which stays open. */
  public static long writeTensor(Tensor tensor, OutputStream stream) throws IOException {
    Output output = new Output.StreamOutput(stream, false);
    return writeTensor(tensor.view(), output, WriteOptions.DEFAULT);
  }

  /**
   * Writes a tensor as one message whose body begins at a multiple of 64 bytes and is one long.
   * Elements that lie in row-major or column-major order are written as they lie, any others in
   * row-major order, as Arrow C++ does; names of dimensions are kept. Tensors are not compressed.
   *
   * @return the bytes written
   * @throws IOException when writing fails
   */
  public static long writeTensor(TensorView tensor, Output output, WriteOptions options)
      throws IOException {
    return TensorMessages.write(TensorMessages.content(tensor), output, options);
  }

  /**
   * Writes a sparse tensor as one message; sizes and alignment are those of {@link #writeTensor}.
   *
   * @return the bytes written
   * @throws IOException when writing fails
   */
  public static long writeTensor(SparseTensor tensor, Output output, WriteOptions options)
      throws IOException {
    return TensorMessages.write(tensor.content(), output, options);
  }

  /** Returns the bytes that {@link #writeTensor} writes with the default options. */
  public static long tensorSize(Tensor tensor) {
    return tensorSize(tensor.view(), WriteOptions.DEFAULT);
  }

  /** Returns the bytes that {@link #writeTensor} writes; engines may differ by some padding. */
  public static long tensorSize(TensorView tensor, WriteOptions options) {
    return TensorMessages.size(TensorMessages.content(tensor), options);
  }

  /** Returns the bytes that {@link #writeTensor} writes; engines may differ by some padding. */
  public static long tensorSize(SparseTensor tensor, WriteOptions options) {
    return TensorMessages.size(tensor.content(), options);
  }

  /** Returns the ids of the engines found, available or not. */
  public static List<String> engines() {
    return Engines.ids();
  }

  /** Tells whether a path holds the file format, by its first bytes. */
  private static boolean isFile(Path path) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return false; // Looking into a pipe would eat its first bytes.
    }
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }
}
