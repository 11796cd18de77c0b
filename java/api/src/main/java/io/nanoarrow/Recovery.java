package io.nanoarrow;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.inspect.WireMessage;
import io.nanoarrow.inspect.WireReport;
import io.nanoarrow.inspect.WireScanner;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Looks at inputs that may not be whole. */
final class Recovery {
  private Recovery() {}

  static WireReport inspect(FileChannel channel, ReadOptions options) throws IOException {
    return WireScanner.scan(channel, message -> schemaOf(message, options), options);
  }

  private static Schema schemaOf(ByteBuffer message, ReadOptions options) throws IOException {
    try (StreamReader reader = ArrowIpc.openStream(message, options)) {
      return reader.schema();
    }
  }

  /** Opens the messages that are whole, one after the other from the first on. */
  static StreamReader openWhole(Path path, ReadOptions options) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      WireReport report = inspect(channel, options);
      requireSchema(report);
      long start = report.messages().get(0).offset();
      long end = start;
      for (WireMessage message : report.messages()) {
        if (message.isInSequence() && message.isWhole()) {
          end = message.end();
        }
      }
      ReadableByteChannel whole = new Part(channel, start, end);
      return ArrowIpc.openStream(new Input.ChannelInput(whole, true), options);
    } catch (Throwable t) {
      try {
        channel.close();
      } catch (IOException e) {
        t.addSuppressed(e);
      }
      throw t;
    }
  }

  static void requireSchema(WireReport report) {
    if (report.schema() == null || report.messages().get(0).kind() != WireMessage.Kind.SCHEMA) {
      throw new ArrowFormatException(
          ErrorKind.INVALID_DATA, "no schema at the start, without which no row can be read");
    }
  }

  /** A range of a file, read by position and closed with it. */
  private static final class Part implements ReadableByteChannel {
    private final FileChannel file;
    private final long end;
    private long position;

    Part(FileChannel takeFile, long start, long end) {
      this.file = takeFile;
      this.position = start;
      this.end = end;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (position >= end) {
        return -1;
      }
      int wanted = (int) Math.min(target.remaining(), end - position);
      int limit = target.limit();
      target.limit(target.position() + wanted);
      try {
        int count = file.read(target, position);
        position += Math.max(0, count);
        return count;
      } finally {
        target.limit(limit);
      }
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
