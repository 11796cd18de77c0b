package io.nanoarrow.spi;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/**
 * Where bytes come from. An engine that cannot use a kind directly copies. Streams and channels
 * given by the user are read from their position and, unless {@code closeWithReader}, left open.
 */
public sealed interface Input {
  /** A file by its path, mapped or read as the options say. */
  record PathInput(Path path) implements Input {}

  /** What remains of a buffer; direct ones are not copied and must not change. */
  record BufferInput(ByteBuffer buffer) implements Input {}

  /** A blocking stream. */
  record StreamInput(InputStream stream, boolean closeWithReader) implements Input {}

  /** A blocking channel. */
  record ChannelInput(ReadableByteChannel channel, boolean closeWithReader) implements Input {}

  /** An open file, read by position; its own position is left alone. */
  record FileChannelInput(FileChannel channel, boolean closeWithReader) implements Input {}

  /**
   * Bytes that cost a request each time they are read. Of a file the end is read at once, then the
   * ranges of the batches and columns asked for.
   *
   * @param holeBytes ranges that are no more than this apart are read by one request
   * @param rangeBytes no request for a batch is for more than this
   */
  record SourceInput(
      SeekableSource source, long holeBytes, long rangeBytes, boolean closeWithReader)
      implements Input {
    private static final long HOLE_BYTES = 8 << 10;
    private static final long RANGE_BYTES = 32 << 20;

    /** Checks the limits. */
    public SourceInput {
      if (holeBytes < 0 || rangeBytes <= 0) {
        throw new IllegalArgumentException(
            "holes of " + holeBytes + " bytes, ranges of " + rangeBytes);
      }
      source = source instanceof SourceTail ? source : new SourceTail(source);
    }

    /** A source with holes of 8 KiB and ranges of 32 MiB, which stays open. */
    public SourceInput(SeekableSource source) {
      this(source, HOLE_BYTES, RANGE_BYTES, false);
    }

    /** Returns the bytes from the first on, one after the other. */
    public ReadableByteChannel channel() {
      return new SourceChannel(source);
    }
  }

  /** Memory of the caller that stays until every batch is closed; native engine only. */
  record AddressInput(long address, long sizeBytes) implements Input {}
}
