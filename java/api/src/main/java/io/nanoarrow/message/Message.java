package io.nanoarrow.message;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.inspect.FlatTable;
import io.nanoarrow.schema.Metadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/**
 * One encapsulated message: metadata, a flatbuffer, and the body that it describes, up to 2 GiB.
 * Nothing is copied; the bytes must not change. Immutable; any thread. Only the outermost table of
 * the metadata is checked here; what reads schemas, batches and tensors checks the rest.
 */
public final class Message {
  /** What a message carries, in the order of the format's union. */
  public enum Type {
    /** A schema. */
    SCHEMA,
    /** Values of a dictionary. */
    DICTIONARY_BATCH,
    /** Rows. */
    RECORD_BATCH,
    /** A tensor. */
    TENSOR,
    /** A sparse tensor. */
    SPARSE_TENSOR
  }

  private static final int PREFIX_BYTES = 8;
  private static final int CONTINUATION = -1;
  private static final int SMALLEST_ALIGNMENT = 8;
  private static final int LARGEST_ALIGNMENT = 1 << 16;
  private static final int VERSION = 0;
  private static final int HEADER_TYPE = 1;
  private static final int HEADER = 2;
  private static final int BODY_LENGTH = 3;
  private static final int CUSTOM_METADATA = 4;

  private final ByteBuffer metadata;
  private final ByteBuffer body;
  private final FlatTable table;
  private final Type type;
  private final int version;

  private Message(ByteBuffer metadata, ByteBuffer body, FlatTable table, Type type, int version) {
    this.metadata = metadata;
    this.body = body;
    this.table = table;
    this.type = type;
    this.version = version;
  }

  /**
   * Returns the message of a metadata flatbuffer and its body.
   *
   * @param metadata the flatbuffer with its padding, without the prefix
   * @param body at least as many bytes as the metadata announces; what follows is left out
   * @throws ArrowFormatException INVALID_DATA when it is no message, TRUNCATED when the body is too
   *     short
   */
  public static Message of(ByteBuffer metadata, ByteBuffer body) {
    ByteBuffer flat = view(metadata, metadata.remaining());
    long size = bodySizeBytes(flat);
    if (size > body.remaining()) {
      throw new ArrowFormatException(
          ErrorKind.TRUNCATED,
          "a body of " + size + " bytes, of which " + body.remaining() + " are there");
    }
    FlatTable table = FlatTable.root(flat);
    return new Message(
        flat,
        view(body, (int) size),
        table,
        Type.values()[table.getByte(HEADER_TYPE, 0) - 1],
        table.getShort(VERSION, 0) + 1);
  }

  /** Returns the size of the body that metadata announces, after a check of its outermost table. */
  static long bodySizeBytes(ByteBuffer metadata) {
    try {
      FlatTable table = FlatTable.root(metadata);
      int type = table.getByte(HEADER_TYPE, 0);
      int version = table.getShort(VERSION, 0) + 1;
      long size = table.getLong(BODY_LENGTH, 0);
      boolean isMessage =
          type > 0 && type <= Type.values().length && version >= 1 && version <= 5 && size >= 0;
      if (isMessage && table.getTable(HEADER) != null) {
        return size;
      }
    } catch (IndexOutOfBoundsException e) {
      throw noMessage(e);
    }
    throw noMessage(null);
  }

  private static ArrowFormatException noMessage(Throwable cause) {
    ArrowFormatException e =
        new ArrowFormatException(ErrorKind.INVALID_DATA, "metadata that is no message");
    e.initCause(cause);
    return e;
  }

  private static ByteBuffer view(ByteBuffer bytes, int size) {
    return bytes.slice(bytes.position(), size).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns what the message carries. */
  public Type type() {
    return type;
  }

  /** Returns the metadata version, 1 to 5. */
  public int metadataVersion() {
    return version;
  }

  /** Returns the flatbuffer with its padding, read-only and little-endian, from index 0 on. */
  public ByteBuffer metadata() {
    return metadata.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the body, read-only and little-endian, from index 0 on. */
  public ByteBuffer body() {
    return body.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns the key-values of the message itself.
   *
   * @throws ArrowFormatException when they lead out of the metadata
   */
  public Metadata customMetadata() {
    try {
      Metadata.Builder pairs = Metadata.builder();
      for (FlatTable pair : table.getTables(CUSTOM_METADATA)) {
        byte[] key = pair.getBytes(0);
        byte[] value = pair.getBytes(1);
        if (key == null || value == null) {
          throw new ArrowFormatException(
              ErrorKind.INVALID_DATA, "a key-value without its key or value");
        }
        pairs.add(key, value);
      }
      return pairs.build();
    } catch (IndexOutOfBoundsException e) {
      throw noMessage(e);
    }
  }

  /** Returns the table of the message's content, for those who read it with a schema of theirs. */
  public FlatTable header() {
    FlatTable header = table.getTable(HEADER);
    if (header == null) {
      throw noMessage(null);
    }
    return header;
  }

  /**
   * Returns the message as it goes on the wire: prefix and metadata padded to a multiple of the
   * alignment, body padded to one of 8. Only the first and small parts are copied.
   *
   * @param alignment a power of two from 8 on
   */
  public List<ByteBuffer> serialize(int alignment) {
    boolean isPower = Integer.bitCount(alignment) == 1;
    if (!isPower || alignment < SMALLEST_ALIGNMENT || alignment > LARGEST_ALIGNMENT) {
      throw new IllegalArgumentException("an alignment of " + alignment + " bytes");
    }
    long head = ((long) PREFIX_BYTES + metadata.remaining() + alignment - 1) & -alignment;
    if (head > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("metadata of " + metadata.remaining() + " bytes");
    }
    ByteBuffer first = ByteBuffer.allocate((int) head).order(ByteOrder.LITTLE_ENDIAN);
    first.putInt(CONTINUATION).putInt((int) head - PREFIX_BYTES).put(metadata()).rewind();
    int padding = -body.remaining() & (SMALLEST_ALIGNMENT - 1);
    return List.of(
        first.asReadOnlyBuffer(), body(), ByteBuffer.allocate(padding).asReadOnlyBuffer());
  }

  /** Writes {@link #serialize} to a blocking channel and returns how many bytes that were. */
  public long serializeTo(WritableByteChannel channel, int alignment) throws IOException {
    long written = 0;
    for (ByteBuffer part : serialize(alignment)) {
      while (part.hasRemaining()) {
        written += channel.write(part);
      }
    }
    return written;
  }

  /** Equal metadata bytes and equal bodies. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Message message
        && metadata.equals(message.metadata)
        && body.equals(message.body);
  }

  @Override
  public int hashCode() {
    return 31 * metadata.hashCode() + body.hashCode();
  }

  @Override
  public String toString() {
    return type
        + " V"
        + version
        + ", metadata "
        + metadata.remaining()
        + " bytes, body "
        + body.remaining()
        + " bytes";
  }
}
