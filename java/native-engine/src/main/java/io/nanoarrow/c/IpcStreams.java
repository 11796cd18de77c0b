package io.nanoarrow.c;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Joins Java streams and channels to nanoarrow's: the results are given to {@code
 * ArrowIpcArrayStreamReaderInit} and {@code ArrowIpcWriterInit}, which then own the C side.
 *
 * <p>A short read of the Java side is continued until the request is filled or the input ends,
 * since nanoarrow asks only once. What the Java side throws, even an Error, is kept, reported to C
 * as {@code EIO} and thrown as the cause by {@link JavaInput#check} or {@link JavaOutput#check}.
 */
public final class IpcStreams {
  /** A request for more bytes than this at once is refused: a damaged length. */
  public static final long DEFAULT_MAX_REQUEST_BYTES = 1L << 38;

  private IpcStreams() {}

  /** Reads from {@code in}, which stays open. */
  public static JavaInput input(InputStream in) {
    return input(in, DEFAULT_MAX_REQUEST_BYTES);
  }

  /**
   * Reads from {@code in}, which stays open; a request for more than the limit never reaches it.
   */
  public static JavaInput input(InputStream in, long maxRequestBytes) {
    return new JavaInput(new StreamSource(in), maxRequestBytes);
  }

  /** Reads from a channel in blocking mode, which stays open. */
  public static JavaInput input(ReadableByteChannel channel) {
    return input(channel, DEFAULT_MAX_REQUEST_BYTES);
  }

  /**
   * Reads from a channel in blocking mode, which stays open; requests above the limit are refused.
   */
  public static JavaInput input(ReadableByteChannel channel, long maxRequestBytes) {
    requireBlocking(channel);
    return new JavaInput(new ChannelSource(channel), maxRequestBytes);
  }

  /** Writes to {@code out}, which is neither flushed nor closed. */
  public static JavaOutput output(OutputStream out) {
    return new JavaOutput(Channels.newChannel(out));
  }

  /** Writes to a channel in blocking mode, which stays open. */
  public static JavaOutput output(WritableByteChannel channel) {
    requireBlocking(channel);
    return new JavaOutput(channel);
  }

  private static void requireBlocking(Object channel) {
    if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
      throw new IllegalBlockingModeException();
    }
  }
}
