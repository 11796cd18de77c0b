package io.nanoarrow.crosscheck;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;

/**
 * Writes inputs of any size that take hardly any room on disk: their values are holes, zeros, but
 * for the last of each column. Columns are int64; those whose names begin with "d" refer to a
 * dictionary of their own, of int64 values, by indices of 64 bits; those whose names begin with "t"
 * are bool, the last one true.
 */
final class LargeInput {
  private static final byte[] MAGIC = "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int ZSTD_BLOCK_BYTES = 128 << 10;
  private static final short V5 = MetadataVersion.V5;

  private final RandomAccessFile out;
  private final List<String> columns;
  private final short endianness;
  private final long rowCount;
  private final List<long[]> dictionaries = new ArrayList<>();
  private final List<long[]> batches = new ArrayList<>();

  private LargeInput(
      RandomAccessFile out, boolean isBigEndian, long rowCount, List<String> columns) {
    this.out = out;
    this.endianness = isBigEndian ? Endianness.Big : Endianness.Little;
    this.rowCount = rowCount;
    this.columns = columns;
  }

  /** Writes a file, or a stream, and returns its path. */
  static Path write(Path path, boolean asFile, int batchCount, long rowCount, String... columns)
      throws IOException {
    return write(path, asFile, false, batchCount, rowCount, columns);
  }

  /** Writes an input that says that its numbers are big-endian, which they are not. */
  static Path write(
      Path path,
      boolean asFile,
      boolean isBigEndian,
      int batchCount,
      long rowCount,
      String... columns)
      throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
      new LargeInput(out, isBigEndian, rowCount, List.of(columns)).write(asFile, batchCount);
    }
    return path;
  }

  /** Writes a stream of one int64 column of zeros, each batch in a few compressed bytes. */
  static Path writeZeros(Path path, long... rowCounts) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
      LargeInput input = new LargeInput(out, false, 0, List.of("zeros"));
      FlatBufferBuilder schema = new FlatBufferBuilder();
      input.message(schema, MessageHeader.Schema, input.schema(schema), 0);
      for (long rows : rowCounts) {
        byte[] buffer = compressedZeros(8 * rows);
        FlatBufferBuilder head = new FlatBufferBuilder();
        int table = compressedBatch(head, rows, buffer.length);
        int body = (buffer.length + 7) & ~7;
        long[] block = input.message(head, MessageHeader.RecordBatch, table, body);
        out.seek(block[0] + block[1]);
        out.write(buffer);
        out.seek(out.length());
      }
    }
    return path;
  }

  /**
   * Writes a stream of batches of one row, each after a delta of the dictionary (its values, before
   * the first): {@code rowsPerDelta} values, all zeros but the last, which is the batch's number.
   */
  static Path writeDeltas(Path path, int batchCount, int rowsPerDelta) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(path.toFile(), "rw")) {
      LargeInput input = new LargeInput(out, false, rowsPerDelta, List.of("d"));
      LargeInput rows = new LargeInput(out, false, 1, List.of("d"));
      FlatBufferBuilder schema = new FlatBufferBuilder();
      input.message(schema, MessageHeader.Schema, input.schema(schema), 0);
      for (int b = 0; b < batchCount; b++) {
        FlatBufferBuilder head = new FlatBufferBuilder();
        int values = input.recordBatch(head, 1);
        int table = DictionaryBatch.createDictionaryBatch(head, 0, values, b > 0);
        long[] block = input.message(head, MessageHeader.DictionaryBatch, table, 8L * rowsPerDelta);
        out.seek(block[0] + block[1] + block[2] - 8);
        input.writeLong(b);
        head = new FlatBufferBuilder();
        block = rows.message(head, MessageHeader.RecordBatch, rows.recordBatch(head, 1), 8);
        out.seek(block[0] + block[1]);
        input.writeLong((long) rowsPerDelta * (b + 1) - 1);
      }
    }
    return path;
  }

  private static int compressedBatch(FlatBufferBuilder to, long rows, int size) {
    RecordBatch.startNodesVector(to, 1);
    FieldNode.createFieldNode(to, rows, 0);
    int nodes = to.endVector();
    RecordBatch.startBuffersVector(to, 2);
    Buffer.createBuffer(to, 0, size);
    Buffer.createBuffer(to, 0, 0);
    int buffers = to.endVector();
    int zstd =
        BodyCompression.createBodyCompression(
            to, CompressionType.ZSTD, BodyCompressionMethod.BUFFER);
    return RecordBatch.createRecordBatch(to, rows, nodes, buffers, zstd, 0);
  }

  /** A size and a Zstandard frame of blocks that each repeat a zero. */
  private static byte[] compressedZeros(long size) {
    int blocks = (int) ((size + ZSTD_BLOCK_BYTES - 1) / ZSTD_BLOCK_BYTES);
    ByteBuffer out = ByteBuffer.allocate(14 + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(size).putInt(0xFD2FB528).put((byte) 0).put((byte) 0x38); // A window of 128 KiB.
    for (int i = 0; i < blocks; i++) {
      long count = Math.min(ZSTD_BLOCK_BYTES, size - (long) i * ZSTD_BLOCK_BYTES);
      int repeated = 1 << 1;
      out.putInt((i == blocks - 1 ? 1 : 0) | repeated | (int) count << 3); // The zero comes last.
    }
    return out.array();
  }

  /** Returns the last value of a column in a batch; of a dictionary column its only index is 0. */
  static long lastValue(int batch, int column) {
    return 1000L * batch + column + 1;
  }

  private void write(boolean asFile, int batchCount) throws IOException {
    if (asFile) {
      out.write(MAGIC);
    }
    FlatBufferBuilder schema = new FlatBufferBuilder();
    message(schema, MessageHeader.Schema, schema(schema), 0);
    for (int c = 0; c < columns.size(); c++) {
      if (columns.get(c).startsWith("d")) {
        FlatBufferBuilder head = new FlatBufferBuilder();
        int values = recordBatch(head, 1);
        int table = DictionaryBatch.createDictionaryBatch(head, c, values, false);
        dictionaries.add(message(head, MessageHeader.DictionaryBatch, table, 8 * rowCount));
      }
    }
    for (int b = 0; b < batchCount; b++) {
      FlatBufferBuilder head = new FlatBufferBuilder();
      int table = recordBatch(head, columns.size());
      long[] block = message(head, MessageHeader.RecordBatch, table, offset(columns.size()));
      batches.add(block);
      for (int c = 0; c < columns.size(); c++) {
        if (columns.get(c).startsWith("t")) {
          out.seek(block[0] + block[1] + offset(c) + (rowCount - 1) / 8);
          out.write(1 << (rowCount - 1) % 8);
        } else if (!columns.get(c).startsWith("d")) {
          out.seek(block[0] + block[1] + offset(c + 1) - 8);
          writeLong(lastValue(b, c));
        }
      }
      out.seek(out.length());
    }
    writeLong(0xFFFFFFFFL);
    if (asFile) {
      writeFooter();
    }
  }

  private long sizeBytes(int column) {
    return columns.get(column).startsWith("t") ? (rowCount + 7) / 8 : 8 * rowCount;
  }

  /** Returns where in a body the values of a column begin. */
  private long offset(int column) {
    long offset = 0;
    for (int c = 0; c < column; c++) {
      offset += (sizeBytes(c) + 7) & ~7L;
    }
    return offset;
  }

  private void writeLong(long value) throws IOException {
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
  }

  /** Appends a message with a body of zeros and returns its block. */
  private long[] message(FlatBufferBuilder head, byte type, int table, long bodyBytes)
      throws IOException {
    head.finish(Message.createMessage(head, V5, type, table, bodyBytes, 0));
    byte[] bytes = head.sizedByteArray();
    int padded = (bytes.length + 7) & ~7;
    long start = out.length();
    out.seek(start);
    writeLong(0xFFFFFFFFL | (long) padded << 32);
    out.write(bytes);
    out.setLength(start + 8 + padded + bodyBytes);
    out.seek(out.length());
    return new long[] {start, 8 + padded, bodyBytes};
  }

  private int schema(FlatBufferBuilder to) {
    int[] fields = new int[columns.size()];
    for (int c = 0; c < fields.length; c++) {
      int name = to.createString(columns.get(c));
      int encoding = 0;
      if (columns.get(c).startsWith("d")) {
        encoding =
            DictionaryEncoding.createDictionaryEncoding(
                to, c, Int.createInt(to, 64, true), false, (short) 0);
      }
      int children = Field.createChildrenVector(to, new int[0]);
      boolean isBool = columns.get(c).startsWith("t");
      int type = isBool ? bool(to) : Int.createInt(to, 64, true);
      byte number = isBool ? Type.Bool : Type.Int;
      fields[c] = Field.createField(to, name, true, number, type, encoding, children, 0);
    }
    return Schema.createSchema(to, endianness, Schema.createFieldsVector(to, fields), 0, 0);
  }

  private static int bool(FlatBufferBuilder to) {
    Bool.startBool(to);
    return Bool.endBool(to);
  }

  private int recordBatch(FlatBufferBuilder to, int columnCount) {
    RecordBatch.startNodesVector(to, columnCount);
    for (int c = 0; c < columnCount; c++) {
      FieldNode.createFieldNode(to, rowCount, 0);
    }
    int nodes = to.endVector();
    RecordBatch.startBuffersVector(to, 2 * columnCount);
    for (int c = columnCount - 1; c >= 0; c--) {
      Buffer.createBuffer(to, offset(c), sizeBytes(c));
      Buffer.createBuffer(to, 0, 0);
    }
    int buffers = to.endVector();
    return RecordBatch.createRecordBatch(to, rowCount, nodes, buffers, 0, 0);
  }

  private void writeFooter() throws IOException {
    FlatBufferBuilder to = new FlatBufferBuilder();
    int table = schema(to);
    int values = blocks(to, dictionaries);
    int rows = blocks(to, batches);
    to.finish(Footer.createFooter(to, V5, table, values, rows, 0));
    byte[] footer = to.sizedByteArray();
    out.write(footer);
    out.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footer.length).array());
    out.write(MAGIC, 0, 6);
  }

  private static int blocks(FlatBufferBuilder to, List<long[]> blocks) {
    Footer.startRecordBatchesVector(to, blocks.size());
    for (int i = blocks.size() - 1; i >= 0; i--) {
      long[] block = blocks.get(i);
      Block.createBlock(to, block[0], (int) block[1], block[2]);
    }
    return to.endVector();
  }
}
