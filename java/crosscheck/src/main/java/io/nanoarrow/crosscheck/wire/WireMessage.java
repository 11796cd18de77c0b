package io.nanoarrow.crosscheck.wire;

import io.nanoarrow.inspect.FlatTable;
import org.jspecify.annotations.Nullable;

/**
 * One message as it lies in its source.
 *
 * @param kind what it carries
 * @param offset where its prefix begins, bytes from the start of the source
 * @param metadataBytes prefix, metadata and padding
 * @param bodyBytes the body with its padding
 * @param codec "lz4", "zstd" or a number for compressed buffers, null for plain ones
 * @param dictionaryId the dictionary of a dictionary batch, else -1
 * @param delta whether a dictionary batch adds to what came before
 * @param table the Message table; keeps the metadata's bytes alive
 */
public record WireMessage(
    Kind kind,
    long offset,
    long metadataBytes,
    long bodyBytes,
    @Nullable String codec,
    long dictionaryId,
    boolean delta,
    FlatTable table) {

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

  private static final int HEADER_TYPE = 1;
  private static final int HEADER = 2;
  private static final int BODY_LENGTH = 3;

  static WireMessage of(FlatTable table, long offset, long metadataBytes) {
    int type = table.getByte(HEADER_TYPE, 0);
    Kind kind = type > 0 && type < Kind.values().length ? Kind.values()[type] : Kind.OTHER;
    FlatTable header = table.getTable(HEADER);
    FlatTable batch = header;
    if (kind == Kind.DICTIONARY_BATCH && header != null) {
      batch = header.getTable(1);
    } else if (kind != Kind.RECORD_BATCH) {
      batch = null;
    }
    return new WireMessage(
        kind,
        offset,
        metadataBytes,
        table.getLong(BODY_LENGTH, 0),
        batch == null ? null : codec(batch.getTable(3)),
        kind == Kind.DICTIONARY_BATCH && header != null ? header.getLong(0, 0) : -1,
        kind == Kind.DICTIONARY_BATCH && header != null && header.getByte(2, 0) != 0,
        table);
  }

  /** Returns the message's own table (Schema, RecordBatch …), or null when it is missing. */
  public @Nullable FlatTable header() {
    return table.getTable(HEADER);
  }

  private static @Nullable String codec(@Nullable FlatTable compression) {
    if (compression == null) {
      return null;
    }
    int codec = compression.getByte(0, 0);
    return codec == 0 ? "lz4" : codec == 1 ? "zstd" : "codec " + codec;
  }
}
