package io.nanoarrow.pure;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.message.KeyValues;
import io.nanoarrow.pure.schema.SchemaReader;
import io.nanoarrow.pure.source.RandomSource;
import io.nanoarrow.pure.verify.FlatVerifier;
import io.nanoarrow.pure.verify.FooterVerifier;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.MetadataVersion;

/**
 * A file's footer, every block checked against the file. Immutable.
 *
 * @param offset where it begins; blocks end before
 * @param bigEndian the order of the numbers in buffers
 * @param isVersion4 the version of the metadata, V4 where old writers left it out
 */
record Footer(
    long offset,
    Schema schema,
    boolean bigEndian,
    boolean isVersion4,
    List<Place> dictionaries,
    List<Place> batches,
    Metadata metadata) {

  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  /** The magic and two bytes of padding. */
  private static final int HEAD_SIZE = 8;

  /** The footer's size and the magic. */
  private static final int TAIL_SIZE = 10;

  /**
   * A block: a message with its body.
   *
   * @param offset where the prefix begins
   * @param metadataSize prefix, metadata and padding
   * @param bodySize the body, which follows them
   */
  record Place(long offset, int metadataSize, long bodySize) {}

  static Footer read(RandomSource source, ReadOptions options) throws IOException {
    long end = end(source, options);
    int size = size(source, end, options);
    long offset = end - TAIL_SIZE - size;
    ByteBuffer bytes = source.metadata(offset, size);
    FlatVerifier flat = new FlatVerifier();
    flat.reset(bytes, bytes.position(), size, offset);
    int root = FooterVerifier.footer(flat, options);
    org.apache.arrow.flatbuf.Footer table = new org.apache.arrow.flatbuf.Footer();
    table.__assign(root, bytes);
    requireVersion(flat, root, offset);
    return new Footer(
        offset,
        SchemaReader.read(table.schema(), offset),
        SchemaReader.isBigEndian(table.schema()),
        flat.getShort(root, 0, MetadataVersion.V4) == MetadataVersion.V4,
        places(table.dictionariesLength(), table::dictionaries, offset),
        places(table.recordBatchesLength(), table::recordBatches, offset),
        KeyValues.read(flat, root, 4));
  }

  /** Old writers leave the version out; each message has its own. */
  private static void requireVersion(FlatVerifier flat, int footer, long offset) {
    short version = flat.getShort(footer, 0, MetadataVersion.V5);
    if (version != MetadataVersion.V4 && version != MetadataVersion.V5) {
      throw Faults.unsupported("a footer of metadata version V" + (version + 1), offset, null);
    }
  }

  /** Returns where the file ends in the source. */
  private static long end(RandomSource source, ReadOptions options) {
    long end = options.footerOffset();
    if (end > source.sizeBytes()) {
      throw new IllegalArgumentException(
          "a footer that ends at " + end + " in an input of " + source.sizeBytes() + " bytes");
    }
    return end < 0 ? source.sizeBytes() : end;
  }

  /** Checks both magics and returns the footer's size. */
  private static int size(RandomSource source, long fileSize, ReadOptions options)
      throws IOException {
    int there = (int) Math.min(MAGIC.length, fileSize);
    if (options.footerOffset() < 0 && !hasMagic(source, 0, there)) {
      throw Faults.invalid("the file does not begin with ARROW1", 0);
    }
    if (fileSize < HEAD_SIZE + TAIL_SIZE
        || !hasMagic(source, fileSize - MAGIC.length, MAGIC.length)) {
      throw Faults.truncated("the file does not end with ARROW1", fileSize);
    }
    long at = fileSize - TAIL_SIZE;
    ByteBuffer tail = source.metadata(at, 4);
    int size = tail.getInt(tail.position());
    if (size <= 0 || size > at - HEAD_SIZE) {
      throw Faults.invalid("a footer of " + size + " bytes in a file of " + fileSize, at);
    }
    if (size > options.maxMetadataBytes()) {
      throw Faults.limit(
          "a footer of " + size + " bytes, the limit is " + options.maxMetadataBytes(), at);
    }
    return size;
  }

  private static boolean hasMagic(RandomSource source, long offset, int size) throws IOException {
    return size == 0 || source.metadata(offset, size).equals(ByteBuffer.wrap(MAGIC, 0, size));
  }

  private interface Blocks {
    Block get(int index);
  }

  private static List<Place> places(int count, Blocks blocks, long end) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Block block = blocks.get(i);
              Place place = new Place(block.offset(), block.metaDataLength(), block.bodyLength());
              requireInside(place, i, end);
              return place;
            })
        .toList();
  }

  private static void requireInside(Place place, int index, long end) {
    boolean inside =
        place.offset >= HEAD_SIZE
            && place.offset <= end
            && place.metadataSize > 0
            && place.metadataSize <= end - place.offset
            && place.bodySize >= 0
            && place.bodySize <= end - place.offset - place.metadataSize;
    boolean aligned = ((place.offset | place.metadataSize | place.bodySize) & 7) == 0;
    if (!inside || !aligned) {
      throw Faults.invalid(
          "block "
              + index
              + " with metadata of "
              + place.metadataSize
              + " bytes and a body of "
              + place.bodySize
              + " at "
              + place.offset
              + " lies outside the file or is not aligned",
          end);
    }
  }
}
