package io.nanoarrow.c;

import java.io.IOException;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;

/**
 * A Java source of bytes as an {@link IpcInputStream}, see {@link IpcStreams}. Used by one thread
 * at a time. Closing it releases the C struct unless a reader has taken it; a reader that has taken
 * it goes on, and releases it when it is released itself.
 */
public final class JavaInput implements AutoCloseable {
  private static final StreamRegistry<State> REGISTRY = new StreamRegistry<>();
  // C holds callbacks weakly and there are few slots: one of each for all streams, for ever.
  private static final ReadCallback READ = new ReadCallback();
  private static final ReleaseCallback RELEASE = new ReleaseCallback();

  private final State state;
  private final IpcInputStream stream;

  JavaInput(ByteSource source, long maxRequestBytes) {
    if (maxRequestBytes < 0) {
      throw new IllegalArgumentException("maxRequestBytes " + maxRequestBytes);
    }
    state = new State(source, maxRequestBytes);
    stream = new IpcInputStream();
    stream.private_data(StreamRegistry.asPointer(REGISTRY.add(state)));
    stream.read(READ);
    stream.release(RELEASE);
  }

  /** For {@code ArrowIpcArrayStreamReaderInit}, which takes what it owns on success. */
  public IpcInputStream stream() {
    return stream;
  }

  /** What the Java side threw first, or null. */
  public Throwable failure() {
    return state.failure;
  }

  /**
   * Does nothing for 0.
   *
   * @param code what a function of nanoarrow returned that may have read from this input
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

  /** Inputs whose C struct is not released. */
  static int liveCount() {
    return REGISTRY.size();
  }

  /**
   * What the registry holds: it does not reach the struct, so a forgotten one is still released.
   */
  private static final class State {
    private final ByteSource source;
    private final long maxRequestBytes;
    private volatile Throwable failure;

    State(ByteSource source, long maxRequestBytes) {
      this.source = source;
      this.maxRequestBytes = maxRequestBytes;
    }

    long fill(BytePointer target, long sizeBytes) throws IOException {
      if (sizeBytes < 0 || sizeBytes > maxRequestBytes) {
        throw new IOException(
            "A read of " + sizeBytes + " bytes was asked for, the limit is " + maxRequestBytes);
      }
      if (sizeBytes == 0) {
        return 0;
      }
      if (target == null || target.isNull()) {
        throw new IOException("A read of " + sizeBytes + " bytes was asked for without memory");
      }
      target.capacity(sizeBytes);
      long filled = 0;
      while (filled < sizeBytes) {
        long count = source.read(target, filled, sizeBytes - filled);
        if (count < 0) {
          break;
        }
        filled += count;
      }
      return filled;
    }

    int fail(Throwable thrown, ArrowError error) {
      if (failure == null) {
        failure = thrown;
      }
      return Callbacks.report(thrown, error);
    }
  }

  private static final class ReadCallback extends IpcInputStream.Read {
    @Override
    public int call(
        IpcInputStream stream,
        BytePointer buffer,
        long sizeBytes,
        LongPointer outSizeBytes,
        ArrowError error) {
      State input = null;
      try {
        input = REGISTRY.get(stream.private_data());
        if (input == null) {
          return Callbacks.report(new IOException("The stream is released"), error);
        }
        outSizeBytes.put(0);
        long filled = input.fill(buffer, sizeBytes);
        outSizeBytes.put(filled);
        return 0;
      } catch (Throwable thrown) {
        return input == null ? Callbacks.EIO : input.fail(thrown, error);
      }
    }
  }

  private static final class ReleaseCallback extends IpcInputStream.Release {
    @Override
    public void call(IpcInputStream stream) {
      try {
        REGISTRY.remove(stream.private_data());
        stream.release((IpcInputStream.Release) null);
      } catch (Throwable ignored) {
        // Nothing may leave a callback.
      }
    }
  }
}
