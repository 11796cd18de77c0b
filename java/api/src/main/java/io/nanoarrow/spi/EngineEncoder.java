package io.nanoarrow.spi;

import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Metadata;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An engine's encoder for batches of one schema: turns rows into messages and writes nothing. What
 * dictionaries have been written, where messages go and what frames them is the caller's to know.
 * One thread at a time. Nothing is kept of what is given.
 *
 * <p>{@code position} is where the message begins in the output, a multiple of 8: metadata is
 * padded so that its body begins at a multiple of the alignment there.
 *
 * <p>Rows are truncated to what is asked for: bitmaps are shifted, offsets rebased, children and
 * data cut, and unknown null counts are counted. Every method throws {@link
 * io.nanoarrow.error.ArrowFormatException}, of kind INVALID_DATA when offsets, type ids, run ends
 * or views of the rows point outside their buffers, of kind UNSUPPORTED for what the format cannot
 * hold.
 */
public interface EngineEncoder extends AutoCloseable {
  /** Encodes the schema. */
  EncodedMessage schema(long position);

  /**
   * Encodes values of a dictionary.
   *
   * @param id of a dictionary-encoded field of the schema, nested ones included
   * @param isDelta the values go behind those that the id has
   */
  EncodedMessage dictionary(long position, long id, boolean isDelta, ColumnData values);

  /** Encodes rows; the indices of dictionary-encoded columns, not their values. */
  EncodedMessage batch(long position, BatchRows rows, Metadata metadata);

  /**
   * Encodes rows like {@link #batch}, but into one piece of memory, so that even small buffers are
   * copied only once.
   *
   * @param room a direct buffer; the message goes where its position is, which then stands behind
   *     it
   * @return sizes of the message, without buffers; null, with the position where it was, when the
   *     room may not suffice or the engine has no such way
   */
  default @Nullable EncodedMessage batchInto(
      long position, BatchRows rows, Metadata metadata, ByteBuffer room) {
    return null;
  }

  /** Returns the size that {@link #batch} has at a position that is a multiple of the alignment. */
  long batchSizeBytes(BatchRows rows, Metadata metadata);

  /**
   * Encodes the flatbuffer of a file's footer, without the length and magic that follow it.
   *
   * @param metadata the footer's key-values
   */
  ByteBuffer footer(List<FooterBlock> dictionaries, List<FooterBlock> batches, Metadata metadata);

  @Override
  void close();
}
