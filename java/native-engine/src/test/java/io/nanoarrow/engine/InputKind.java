package io.nanoarrow.engine;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.StreamReader;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.spi.Input;
import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Every way to give bytes to the engine. */
enum InputKind {
  MAPPED_PATH,
  READ_PATH,
  DIRECT_BUFFER,
  READ_ONLY_SLICE,
  HEAP_BUFFER,
  ADDRESS,
  STREAM,
  DRIPPING_STREAM,
  FILE_STREAM,
  CHANNEL,
  FILE_CHANNEL;

  static final ReadOptions OPTIONS = ReadOptions.builder().engine("native").build();

  /** Opens a stream reader; {@code folder} takes a file where the kind needs one. */
  StreamReader open(byte[] bytes, Path folder) throws IOException {
    return open(bytes, folder, OPTIONS);
  }

  StreamReader open(byte[] bytes, Path folder, ReadOptions options) throws IOException {
    return ArrowIpc.openStream(
        input(bytes, folder), options.toBuilder().memoryMap(this != READ_PATH).build());
  }

  private Input input(byte[] bytes, Path folder) throws IOException {
    return switch (this) {
      case MAPPED_PATH, READ_PATH -> new Input.PathInput(file(bytes, folder));
      case DIRECT_BUFFER -> new Input.BufferInput(direct(bytes));
      case READ_ONLY_SLICE -> {
        ByteBuffer padded = ByteBuffer.allocateDirect(bytes.length + 24);
        padded.position(16).put(bytes).flip().position(16);
        yield new Input.BufferInput(padded.asReadOnlyBuffer());
      }
      case HEAP_BUFFER -> new Input.BufferInput(ByteBuffer.wrap(bytes));
      case ADDRESS -> {
        ByteBuffer direct = direct(bytes);
        KEPT.set(direct);
        yield new Input.AddressInput(AddressPointer.addressOf(direct), bytes.length);
      }
      case STREAM -> new Input.StreamInput(new ByteArrayInputStream(bytes), true);
      case DRIPPING_STREAM -> new Input.StreamInput(new Dripping(bytes), true);
      case FILE_STREAM ->
          new Input.StreamInput(new FileInputStream(file(bytes, folder).toFile()), true);
      case CHANNEL ->
          new Input.ChannelInput(Channels.newChannel(new ByteArrayInputStream(bytes)), true);
      case FILE_CHANNEL -> new Input.FileChannelInput(FileChannel.open(file(bytes, folder)), true);
    };
  }

  /** What an address is of must stay alive until the next use of this kind. */
  private static final ThreadLocal<ByteBuffer> KEPT = new ThreadLocal<>();

  static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  static Path file(byte[] bytes, Path folder) throws IOException {
    return Files.write(Files.createTempFile(folder, "stream", ".arrows"), bytes);
  }

  /** Gives at most seven bytes at a time. */
  private static final class Dripping extends FilterInputStream {
    Dripping(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return super.read(target, offset, Math.min(7, length));
    }
  }
}
