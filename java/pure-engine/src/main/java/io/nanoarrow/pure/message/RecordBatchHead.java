package io.nanoarrow.pure.message;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.verify.FlatVerifier;
import io.nanoarrow.spi.DecompressionBudget;
import java.nio.ByteBuffer;

/**
 * A RecordBatch table that has been checked: where its vectors of structs stand. The numbers in
 * them are not checked here. Belongs to a {@link MessageHead}.
 */
public final class RecordBatchHead {
  /** The bytes of a FieldNode and of a Buffer struct. */
  private static final int STRUCT_SIZE = 16;

  private final FlatVerifier flat;
  private final long maxDecompressedBytes;
  private final long maxDecompressionRatio;
  private final DecompressionBudget budget;
  private final boolean useThreads;
  private int table;
  private long rowCount;
  private int nodes;
  private int nodeCount;
  private int buffers;
  private int bufferCount;
  private int variadicCounts;
  private int variadicCount;
  private boolean compressed;
  private byte codec;
  private byte method;

  RecordBatchHead(FlatVerifier flat, ReadOptions options, DecompressionBudget budget) {
    this.flat = flat;
    this.maxDecompressedBytes = options.maxDecompressedBytes();
    this.maxDecompressionRatio = options.maxDecompressionRatio();
    this.budget = budget;
    this.useThreads = options.useThreads();
  }

  void read(int recordBatch) {
    table = recordBatch;
    rowCount = flat.getLong(table, 0);
    if (rowCount < 0) {
      throw Faults.invalid("a record batch of " + rowCount + " rows", flat.inputOffset(table));
    }
    nodes = flat.vector(table, 1, STRUCT_SIZE);
    nodeCount = flat.count(nodes);
    buffers = flat.vector(table, 2, STRUCT_SIZE);
    bufferCount = flat.count(buffers);
    int compression = flat.tableField(table, 3);
    compressed = compression != FlatVerifier.ABSENT;
    if (compressed) {
      codec = flat.getByte(compression, 0);
      method = flat.getByte(compression, 1);
    }
    variadicCounts = flat.vector(table, 4, 8);
    variadicCount = flat.count(variadicCounts);
  }

  /** Tells whether several threads may decompress one body. */
  public boolean useThreads() {
    return useThreads;
  }

  /** Returns the bytes that the positions below are absolute in. */
  public ByteBuffer bytes() {
    return flat.bytes();
  }

  /** Returns the number of rows, 0 or more. */
  public long rowCount() {
    return rowCount;
  }

  /** Returns where the first FieldNode stands. */
  public int firstNode() {
    return nodes + 4;
  }

  /** Returns the number of FieldNodes. */
  public int nodeCount() {
    return nodeCount;
  }

  /** Returns where the first Buffer stands. */
  public int firstBuffer() {
    return buffers + 4;
  }

  /** Returns the number of Buffers. */
  public int bufferCount() {
    return bufferCount;
  }

  /** Returns the number of variadic buffer counts. */
  public int variadicCount() {
    return variadicCount;
  }

  /** Returns one variadic buffer count, not checked. */
  public long variadicBuffers(int index) {
    return flat.bytes().getLong(variadicCounts + 4 + 8 * index);
  }

  /** Tells whether the body's buffers are compressed. */
  public boolean isCompressed() {
    return compressed;
  }

  /** Returns the most bytes that the buffers may become when decompressed. */
  public long maxDecompressedBytes() {
    return maxDecompressedBytes;
  }

  /** Returns how many times their size the buffers may become when decompressed. */
  public long maxDecompressionRatio() {
    return maxDecompressionRatio;
  }

  /** Returns what the reader may still decompress. */
  public DecompressionBudget budget() {
    return budget;
  }

  /** Returns a number of {@link org.apache.arrow.flatbuf.CompressionType}. */
  public byte codec() {
    return codec;
  }

  /** Returns a number of {@link org.apache.arrow.flatbuf.BodyCompressionMethod}. */
  public byte method() {
    return method;
  }

  /** Returns the byte of the input that a position stands for. */
  public long inputOffset(int position) {
    return flat.inputOffset(position);
  }

  /** Returns the byte of the input where the FieldNodes begin, or the table that has none. */
  public long nodesOffset() {
    return flat.inputOffset(nodes == FlatVerifier.ABSENT ? table : firstNode());
  }
}
