package io.nanoarrow.engine;

import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Opens inputs: as memory where the bytes lie in memory or can be mapped, else as a source. */
final class Inputs {
  private Inputs() {}

  /** Returns the whole input as one region, the caller's use, or null when it has to be read. */
  static @Nullable NativeRegion asRegion(Input input, ReadOptions options) throws IOException {
    if (input instanceof Input.PathInput it) {
      return options.memoryMap() && canMap(it.path()) ? map(it.path()) : null;
    }
    if (input instanceof Input.BufferInput it) {
      return it.buffer().isDirect() ? BufferRegion.of(it.buffer()) : copy(it.buffer());
    }
    if (input instanceof Input.AddressInput it) {
      return wrap(it.address(), it.sizeBytes());
    }
    return null;
  }

  /** Returns an input that has no region as bytes to be read. */
  static ByteSource asSource(Input input) throws IOException {
    if (input instanceof Input.PathInput it) {
      return open(it.path());
    }
    if (input instanceof Input.StreamInput it) {
      return ByteSource.of(it.stream(), it.closeWithReader());
    }
    if (input instanceof Input.ChannelInput it) {
      return ByteSource.of(it.channel(), it.closeWithReader());
    }
    if (input instanceof Input.FileChannelInput it) {
      return ByteSource.at(it.channel(), it.channel().position(), it.closeWithReader());
    }
    if (input instanceof Input.SourceInput it) {
      return ByteSource.of(it.channel(), it.closeWithReader());
    }
    throw new IllegalArgumentException("not an input that can be read: " + input);
  }

  /** Returns an input that has no region as a file with random access. */
  static RandomAccess asFile(Input input) throws IOException {
    if (input instanceof Input.PathInput it) {
      return new RandomAccess(FileChannel.open(it.path(), StandardOpenOption.READ), true);
    }
    if (input instanceof Input.FileChannelInput it) {
      return new RandomAccess(it.channel(), it.closeWithReader());
    }
    if (input instanceof Input.SourceInput it) {
      return new RandomAccess(it.source(), it.holeBytes(), it.rangeBytes(), it.closeWithReader());
    }
    throw new IllegalArgumentException("a file needs random access, which a stream has not");
  }

  private static boolean canMap(Path path) {
    return path.getFileSystem() == FileSystems.getDefault()
        && (Files.isRegularFile(path) || !Files.exists(path) || Files.isDirectory(path));
  }

  private static NativeRegion map(Path path) throws IOException {
    return new NativeRegion(NativeMemory.mapFile(path.toString(), rawBytes(path)));
  }

  /** The path as the operating system has it, whatever the locale: a URI escapes its raw bytes. */
  private static byte[] rawBytes(Path path) {
    String escaped = path.toUri().getRawPath();
    ByteArrayOutputStream raw = new ByteArrayOutputStream(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '%') {
        raw.write(Integer.parseInt(escaped, i + 1, i + 3, 16));
        i += 2;
      } else {
        raw.write(c);
      }
    }
    return raw.toByteArray();
  }

  private static ByteSource open(Path path) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(path);
    if (channel instanceof FileChannel file && Files.isRegularFile(path)) {
      return ByteSource.at(file, 0, true);
    }
    return ByteSource.of(channel, true);
  }

  private static NativeRegion copy(ByteBuffer heap) {
    ByteBuffer bytes = heap.duplicate();
    NativeMemory memory = NativeMemory.allocateBody(bytes.remaining());
    try {
      memory.buffer(0, bytes.remaining()).put(bytes);
      return new NativeRegion(memory);
    } catch (Throwable t) {
      memory.close();
      throw t;
    }
  }

  private static NativeRegion wrap(long address, long sizeBytes) {
    if (sizeBytes < 0 || (address == 0 && sizeBytes > 0)) {
      throw new IllegalArgumentException(sizeBytes + " bytes at address " + address);
    }
    return new NativeRegion(NativeMemory.wrap(address, sizeBytes, () -> {}));
  }
}
