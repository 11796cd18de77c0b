package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import java.nio.ByteBuffer;

/**
 * The head of a schema descriptor ({@code struct naj_schema_header}) as far as Java needs it.
 *
 * @param fieldCount fields of all levels
 * @param columnCount fields of the first level
 * @param isBigEndian the sender's buffers are
 * @param metadataVersion 3 = V4, 4 = V5
 * @param nodeCount field nodes of a record batch
 * @param bufferCount its buffers without variadic ones
 * @param metadataOffset where the schema's key-values begin
 * @param metadataBytes their size, 0 = none
 * @param totalBytes size of the descriptor
 */
record DescriptorHeader(
    int fieldCount,
    int columnCount,
    boolean isBigEndian,
    int metadataVersion,
    long nodeCount,
    long bufferCount,
    long metadataOffset,
    long metadataBytes,
    long totalBytes) {

  static final int VERSION = 1;
  static final int BYTES = 72;
  static final int FIELD_BYTES = 80;

  /** Reads the head of the descriptor at an address. */
  static DescriptorHeader at(long address) {
    ByteBuffer in = AddressPointer.buffer(address, BYTES);
    return new DescriptorHeader(
        in.getInt(4),
        in.getInt(8),
        in.getInt(12) != 0,
        in.getInt(16),
        in.getLong(32),
        in.getLong(40),
        in.getLong(48),
        in.getLong(56),
        in.getLong(64));
  }

  /** Returns a copy of the descriptor at the address that this head was read from. */
  byte[] copy(long address) {
    if (totalBytes > Integer.MAX_VALUE - 8) {
      throw new ArrowFormatException(
          ErrorKind.LIMIT_EXCEEDED, "a schema of " + totalBytes + " bytes");
    }
    byte[] bytes = new byte[(int) totalBytes];
    AddressPointer.buffer(address, bytes.length).get(0, bytes);
    return bytes;
  }
}
