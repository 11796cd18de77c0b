package io.nanoarrow.pure.source;

import io.nanoarrow.memory.HeapRegion;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.memory.MappedRegion;
import io.nanoarrow.spi.Input;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens inputs. */
public final class Sources {
  private Sources() {}

  /**
   * Opens an input to be read from its start, or from where it stands, to its end.
   *
   * @throws IOException when it cannot be opened
   * @throws UnsupportedOperationException for an address
   */
  public static ByteSource sequential(Input input, ReadOptions options) throws IOException {
    if (input instanceof Input.PathInput file) {
      return sequential(file.path(), options);
    } else if (input instanceof Input.BufferInput buffer) {
      return new MemorySource(new MemoryBytes(new HeapRegion(buffer.buffer())));
    } else if (input instanceof Input.StreamInput stream) {
      return new BlockingSource(new StreamReads(stream.stream(), stream.closeWithReader()));
    } else if (input instanceof Input.ChannelInput channel) {
      return new BlockingSource(new ChannelReads(channel.channel(), channel.closeWithReader()));
    } else if (input instanceof Input.FileChannelInput file) {
      return new BlockingSource(
          new PositionedReads(file.channel(), file.closeWithReader(), file.channel().position()));
    }
    if (input instanceof Input.SourceInput source) {
      return new BlockingSource(new ChannelReads(source.channel(), source.closeWithReader()));
    }
    throw address();
  }

  private static ByteSource sequential(Path path, ReadOptions options) throws IOException {
    if (!Files.isRegularFile(path)) {
      return new BlockingSource(new StreamReads(Files.newInputStream(path), true));
    } else if (!options.memoryMap()) {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      return new BlockingSource(new PositionedReads(channel, true, 0));
    }
    return new MemorySource(map(path));
  }

  /**
   * Opens an input to be read at any offset.
   *
   * @throws IOException when it cannot be opened
   * @throws IllegalArgumentException for an input without random access
   * @throws UnsupportedOperationException for an address
   */
  public static RandomSource random(Input input, ReadOptions options) throws IOException {
    if (input instanceof Input.PathInput file) {
      return options.memoryMap()
          ? new RandomMemory(map(file.path()))
          : new RandomFile(FileChannel.open(file.path(), StandardOpenOption.READ), true);
    } else if (input instanceof Input.BufferInput buffer) {
      return new RandomMemory(new MemoryBytes(new HeapRegion(buffer.buffer())));
    } else if (input instanceof Input.FileChannelInput file) {
      return new RandomFile(file.channel(), file.closeWithReader());
    } else if (input instanceof Input.SourceInput it) {
      return new RandomFile(it.source(), it.holeBytes(), it.rangeBytes(), it.closeWithReader());
    } else if (input instanceof Input.AddressInput) {
      throw address();
    }
    throw new IllegalArgumentException(
        "the file format needs random access: give a path, a buffer or a file channel");
  }

  private static MemoryBytes map(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new MemoryBytes(MappedRegion.map(channel, 0, channel.size()));
    }
  }

  private static UnsupportedOperationException address() {
    return new UnsupportedOperationException(
        "memory given by its address needs the engine \"native\" (io.nanoarrow:nanoarrow)");
  }
}
