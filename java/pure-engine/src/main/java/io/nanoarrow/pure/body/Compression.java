package io.nanoarrow.pure.body;

import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.codec.Codec;
import io.nanoarrow.pure.codec.CodecException;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.message.RecordBatchHead;
import io.nanoarrow.pure.source.Body;

/**
 * The compressed buffers of a body. What comes out of each is known at once, from its first eight
 * bytes. Immutable.
 */
final class Compression {
  /** The announced size of a buffer that is stored as it is. */
  private static final long STORED = -1;

  private static final int PREFIX_SIZE = 8;

  /** No ratio is asked for up to this. */
  private static final long FREE_SIZE = 1 << 20;

  private final Codec codec;

  /** Bytes that come out of each buffer, {@link #STORED} for those that are not compressed. */
  private final long[] sizes;

  private Compression(Codec codec, long[] sizes) {
    this.codec = codec;
    this.sizes = sizes;
  }

  /** Refuses codecs and methods that do not exist yet. */
  static void requireKnown(BodyPlan plan, RecordBatchHead head) {
    boolean known = head.codec() >= 0 && head.codec() < Codec.values().length;
    if (!known || head.method() != 0) {
      throw Faults.unsupported(
          "compression codec " + head.codec() + ", method " + head.method(),
          head.nodesOffset(),
          plan.nodeCount() == 0 ? null : plan.path(0));
    }
  }

  /**
   * Reads the announced sizes; ranges of stored buffers then begin after theirs.
   *
   * @param buffers offset and size of each buffer, inside the body
   */
  static Compression read(RecordBatchHead head, long[] buffers, Body body) {
    Codec codec = Codec.values()[head.codec()];
    long[] sizes = new long[buffers.length / 2];
    long left = head.maxDecompressedBytes();
    long packed = 0;
    for (int i = 0; i < sizes.length; i++) {
      long size = buffers[2 * i + 1];
      if (size == 0) {
        continue;
      }
      long announced =
          size < PREFIX_SIZE ? Long.MIN_VALUE : body.buffer(buffers[2 * i], size).getLong(0);
      if (announced < STORED || announced / codec.mostPerByte() > size - PREFIX_SIZE) {
        throw Faults.invalid(
            "a compressed buffer of " + size + " bytes without a possible size",
            body.inputOffset() + buffers[2 * i]);
      }
      if (announced > left) {
        throw Faults.limit(
            "a body that decompresses to more than " + head.maxDecompressedBytes() + " bytes",
            body.inputOffset());
      }
      left -= Math.max(0, announced);
      packed += announced == STORED ? 0 : size - PREFIX_SIZE;
      sizes[i] = announced;
      if (announced == STORED) {
        buffers[2 * i] += PREFIX_SIZE;
        buffers[2 * i + 1] -= PREFIX_SIZE;
      }
    }
    long unpacked = head.maxDecompressedBytes() - left;
    if (unpacked > FREE_SIZE && packed <= (unpacked - 1) / head.maxDecompressionRatio()) {
      throw Faults.limit(
          packed
              + " compressed bytes that become "
              + unpacked
              + ", more than "
              + head.maxDecompressionRatio()
              + " times as many",
          body.inputOffset());
    }
    head.budget().spend(unpacked);
    return new Compression(codec, sizes);
  }

  /** Returns the bytes that come out of a buffer of {@code size} bytes. */
  long contentSize(int index, long size) {
    return sizes[index] == STORED ? size : sizes[index];
  }

  /** Tells whether a buffer has to be decompressed. */
  boolean isPacked(int index) {
    return sizes[index] != STORED;
  }

  /**
   * Decompresses a buffer.
   *
   * @param buffer of less than 2 GiB, before and after
   * @throws CodecException when it is not what was announced
   */
  byte[] content(ArrowBuffer buffer, int index) throws CodecException {
    int compressedSize = (int) buffer.sizeBytes() - PREFIX_SIZE;
    byte[] padded = new byte[compressedSize + Codec.PADDING];
    buffer.copyTo(PREFIX_SIZE, padded, 0, compressedSize);
    return codec.decompress(padded, (int) sizes[index]);
  }
}
