package io.nanoarrow.inspect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message where it lies.
 *
 * @param kind what it carries
 * @param offset its first byte, the prefix's
 * @param metadataBytes prefix, metadata and the padding of the metadata
 * @param bodyBytes the body with all padding, as the message says
 * @param bodyPaddingBytes what of the body no buffer holds
 * @param version 1 to 5, of the metadata
 * @param codec "lz4", "zstd" or a number for compressed buffers, null for plain ones
 * @param rowCount rows, or values of a dictionary; -1 for other messages
 * @param dictionaryId of a dictionary batch, else -1
 * @param isDelta whether a dictionary batch adds to what came before
 * @param isInSequence false where only the footer leads to it
 * @param isWhole false where the input ends in its body
 * @param buffers of the body, in the order of the message
 */
public record WireMessage(
    Kind kind,
    long offset,
    long metadataBytes,
    long bodyBytes,
    long bodyPaddingBytes,
    int version,
    @Nullable String codec,
    long rowCount,
    long dictionaryId,
    boolean isDelta,
    boolean isInSequence,
    boolean isWhole,
    List<WireBuffer> buffers) {

  /** What a message carries, in the order of the format's union. */
  public enum Kind {
    /** Nothing known. */
    OTHER,
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

  /** Returns the first byte of the body. */
  public long bodyOffset() {
    return offset + metadataBytes;
  }

  /** Returns the first byte after the message. */
  public long end() {
    return offset + metadataBytes + bodyBytes;
  }

  /** Returns the bytes of all buffers after decompression, as far as they say. */
  public long decodedBytes() {
    return buffers.stream().mapToLong(b -> Math.max(0, b.decodedBytes())).sum();
  }
}
