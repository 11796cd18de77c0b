package io.nanoarrow.engine;

import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.FooterBlock;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a call of the encoder takes by address, one behind the other in its room; valid until the
 * next is set.
 */
final class EncodeArguments {
  /** {@code sizeof(struct naj_rows)}. */
  private static final int ROWS_BYTES = 40;

  /** {@code sizeof(struct naj_footer_block)}. */
  private static final int BLOCK_BYTES = 24;

  private final EncodeRoom room;
  private int metadataOffset;
  private int metadataBytes;
  private int batchesOffset;

  EncodeArguments(EncodeRoom room) {
    this.room = room;
  }

  void setMetadata(Metadata metadata) {
    metadataBytes = 0;
    if (!metadata.isEmpty()) {
      putMetadata(0, KeyValues.write(metadata));
    }
  }

  /** Sets rows; what of them has no address is copied into the room. */
  void setRows(FlatArrays flat, long rowCount, Metadata metadata) {
    if (flat.copyBytes() > 0) {
      flat.copyTo(room.copies(flat.copyBytes()));
    }
    byte[] pairs = KeyValues.write(metadata);
    int end = Math.toIntExact(ROWS_BYTES + flat.nodeBytes() + flat.bufferBytes());
    ByteBuffer out = room.arguments((long) end + pairs.length);
    long nodes = room.argumentsAddress() + ROWS_BYTES;
    out.putLong(rowCount);
    out.putLong(nodes).putLong(flat.nodeCount());
    out.putLong(nodes + flat.nodeBytes()).putLong(flat.bufferCount());
    flat.putTo(out);
    putMetadata(end, pairs);
  }

  void setFooter(List<FooterBlock> dictionaries, List<FooterBlock> batches, Metadata metadata) {
    byte[] pairs = KeyValues.write(metadata);
    long end = (long) BLOCK_BYTES * dictionaries.size() + (long) BLOCK_BYTES * batches.size();
    ByteBuffer out = room.arguments(end + pairs.length);
    dictionaries.forEach(block -> putBlock(out, block));
    batchesOffset = out.position();
    batches.forEach(block -> putBlock(out, block));
    putMetadata(out.position(), pairs);
  }

  private static void putBlock(ByteBuffer out, FooterBlock block) {
    out.putLong(block.offset()).putLong(block.metadataSizeBytes()).putLong(block.bodySizeBytes());
  }

  private void putMetadata(int at, byte[] pairs) {
    room.arguments((long) at + pairs.length).put(at, pairs);
    metadataOffset = at;
    metadataBytes = pairs.length;
  }

  /** Returns the address of the {@code naj_rows}. */
  long rows() {
    return room.argumentsAddress();
  }

  /** Returns the address of the metadata, 0 for none. */
  long metadata() {
    return metadataBytes == 0 ? 0 : room.argumentsAddress() + metadataOffset;
  }

  long metadataBytes() {
    return metadataBytes;
  }

  /** Returns the address of a footer's dictionary blocks. */
  long dictionaries() {
    return room.argumentsAddress();
  }

  /** Returns the address of a footer's batch blocks. */
  long batches() {
    return room.argumentsAddress() + batchesOffset;
  }
}
