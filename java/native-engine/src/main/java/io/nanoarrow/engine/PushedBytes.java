package io.nanoarrow.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream that are pushed: copied into blocks, or, where a direct chunk never
 * changes, left in it until the rest of it is less than a message. For one thread at a time.
 */
final class PushedBytes implements StreamBytes {
  private final Chunk source = new Chunk();
  private final Feeder feeder;

  /** A chunk that is shared, as memory and as a buffer. */
  private @Nullable NativeRegion shared;

  private @Nullable ByteBuffer sharedBytes;
  private long sharedOffset;

  /** What the decoder waits for from the offset on. */
  private long needed = 1;

  private boolean isEnded;

  PushedBytes() {
    try {
      feeder = new Feeder(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies what there is room for; nothing while a shared chunk is not decoded. */
  void feed(ByteBuffer chunk) {
    feed(chunk, true);
  }

  /** Keeps a direct chunk, unless it has to complete a message that began before it. */
  void feedShared(ByteBuffer chunk) {
    dropDecoded();
    if (!chunk.isDirect()) {
      feed(chunk, true);
    } else if (feeder.available() > 0 || chunk.remaining() < needed) {
      feed(chunk, false);
    } else if (shared == null) {
      sharedBytes = chunk.slice();
      shared = BufferRegion.of(sharedBytes);
      sharedOffset = 0;
      chunk.position(chunk.limit());
    }
  }

  private void feed(ByteBuffer chunk, boolean mayReadAhead) {
    dropDecoded();
    if (shared == null) {
      copy(chunk, mayReadAhead);
    }
  }

  private void dropDecoded() {
    if (shared != null && available() == 0) {
      shared.release();
      shared = null;
      sharedBytes = null;
    }
  }

  private void copy(ByteBuffer from, boolean mayReadAhead) {
    source.bytes = from;
    source.mayReadAhead = mayReadAhead;
    try {
      feeder.fill(needed);
      if (mayReadAhead) {
        feeder.readAhead();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      source.bytes = null;
    }
  }

  void end() {
    isEnded = true;
  }

  /** Tells whether decoding would only ask for bytes that have not come. */
  boolean isWaiting() {
    return available() < needed && !isEnded;
  }

  @Override
  public NativeRegion region() {
    return shared != null ? shared : feeder.region();
  }

  @Override
  public long offset() {
    return shared != null ? sharedOffset : feeder.offset();
  }

  @Override
  public long available() {
    return shared != null ? shared.sizeBytes() - sharedOffset : feeder.available();
  }

  @Override
  public boolean isAtEnd() {
    return isEnded;
  }

  @Override
  public void advanceTo(long newOffset) {
    if (shared != null) {
      sharedOffset = newOffset;
    } else {
      feeder.advanceTo(newOffset);
    }
    needed = 1;
  }

  @Override
  public boolean fill(long neededBytes) {
    needed = neededBytes;
    if (shared != null) {
      ByteBuffer rest = sharedBytes.position((int) sharedOffset);
      NativeRegion done = shared;
      shared = null;
      sharedBytes = null;
      try {
        copy(rest, false);
      } finally {
        done.release();
      }
    }
    return !isWaiting();
  }

  @Override
  public void close() throws IOException {
    if (shared != null) {
      shared.release();
    }
    feeder.close();
  }

  /** The chunk that is being fed. */
  private static final class Chunk implements ByteSource {
    @Nullable ByteBuffer bytes;
    boolean mayReadAhead;

    @Override
    public int read(ByteBuffer target) {
      ByteBuffer from = bytes;
      if (from == null) {
        return 0;
      }
      int count = Math.min(from.remaining(), target.remaining());
      target.put(target.position(), from, from.position(), count);
      from.position(from.position() + count);
      return count;
    }

    @Override
    public boolean mayReadAhead() {
      return mayReadAhead;
    }

    @Override
    public void close() {}
  }
}
