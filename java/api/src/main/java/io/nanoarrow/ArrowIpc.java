package io.nanoarrow;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.CDataBridge;
import io.nanoarrow.spi.Input;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The front door: opens Arrow streams and files. Any thread.
 *
 * <p>Every {@code open} throws IOException when reading fails, {@link
 * io.nanoarrow.error.ArrowFormatException} when the bytes are not what they should be, and takes
 * {@link ReadOptions#DEFAULT} where none are given. InputStreams and channels are read from where
 * they stand and stay open when the reader closes; buffers and addresses must not change while a
 * reader or batch uses them.
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
    return isFile(path) ? openFile(path, options) : openStream(path, options);
  }

  /** Opens a stream or a file that lies in memory. */
  public static BatchReader open(ByteBuffer bytes, ReadOptions options) throws IOException {
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
    return new StreamReader(Engines.choose(options.engine()).openStream(input, options));
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

  /** Opens any input with random access as a file. */
  public static FileReader openFile(Input input, ReadOptions options) throws IOException {
    return new FileReader(Engines.choose(options.engine()).openFile(input, options));
  }

  /** Reads the schema of a stream or file. */
  public static Schema readSchema(Path path, ReadOptions options) throws IOException {
    try (BatchReader reader = open(path, options)) {
      return reader.schema();
    }
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
