package io.nanoarrow.message;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Messages one after the other, with the prefix of today or the one from before 0.15. Of a buffer
 * nothing is copied; of a blocking input exactly the messages are read. One thread at a time. After
 * a failure every further read fails alike.
 */
public final class MessageReader implements AutoCloseable {
  private static final int CONTINUATION = -1;

  /** What is allocated on the input's word. */
  private static final int FIRST_STEP = 4 << 20;

  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private interface Source {
    /** Returns the next {@code size} bytes from index 0 on, or fewer at the end. */
    ByteBuffer take(int size) throws IOException;
  }

  private final Source source;
  private final ReadOptions options;
  private long position;
  private boolean hasEnded;
  private @Nullable ArrowFormatException failure;

  private MessageReader(Source source, ReadOptions options) {
    this.source = source;
    this.options = options;
  }

  /** Reads what remains of a buffer, whose position stays behind the message last read. */
  public static MessageReader of(ByteBuffer bytes, ReadOptions options) {
    return new MessageReader(
        size -> {
          int there = Math.min(size, bytes.remaining());
          ByteBuffer part = bytes.slice(bytes.position(), there);
          bytes.position(bytes.position() + there);
          return part;
        },
        options);
  }

  /** Reads a blocking stream, which stays open. */
  public static MessageReader of(InputStream stream, ReadOptions options) {
    return of(Channels.newChannel(stream), options);
  }

  /** Reads a blocking channel, which stays open. */
  public static MessageReader of(ReadableByteChannel channel, ReadOptions options) {
    return new MessageReader(size -> read(channel, size), options);
  }

  private static ByteBuffer read(ReadableByteChannel channel, int size) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.min(size, FIRST_STEP));
    while (true) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          return bytes.flip();
        }
      }
      if (bytes.capacity() == size) {
        return bytes.flip();
      }
      int larger = (int) Math.min(size, Math.min(MAX_ARRAY, 2L * bytes.capacity()));
      bytes = ByteBuffer.allocate(larger).put(bytes.flip());
    }
  }

  /**
   * Returns the next message, or null at the end marker or the end of the input.
   *
   * @throws ArrowFormatException when the bytes are no message, or end inside one
   */
  public @Nullable Message next() throws IOException {
    if (failure != null) {
      throw failure;
    }
    try {
      return hasEnded ? null : read();
    } catch (ArrowFormatException e) {
      failure = e;
      throw e;
    }
  }

  private @Nullable Message read() throws IOException {
    ByteBuffer word = source.take(Integer.BYTES);
    if (!word.hasRemaining()) {
      hasEnded = true;
      return null;
    }
    int size = word(word);
    if (size == CONTINUATION) {
      size = word(source.take(Integer.BYTES));
    }
    if (size == 0) {
      hasEnded = true;
      return null;
    }
    if (size < 0) {
      throw failure(ErrorKind.INVALID_DATA, "metadata of " + size + " bytes");
    }
    if (size > options.maxMetadataBytes()) {
      throw failure(ErrorKind.LIMIT_EXCEEDED, "metadata of " + size + " bytes");
    }
    ByteBuffer metadata = whole(size, "metadata");
    long bodyBytes = Message.bodySizeBytes(metadata.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    if (bodyBytes > options.maxBodyBytes()) {
      throw failure(ErrorKind.LIMIT_EXCEEDED, "a body of " + bodyBytes + " bytes");
    }
    if (bodyBytes > MAX_ARRAY) {
      throw failure(ErrorKind.UNSUPPORTED, "a body of " + bodyBytes + " bytes as one buffer");
    }
    return Message.of(metadata, whole((int) bodyBytes, "a body"));
  }

  private int word(ByteBuffer bytes) {
    position += bytes.remaining();
    if (bytes.remaining() < Integer.BYTES) {
      throw failure(ErrorKind.TRUNCATED, "the input ends in the prefix of a message");
    }
    return bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(0);
  }

  private ByteBuffer whole(int size, String what) throws IOException {
    ByteBuffer bytes = source.take(size);
    position += bytes.remaining();
    if (bytes.remaining() < size) {
      throw failure(ErrorKind.TRUNCATED, "the input ends in " + what + " of " + size + " bytes");
    }
    return bytes;
  }

  private ArrowFormatException failure(ErrorKind kind, String detail) {
    return new ArrowFormatException(kind, detail, position, null);
  }

  /** Ends reading; what was given stays open. */
  @Override
  public void close() {
    hasEnded = true;
  }
}
