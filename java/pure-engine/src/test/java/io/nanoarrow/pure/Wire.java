package io.nanoarrow.pure;

import com.google.flatbuffers.FlatBufferBuilder;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/** Writes messages, streams and files, for tests; independent of the code under test. */
final class Wire {
  static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private Wire() {}

  /** Returns a message with its body, framed as today. */
  static byte[] frame(byte[] metadata, byte[] body) {
    int padded = (metadata.length + 7) & ~7;
    ByteBuffer out = ByteBuffer.allocate(8 + padded + body.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(-1).putInt(padded).put(metadata);
    return out.position(8 + padded).put(body).array();
  }

  /** Returns a message with its body, framed as before 0.15. */
  static byte[] legacyFrame(byte[] metadata, byte[] body) {
    int padded = ((metadata.length + 4 + 7) & ~7) - 4;
    ByteBuffer out = ByteBuffer.allocate(4 + padded + body.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(padded).put(metadata);
    return out.position(4 + padded).put(body).array();
  }

  static byte[] schemaMetadata(Schema schema, short version, short endianness) {
    FlatBufferBuilder out = new FlatBufferBuilder();
    int header = SchemaBytes.write(out, schema, endianness);
    return message(out, version, MessageHeader.Schema, header, 0, 0);
  }

  static byte[] schema(Schema schema) {
    return frame(schemaMetadata(schema, (short) 4, (short) 0), new byte[0]);
  }

  static byte[] batchMetadata(BatchSpec spec) {
    FlatBufferBuilder out = new FlatBufferBuilder();
    int header = recordBatch(out, spec);
    int metadata = SchemaBytes.metadata(out, spec.metadata);
    return message(
        out, spec.version, MessageHeader.RecordBatch, header, spec.bodyLength(), metadata);
  }

  static byte[] batch(BatchSpec spec) {
    return frame(batchMetadata(spec), spec.body());
  }

  static byte[] dictionary(long id, boolean delta, BatchSpec spec) {
    FlatBufferBuilder out = new FlatBufferBuilder();
    int header = DictionaryBatch.createDictionaryBatch(out, id, recordBatch(out, spec), delta);
    return frame(
        message(out, spec.version, MessageHeader.DictionaryBatch, header, spec.bodyLength(), 0),
        spec.body());
  }

  private static int recordBatch(FlatBufferBuilder out, BatchSpec spec) {
    RecordBatch.startNodesVector(out, spec.nodes.size());
    for (int i = spec.nodes.size() - 1; i >= 0; i--) {
      FieldNode.createFieldNode(out, spec.nodes.get(i)[0], spec.nodes.get(i)[1]);
    }
    int nodes = out.endVector();
    RecordBatch.startBuffersVector(out, spec.buffers.size());
    for (int i = spec.buffers.size() - 1; i >= 0; i--) {
      Buffer.createBuffer(out, spec.buffers.get(i)[0], spec.buffers.get(i)[1]);
    }
    int buffers = out.endVector();
    int compression =
        spec.codec < 0 ? 0 : BodyCompression.createBodyCompression(out, spec.codec, (byte) 0);
    int variadic =
        spec.variadicCounts.length == 0
            ? 0
            : RecordBatch.createVariadicBufferCountsVector(out, spec.variadicCounts);
    return RecordBatch.createRecordBatch(out, spec.rowCount, nodes, buffers, compression, variadic);
  }

  static byte[] message(
      FlatBufferBuilder out, short version, byte type, int header, long bodyLength, int metadata) {
    Message.finishMessageBuffer(
        out, Message.createMessage(out, version, type, header, bodyLength, metadata));
    return out.sizedByteArray();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  static byte[] stream(Schema schema, byte[]... messages) {
    return concat(schema(schema), concat(messages), END);
  }

  /** A file of framed messages; those of dictionaries come first. */
  static byte[] file(Schema schema, Metadata metadata, int dictionaryCount, byte[]... messages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.writeBytes(new byte[2]);
    out.writeBytes(schema(schema));
    List<long[]> blocks = new ArrayList<>();
    for (byte[] message : messages) {
      int size = 8 + ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
      blocks.add(new long[] {out.size(), size, message.length - size});
      out.writeBytes(message);
    }
    out.writeBytes(END);
    byte[] footer = footer(schema, metadata, dictionaryCount, blocks);
    out.writeBytes(footer);
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).array());
    out.writeBytes(MAGIC);
    return out.toByteArray();
  }

  static byte[] footer(Schema schema, Metadata metadata, int dictionaryCount, List<long[]> blocks) {
    FlatBufferBuilder out = new FlatBufferBuilder();
    int table = SchemaBytes.write(out, schema, (short) 0);
    int pairs = SchemaBytes.metadata(out, metadata);
    int dictionaries = blocks(out, blocks.subList(0, dictionaryCount));
    int batches = blocks(out, blocks.subList(dictionaryCount, blocks.size()));
    out.finish(Footer.createFooter(out, (short) 4, table, dictionaries, batches, pairs));
    return out.sizedByteArray();
  }

  private static int blocks(FlatBufferBuilder out, List<long[]> blocks) {
    Footer.startRecordBatchesVector(out, blocks.size());
    for (int i = blocks.size() - 1; i >= 0; i--) {
      long[] block = blocks.get(i);
      Block.createBlock(out, block[0], (int) block[1], block[2]);
    }
    return out.endVector();
  }
}
