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

  /** Memory of the caller that stays until every batch is closed; native engine only. */
  record AddressInput(long address, long sizeBytes) implements Input {}
}
