package io.nanoarrow.pure.message;

import static io.nanoarrow.pure.verify.FlatVerifier.ABSENT;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.verify.FlatVerifier;
import io.nanoarrow.pure.verify.SchemaVerifier;
import io.nanoarrow.pure.verify.TensorVerifier;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.DecompressionBudget;
import java.nio.ByteBuffer;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;

/**
 * The Message flatbuffer last read: checked in all its parts, ready for accessors. Reused from
 * message to message; one thread at a time.
 */
public final class MessageHead {
  private final FlatVerifier flat = new FlatVerifier();
  private final RecordBatchHead batch;
  private final ReadOptions options;
  private long offset;
  private int message;
  private short version;
  private byte type;
  private int header;
  private long bodySizeBytes;
  private long dictionaryId;
  private boolean delta;

  /** Nothing read yet. */
  public MessageHead(ReadOptions options, DecompressionBudget budget) {
    this.options = options;
    this.batch = new RecordBatchHead(flat, options, budget);
  }

  /**
   * Reads a message's metadata.
   *
   * @param bytes little-endian, must stay as they are while this head is used
   * @param start where the flatbuffer begins, absolute
   * @param size its bytes, with padding
   * @param inputOffset where it begins in the input
   * @throws io.nanoarrow.error.ArrowFormatException when it is no message that this engine reads
   */
  public void read(ByteBuffer bytes, int start, int size, long inputOffset) {
    flat.reset(bytes, start, size, inputOffset);
    offset = inputOffset;
    message = flat.root();
    version = flat.getShort(message, 0, MetadataVersion.V1);
    type = flat.getByte(message, 1);
    flat.inline(message, 2, 4);
    header = isKnown() ? flat.tableField(message, 2) : ABSENT;
    bodySizeBytes = flat.getLong(message, 3);
    SchemaVerifier.keyValues(flat, message, 4);
    if (header != ABSENT) {
      readHeader();
    }
    requireVersion(version, inputOffset);
    if (bodySizeBytes < 0) {
      throw Faults.invalid("a body of " + bodySizeBytes + " bytes", inputOffset);
    }
    if (bodySizeBytes > options.maxBodyBytes()) {
      throw Faults.limit(
          "a body of " + bodySizeBytes + " bytes, the limit is " + options.maxBodyBytes(),
          inputOffset);
    }
    if (type != MessageHeader.NONE && !isKnown()) {
      throw Faults.unsupported("a message of type " + (type & 0xFF), inputOffset, null);
    } else if (header == ABSENT) {
      throw Faults.invalid("a message without a header", inputOffset);
    }
  }

  private boolean isKnown() {
    return type > MessageHeader.NONE && type <= MessageHeader.SparseTensor;
  }

  /** Refuses other versions, once the flatbuffer has turned out to be one. */
  private static void requireVersion(short version, long inputOffset) {
    if (version != MetadataVersion.V4 && version != MetadataVersion.V5) {
      throw Faults.unsupported("metadata version V" + (version + 1), inputOffset, null);
    }
  }

  private void readHeader() {
    switch (type) {
      case MessageHeader.Schema -> new SchemaVerifier(flat, options).schema(header);
      case MessageHeader.RecordBatch -> batch.read(header);
      case MessageHeader.DictionaryBatch -> {
        dictionaryId = flat.getLong(header, 0);
        delta = flat.getByte(header, 2) != 0;
        int data = flat.tableField(header, 1);
        if (data == ABSENT) {
          throw flat.invalid("a dictionary batch without data", header);
        }
        batch.read(data);
      }
      case MessageHeader.Tensor -> TensorVerifier.tensor(flat, header);
      case MessageHeader.SparseTensor -> TensorVerifier.sparseTensor(flat, header);
      default -> {}
    }
  }

  /** Returns where the flatbuffer begins in the input. */
  public long offset() {
    return offset;
  }

  /** Returns a number of {@link MessageHeader}. */
  public byte type() {
    return type;
  }

  /** Tells whether the metadata is V4, before unions lost their validity bitmap. */
  public boolean isVersion4() {
    return version == MetadataVersion.V4;
  }

  /** Returns the bytes of the body that follows. */
  public long bodySizeBytes() {
    return bodySizeBytes;
  }

  /** Returns the checked bytes. */
  public ByteBuffer bytes() {
    return flat.bytes();
  }

  /** Returns the position of the header's table, for a generated class's {@code __assign}. */
  public int header() {
    return header;
  }

  /** Returns the record batch, or the data of the dictionary batch. */
  public RecordBatchHead batch() {
    return batch;
  }

  /** Returns the id of the dictionary batch. */
  public long dictionaryId() {
    return dictionaryId;
  }

  /** Tells whether the dictionary batch adds values. */
  public boolean isDelta() {
    return delta;
  }

  /** Returns the key-values of the message itself. */
  public Metadata metadata() {
    return KeyValues.read(flat, message, 4);
  }
}
