package io.nanoarrow;

import io.nanoarrow.options.WriteOptions;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * Where bytes go. Streams and channels given by the user are written from where they stand and,
 * unless {@code closeWithWriter}, left open; nobody else may use them, or a buffer, meanwhile. What
 * they throw reaches the caller of the writer as it is.
 */
public sealed interface Output
    permits Output.PathOutput,
        Output.StreamOutput,
        Output.ChannelOutput,
        Output.BufferOutput,
        MemoryOutput {
  /**
   * A file by its path. Unless {@link WriteOptions#inPlace}, a temporary file in the same folder
   * takes the name at {@code close}: until then, and when writing fails, the name keeps what it had
   * before. A symbolic link stays one, what it points to is replaced; permissions of a file that is
   * replaced are kept. Pipes and devices are written in place.
   */
  record PathOutput(Path path) implements Output {}

  /** A blocking stream; flushed when the writer closes. */
  record StreamOutput(OutputStream stream, boolean closeWithWriter) implements Output {}

  /**
   * A blocking channel; one that is also a {@link java.nio.channels.GatheringByteChannel} gets many
   * buffers at once.
   */
  record ChannelOutput(WritableByteChannel channel, boolean closeWithWriter) implements Output {}

  /** What remains of a buffer; its position moves. Too little room is an IOException. */
  record BufferOutput(ByteBuffer buffer) implements Output {}
}
