package io.nanoarrow.write;

import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.FooterBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around the messages (format/Columnar.rst, "IPC Streaming Format" and "IPC File
 * Format"): of a stream the end marker; of a file magic, end marker, footer, its length, magic.
 */
public final class Framing {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int ALIGNED = 8;
  private static final int CONTINUATION = -1;

  private final boolean isLegacy;

  /** The footer's key-values; null for a stream. */
  private final @Nullable Metadata footerMetadata;

  private final List<FooterBlock> dictionaries = new ArrayList<>();
  private final List<FooterBlock> batches = new ArrayList<>();

  private Framing(WriteOptions options, @Nullable Metadata footerMetadata) {
    this.isLegacy = options.legacyFormat();
    this.footerMetadata = footerMetadata;
  }

  /** Returns the framing of a stream. */
  public static Framing stream(WriteOptions options) {
    return new Framing(options, null);
  }

  /** Returns the framing of a file with these key-values in its footer. */
  public static Framing file(WriteOptions options, Metadata footerMetadata) {
    return new Framing(options, footerMetadata);
  }

  boolean isFile() {
    return footerMetadata != null;
  }

  /** Returns what comes before the first message, a multiple of 8 bytes. */
  List<ByteBuffer> head() {
    return isFile() ? List.of(ByteBuffer.allocate(ALIGNED).put(MAGIC).rewind()) : List.of();
  }

  /** Takes note of a dictionary batch, for the footer. */
  public void addDictionary(FooterBlock block) {
    if (isFile()) {
      dictionaries.add(block);
    }
  }

  /** Takes note of a record batch, for the footer. */
  public void addBatch(FooterBlock block) {
    if (isFile()) {
      batches.add(block);
    }
  }

  /** Returns what comes after the last message. */
  public List<ByteBuffer> tail(EngineEncoder encoder) {
    if (footerMetadata == null) {
      return List.of(endMarker(isLegacy ? Integer.BYTES : ALIGNED));
    }
    ByteBuffer footer = encoder.footer(dictionaries, batches, footerMetadata);
    ByteBuffer end = little(Integer.BYTES + MAGIC.length).putInt(footer.remaining()).put(MAGIC);
    return List.of(endMarker(ALIGNED), footer, end.rewind());
  }

  /** Returns the marker; the 4 zeros of the old format are padded in a file, for the footer. */
  private ByteBuffer endMarker(int size) {
    ByteBuffer marker = little(size);
    return isLegacy ? marker : marker.putInt(0, CONTINUATION);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
