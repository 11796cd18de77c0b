package io.nanoarrow.engine;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** Bytes one after the other. */
interface ByteSource extends AutoCloseable {
  /** The most that {@link #skip} reads at once. */
  int DROPPED_AT_ONCE = 64 << 10;

  /**
   * Reads at least one byte into what remains of {@code target}, which is not empty; -1 at the end,
   * 0 only where nothing has come yet and waiting is not for the source.
   */
  int read(ByteBuffer target) throws IOException;

  /**
   * Passes over {@code size} bytes, reading and dropping them where nothing else is possible.
   *
   * @return how many, fewer only at the end
   */
  default long skip(long size) throws IOException {
    ByteBuffer dropped = ByteBuffer.allocate((int) Math.min(size, DROPPED_AT_ONCE));
    long done = 0;
    while (done < size) {
      int count = read(dropped.clear().limit((int) Math.min(size - done, dropped.capacity())));
      if (count < 0) {
        break;
      }
      done += count;
    }
    return done;
  }

  /**
   * Tells whether bytes may be read that the stream does not announce. Not from what the user gave
   * and may go on to read: then not a byte after the end of the stream is taken.
   */
  boolean mayReadAhead();

  @Override
  void close() throws IOException;

  /** Bytes of a blocking stream; closed with the source if asked for. */
  static ByteSource of(InputStream stream, boolean closes) {
    if (stream.getClass() == FileInputStream.class) {
      // Its channel shares the position and reads into direct memory.
      return new OfChannel(((FileInputStream) stream).getChannel(), closes, stream);
    }
    return new OfStream(stream, closes);
  }

  /** Bytes of a blocking channel. */
  static ByteSource of(ReadableByteChannel channel, boolean closes) {
    return new OfChannel(channel, closes, channel);
  }

  /** Bytes of a file from {@code position} on; the channel's own position is left alone. */
  static ByteSource at(FileChannel channel, long position, boolean closes) {
    return new OfFile(channel, position, closes);
  }

  /** Reads through an array: most streams copy from one anyway. */
  final class OfStream implements ByteSource {
    private static final int CHUNK_BYTES = 64 << 10;

    private final InputStream stream;
    private final boolean closes;
    private byte[] chunk = new byte[512];

    private OfStream(InputStream stream, boolean closes) {
      this.stream = stream;
      this.closes = closes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      int wanted = Math.min(target.remaining(), CHUNK_BYTES);
      if (wanted > chunk.length) {
        chunk = new byte[wanted <= 8192 ? 8192 : CHUNK_BYTES];
      }
      int count = stream.read(chunk, 0, wanted);
      if (count > wanted || count == 0) {
        throw new IOException("InputStream.read gave " + count + " for " + wanted + " bytes");
      }
      if (count > 0) {
        target.put(chunk, 0, count);
      }
      return count;
    }

    @Override
    public boolean mayReadAhead() {
      return false;
    }

    @Override
    public void close() throws IOException {
      if (closes) {
        stream.close();
      }
    }
  }

  /** Reads into the target at once. */
  final class OfChannel implements ByteSource {
    private final ReadableByteChannel channel;
    private final boolean closes;
    private final Closeable owner;

    private OfChannel(ReadableByteChannel channel, boolean closes, Closeable owner) {
      this.channel = channel;
      this.closes = closes;
      this.owner = owner;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      int count = channel.read(target);
      if (count == 0) {
        throw new IOException("the channel gave no bytes: it must be blocking");
      }
      return count;
    }

    @Override
    public boolean mayReadAhead() {
      return false;
    }

    @Override
    public void close() throws IOException {
      if (closes) {
        owner.close();
      }
    }
  }

  /** Reads by position. */
  final class OfFile implements ByteSource {
    private final FileChannel channel;
    private final boolean closes;
    private long position;

    private OfFile(FileChannel channel, long position, boolean closes) {
      this.channel = channel;
      this.position = position;
      this.closes = closes;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      int count = channel.read(target, position);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public long skip(long size) throws IOException {
      long skipped = Math.max(0, Math.min(size, channel.size() - position));
      position += skipped;
      return skipped;
    }

    @Override
    public boolean mayReadAhead() {
      return true;
    }

    @Override
    public void close() throws IOException {
      if (closes) {
        channel.close();
      }
    }
  }
}
