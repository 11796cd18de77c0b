package io.nanoarrow.spi;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One encapsulated message as it goes to the output (format/Columnar.rst, "Encapsulated message
 * format").
 *
 * @param metadataSizeBytes prefix, metadata and its padding: what a footer block calls
 *     metaDataLength
 * @param bodySizeBytes the body with its padding
 * @param buffers the message's bytes in parts, metadata first, from position to limit of each;
 *     bodies that lie in memory already are not copied. Valid until the next call of the encoder
 *     and while the rows encoded are kept; the receiver may move the positions
 */
public record EncodedMessage(long metadataSizeBytes, long bodySizeBytes, List<ByteBuffer> buffers) {
  /** Returns the size of the whole message. */
  public long sizeBytes() {
    return metadataSizeBytes + bodySizeBytes;
  }
}
