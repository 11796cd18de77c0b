package io.nanoarrow.bench;

import io.nanoarrow.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a benchmark writes. */
public enum WriteTarget {
  /** Nowhere: what encoding costs. */
  NOWHERE,
  /** Memory that has been written before, as large as what is written. */
  MEMORY,
  /** A file that exists already and is overwritten from its start. */
  FILE;

  /** Opens a channel; {@code memory} is written from its start. */
  WritableByteChannel open(ByteBuffer memory, Path file) throws IOException {
    return switch (this) {
      case NOWHERE -> new Nowhere();
      case MEMORY -> new Memory(memory.duplicate().clear());
      case FILE ->
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE);
    };
  }

  /** The same as an output of ours; {@code memory} is used as the memory that it is. */
  Output output(ByteBuffer memory, Path file) throws IOException {
    return this == MEMORY
        ? new Output.BufferOutput(memory.duplicate().clear())
        : new Output.ChannelOutput(open(memory, file), true);
  }

  private static final class Nowhere implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      source.position(source.limit());
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private static final class Memory implements WritableByteChannel {
    private final ByteBuffer target;

    Memory(ByteBuffer target) {
      this.target = target;
    }

    @Override
    public int write(ByteBuffer source) {
      int count = source.remaining();
      target.put(source);
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
