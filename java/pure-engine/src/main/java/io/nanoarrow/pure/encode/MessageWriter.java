package io.nanoarrow.pure.encode;

import com.google.flatbuffers.FlatBufferBuilder;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.FooterBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/** The flatbuffers of messages with what frames them; one at a time. */
final class MessageWriter {
  private static final int CONTINUATION = -1;
  private static final byte NO_CODEC = -1;
  private static final int FIRST_SIZE = 4 << 10;

  private final FlatBufferBuilder out = new FlatBufferBuilder(FIRST_SIZE);
  private final short version;
  private final boolean legacyFormat;
  private final int alignmentBytes;
  private final byte codec;
  private ByteBuffer framed = ByteBuffer.allocate(FIRST_SIZE).order(ByteOrder.LITTLE_ENDIAN);

  MessageWriter(WriteOptions options) {
    this.version =
        options.metadataVersion() == MetadataVersion.V4
            ? org.apache.arrow.flatbuf.MetadataVersion.V4
            : org.apache.arrow.flatbuf.MetadataVersion.V5;
    this.legacyFormat = options.legacyFormat();
    this.alignmentBytes = options.alignmentBytes();
    this.codec =
        options.compression() == null
            ? NO_CODEC
            : (byte) BodyCompressor.codec(options.compression()).ordinal();
  }

  EncodedMessage schema(long position, Schema schema) {
    out.clear();
    int header = SchemaWriter.write(out, schema);
    return finish(position, MessageHeader.Schema, header, Metadata.EMPTY, new Parts());
  }

  EncodedMessage batch(long position, long rowCount, BodyContent body, Metadata metadata) {
    out.clear();
    int header = recordBatch(rowCount, body);
    return finish(position, MessageHeader.RecordBatch, header, metadata, body.parts());
  }

  EncodedMessage dictionary(
      long position, long id, boolean isDelta, long length, BodyContent body) {
    out.clear();
    int data = recordBatch(length, body);
    int header = DictionaryBatch.createDictionaryBatch(out, id, data, isDelta);
    return finish(position, MessageHeader.DictionaryBatch, header, Metadata.EMPTY, body.parts());
  }

  private int recordBatch(long rowCount, BodyContent body) {
    long[] counts = body.variadicCounts();
    int variadic =
        counts.length == 0 ? 0 : RecordBatch.createVariadicBufferCountsVector(out, counts);
    int buffers = body.buffers().write(out);
    int nodes = body.nodes().write(out);
    int compression =
        codec == NO_CODEC
            ? 0
            : BodyCompression.createBodyCompression(out, codec, BodyCompressionMethod.BUFFER);
    return RecordBatch.createRecordBatch(out, rowCount, nodes, buffers, compression, variadic);
  }

  /** Returns the builder of the next message, empty. */
  FlatBufferBuilder begin() {
    out.clear();
    return out;
  }

  /** Finishes the message whose header has been built since {@link #begin}. */
  EncodedMessage finish(long position, byte type, int header, Metadata metadata, Parts body) {
    int pairs = Texts.keyValues(out, metadata);
    body.pad(alignmentBytes);
    out.finish(Message.createMessage(out, version, type, header, body.sizeBytes(), pairs));
    ByteBuffer prefixed = frame(position, out.dataBuffer());
    List<ByteBuffer> buffers = new ArrayList<>(1 + body.get().size());
    buffers.add(prefixed);
    buffers.addAll(body.get());
    return new EncodedMessage(prefixed.remaining(), body.sizeBytes(), buffers);
  }

  /** Returns the prefix, the flatbuffer and zeros, so that the body begins where it should. */
  private ByteBuffer frame(long position, ByteBuffer flat) {
    int prefix = legacyFormat ? 4 : 8;
    int least = prefix + flat.remaining();
    int size = least + (int) (-(position + least) & alignmentBytes - 1);
    if (framed.capacity() < size) {
      framed = ByteBuffer.allocate(Math.max(size, 2 * framed.capacity()));
      framed.order(ByteOrder.LITTLE_ENDIAN);
    }
    framed.clear();
    if (!legacyFormat) {
      framed.putInt(CONTINUATION);
    }
    framed.putInt(size - prefix).put(flat);
    while (framed.position() < size) {
      framed.put((byte) 0);
    }
    return framed.slice(0, size);
  }

  /** Returns a footer's flatbuffer. */
  ByteBuffer footer(
      Schema schema, List<FooterBlock> dictionaries, List<FooterBlock> batches, Metadata metadata) {
    FlatBufferBuilder footer = new FlatBufferBuilder(FIRST_SIZE);
    int table = SchemaWriter.write(footer, schema);
    int pairs = Texts.keyValues(footer, metadata);
    int batchBlocks = blocks(footer, batches);
    int dictionaryBlocks = blocks(footer, dictionaries);
    footer.finish(
        Footer.createFooter(footer, version, table, dictionaryBlocks, batchBlocks, pairs));
    return footer.dataBuffer();
  }

  private static int blocks(FlatBufferBuilder footer, List<FooterBlock> blocks) {
    Footer.startRecordBatchesVector(footer, blocks.size());
    for (int i = blocks.size() - 1; i >= 0; i--) {
      FooterBlock block = blocks.get(i);
      Block.createBlock(
          footer,
          block.offset(),
          Math.toIntExact(block.metadataSizeBytes()),
          block.bodySizeBytes());
    }
    return footer.endVector();
  }
}
