package io.nanoarrow.c;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A Java sink of bytes as an {@link IpcOutputStream}, see {@link IpcStreams}. Used by one thread at
 * a time. Closing it releases the C struct unless a writer has taken it; a writer that has taken it
 * goes on, and releases it when it is reset.
 */
public final class JavaOutput implements AutoCloseable {
  private static final StreamRegistry<State> REGISTRY = new StreamRegistry<>();
  // C holds callbacks weakly and there are few slots: one of each for all streams, for ever.
  private static final WriteCallback WRITE = new WriteCallback();
  private static final ReleaseCallback RELEASE = new ReleaseCallback();
  private static final int CHUNK_BYTES = 1 << 24;

  private final State state;
  private final IpcOutputStream stream;

  JavaOutput(WritableByteChannel channel) {
    state = new State(Objects.requireNonNull(channel, "channel"));
    stream = new IpcOutputStream();
    stream.private_data(StreamRegistry.asPointer(REGISTRY.add(state)));
    stream.write(WRITE);
    stream.release(RELEASE);
  }

  /** For {@code ArrowIpcWriterInit}, which takes what it owns on success. */
  public IpcOutputStream stream() {
    return stream;
  }

  /** What the Java side threw first, or null. */
  public Throwable failure() {
    return state.failure;
  }

  /**
   * Does nothing for 0.
   *
   * @param code what a function of nanoarrow returned that may have written to this output
   * @param error what the function was given, may be null
   * @throws IpcException for any other value; its cause is what the Java side threw, if it did
   */
  public void check(int code, ArrowError error) throws IpcException {
    IpcException.check(code, error, state.failure);
  }

  @Override
  public void close() {
    stream.close();
  }

  /** Outputs whose C struct is not released. */
  static int liveCount() {
    return REGISTRY.size();
  }

  /**
   * What the registry holds: it does not reach the struct, so a forgotten one is still released.
   */
  private static final class State {
    private final WritableByteChannel channel;
    private volatile Throwable failure;

    State(WritableByteChannel channel) {
      this.channel = channel;
    }

    void writeAll(Pointer source, long sizeBytes) throws IOException {
      if (sizeBytes < 0 || (sizeBytes > 0 && (source == null || source.isNull()))) {
        throw new IOException("A write of " + sizeBytes + " bytes was asked for without memory");
      }
      if (sizeBytes == 0) {
        return;
      }
      BytePointer bytes = new BytePointer(source).capacity(sizeBytes);
      for (long offset = 0; offset < sizeBytes; ) {
        long count = Math.min(CHUNK_BYTES, sizeBytes - offset);
        ByteBuffer view =
            bytes.limit(offset + count).position(offset).asByteBuffer().asReadOnlyBuffer();
        while (view.hasRemaining()) {
          channel.write(view);
        }
        offset += count;
      }
    }
  }

  private static final class WriteCallback extends IpcOutputStream.Write {
    @Override
    public int call(
        IpcOutputStream stream,
        Pointer buffer,
        long sizeBytes,
        LongPointer outSizeBytes,
        ArrowError error) {
      State output = null;
      try {
        output = REGISTRY.get(stream.private_data());
        if (output == null) {
          return Callbacks.report(new IOException("The stream is released"), error);
        }
        outSizeBytes.put(0);
        output.writeAll(buffer, sizeBytes);
        outSizeBytes.put(sizeBytes);
        return 0;
      } catch (Throwable thrown) {
        if (output != null && output.failure == null) {
          output.failure = thrown;
        }
        return Callbacks.report(thrown, error);
      }
    }
  }

  private static final class ReleaseCallback extends IpcOutputStream.Release {
    @Override
    public void call(IpcOutputStream stream) {
      try {
        REGISTRY.remove(stream.private_data());
        stream.release((IpcOutputStream.Release) null);
      } catch (Throwable ignored) {
        // Nothing may leave a callback.
      }
    }
  }
}
