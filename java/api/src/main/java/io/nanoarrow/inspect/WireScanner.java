package io.nanoarrow.inspect;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.FooterBlock;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the messages of a stream or file by their headers, as far as they go; what is wrong
 * becomes a problem of the report. Bodies are not read but for the sizes that compressed buffers
 * announce. One scan an object.
 */
public final class WireScanner {
  /** Where the messages of a file begin. */
  public static final int FILE_MESSAGES_OFFSET = 8;

  static final String MAGIC = "ARROW1";

  /** What is listed at most: a hostile input may have a message every few bytes. */
  private static final int MAX_MESSAGES = 1_000_000;

  private static final int CONTINUATION = -1;
  private static final int VERSION = 0;
  private static final int HEADER_TYPE = 1;
  private static final int HEADER = 2;
  private static final int BODY_LENGTH = 3;

  /** Reads a schema for the scanner, which knows no types. */
  public interface SchemaReading {
    /**
     * Returns the schema of a message.
     *
     * @param message prefix, metadata and body of the schema message
     * @throws ArrowFormatException when it is none
     */
    Schema read(ByteBuffer message) throws IOException;
  }

  private final WireBytes bytes;
  private final SchemaReading schemas;
  private final long maxMetadataBytes;
  private final List<WireProblem> problems = new ArrayList<>();
  private final TreeMap<Long, WireMessage> messages = new TreeMap<>();
  private final BufferLister buffers;
  private boolean isBigEndian;
  private @Nullable Schema schema;
  private @Nullable BufferSlots slots;
  private long endMarkerOffset = -1;

  private WireScanner(FileChannel channel, SchemaReading schemas, ReadOptions options)
      throws IOException {
    this.bytes = new WireBytes(channel);
    this.schemas = schemas;
    this.maxMetadataBytes = options.maxMetadataBytes();
    this.buffers = new BufferLister(bytes, problems);
  }

  /**
   * Scans an input from its start.
   *
   * @param channel read by position; stays open
   * @throws IOException when reading fails; wrong bytes are problems of the report
   */
  public static WireReport scan(FileChannel channel, SchemaReading schemas, ReadOptions options)
      throws IOException {
    return new WireScanner(channel, schemas, options).scan();
  }

  private WireReport scan() throws IOException {
    boolean isFile = startsWithMagic();
    WireFooter footer = isFile ? FooterScan.read(bytes, problems) : null;
    sequence(
        isFile ? FILE_MESSAGES_OFFSET : 0, footer == null ? bytes.sizeBytes() : footer.offset());
    if (footer != null) {
      followBlocks(footer);
      FooterScan.compare(footer, messages, problems);
    }
    List<WireMessage> found = new ArrayList<>(messages.values());
    found.sort(Comparator.comparingLong(WireMessage::offset));
    return new WireReport(
        bytes.sizeBytes(),
        isFile,
        isBigEndian,
        schema,
        List.copyOf(found),
        endMarkerOffset,
        footer,
        List.copyOf(problems));
  }

  private boolean startsWithMagic() throws IOException {
    int size = MAGIC.length();
    return bytes.holds(0, size)
        && StandardCharsets.US_ASCII.decode(bytes.read(0, size)).toString().equals(MAGIC);
  }

  /** Lists the messages that follow each other, up to the end marker or the first defect. */
  private void sequence(long start, long limit) throws IOException {
    long offset = start;
    while (offset < limit) {
      if (messages.size() == MAX_MESSAGES) {
        problem(offset, "more than " + MAX_MESSAGES + " messages; the rest is not listed");
        return;
      }
      WireMessage message = message(offset, limit, true);
      if (message == null) {
        return;
      }
      messages.put(offset, message);
      if (!message.isWhole()) {
        return;
      }
      offset = message.end();
    }
  }

  /** Lists the messages that only the footer leads to. */
  private void followBlocks(WireFooter footer) throws IOException {
    List<FooterBlock> blocks = new ArrayList<>(footer.dictionaries());
    blocks.addAll(footer.batches());
    for (FooterBlock block : blocks) {
      long offset = block.offset();
      boolean isNew =
          offset >= FILE_MESSAGES_OFFSET
              && offset < footer.offset()
              && !messages.containsKey(offset)
              && messages.size() < MAX_MESSAGES
              && !isInsideAMessage(offset);
      WireMessage message = isNew ? message(offset, footer.offset(), false) : null;
      if (message != null) {
        messages.put(offset, message);
      }
    }
  }

  private boolean isInsideAMessage(long offset) {
    var before = messages.floorEntry(offset);
    return before != null && before.getValue().isWhole() && offset < before.getValue().end();
  }

  /** Returns the message at an offset, null at the end marker or where there is none. */
  private @Nullable WireMessage message(long offset, long limit, boolean isInSequence)
      throws IOException {
    try {
      int prefix = 4;
      int size = bytes.read(offset, 4).getInt(0);
      if (size == CONTINUATION) {
        prefix = 8;
        size = bytes.read(offset + 4, 4).getInt(0);
      }
      if (size == 0) {
        endMarkerOffset = isInSequence ? offset : endMarkerOffset;
        return null;
      }
      if (size < 0 || size > maxMetadataBytes) {
        problem(offset, "metadata of " + size + " bytes");
        return null;
      }
      if (!bytes.holds(offset + prefix, size)) {
        problem(offset, "the input ends in metadata of " + size + " bytes");
        return null;
      }
      FlatTable table = FlatTable.root(bytes.read(offset + prefix, size));
      return parsed(table, offset, (long) prefix + size, limit, isInSequence);
    } catch (EOFException e) {
      problem(offset, "the input ends in the prefix of a message");
    } catch (IndexOutOfBoundsException e) {
      problem(offset, "metadata that is no message");
    }
    return null;
  }

  private @Nullable WireMessage parsed(
      FlatTable table, long offset, long metadataBytes, long limit, boolean isInSequence)
      throws IOException {
    int type = table.getByte(HEADER_TYPE, 0);
    FlatTable header = table.getTable(HEADER);
    long bodyBytes = table.getLong(BODY_LENGTH, 0);
    int version = table.getShort(VERSION, 0) + 1;
    WireMessage.Kind[] kinds = WireMessage.Kind.values();
    if (type <= 0 || type >= kinds.length || header == null || version < 1 || version > 5) {
      problem(offset, "metadata that is no message");
      return null;
    }
    if (bodyBytes < 0) {
      problem(offset, "a body of " + bodyBytes + " bytes");
      return null;
    }
    WireMessage.Kind kind = kinds[type];
    long bodyOffset = offset + metadataBytes;
    boolean isWhole = bodyOffset <= limit && bodyBytes <= limit - bodyOffset;
    if (!isWhole) {
      problem(
          offset,
          "a body of " + bodyBytes + " bytes, of which " + (limit - bodyOffset) + " are there");
    }
    if (kind == WireMessage.Kind.SCHEMA && isWhole) {
      readSchema(header, offset, metadataBytes + bodyBytes, version);
    }
    boolean isDictionary = kind == WireMessage.Kind.DICTIONARY_BATCH;
    FlatTable batch =
        isDictionary ? header.getTable(1) : kind == WireMessage.Kind.RECORD_BATCH ? header : null;
    long id = isDictionary ? header.getLong(0, 0) : -1;
    String codec = batch == null ? null : codec(batch.getTable(3));
    List<WireBuffer> listed =
        batch == null ? List.of() : buffers.list(batch, slots(id), bodyOffset, bodyBytes, codec);
    return new WireMessage(
        kind,
        offset,
        metadataBytes,
        bodyBytes,
        batch == null ? 0 : BufferLister.padding(listed, bodyOffset, bodyBytes),
        version,
        codec,
        batch == null ? -1 : batch.getLong(0, 0),
        id,
        isDictionary && header.getByte(2, 0) != 0,
        isInSequence,
        isWhole,
        List.copyOf(listed));
  }

  private @Nullable List<BufferSlots.Slot> slots(long dictionaryId) {
    BufferSlots known = slots;
    return known == null
        ? null
        : dictionaryId < 0 ? known.columns() : known.dictionary(dictionaryId);
  }

  private void readSchema(FlatTable header, long offset, long size, int version)
      throws IOException {
    if (schema != null) {
      problem(offset, "a second schema");
    } else if (size <= maxMetadataBytes) {
      try {
        schema = schemas.read(bytes.read(offset, (int) size));
        slots = new BufferSlots(schema, version);
        isBigEndian = header.getShort(0, 0) == 1;
      } catch (ArrowFormatException e) {
        problem(offset, "a schema that cannot be read: " + e.detail());
      }
    }
  }

  private static @Nullable String codec(@Nullable FlatTable compression) {
    if (compression == null) {
      return null;
    }
    int codec = compression.getByte(0, 0);
    return codec == 0 ? "lz4" : codec == 1 ? "zstd" : "codec " + codec;
  }

  private void problem(long offset, String text) {
    problems.add(new WireProblem(offset, text));
  }
}
