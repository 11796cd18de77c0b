package io.nanoarrow;

import io.nanoarrow.spi.EncodedMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * One encapsulated message (format/Columnar.rst), metadata and body apart, in parts that were not
 * copied where they lay in memory. The buffers are read-only and little-endian, have positions of
 * their own at each call, and must not be read after {@link #close}.
 */
public final class EncodedBatch implements AutoCloseable {
  private final long metadataSizeBytes;
  private final long bodySizeBytes;
  private final List<ByteBuffer> metadata = new ArrayList<>();
  private final List<ByteBuffer> body = new ArrayList<>();
  private final Handle handle;
  private final Runnable release;

  EncodedBatch(EncodedMessage message, Runnable takeRelease) {
    metadataSizeBytes = message.metadataSizeBytes();
    bodySizeBytes = message.bodySizeBytes();
    long left = metadataSizeBytes;
    for (ByteBuffer part : message.buffers()) {
      int head = (int) Math.min(left, part.remaining());
      add(metadata, part, part.position(), head);
      add(body, part, part.position() + head, part.remaining() - head);
      left -= head;
    }
    release = takeRelease;
    handle = new Handle("EncodedBatch", takeRelease::run);
  }

  private static void add(List<ByteBuffer> parts, ByteBuffer part, int start, int size) {
    if (size > 0) {
      parts.add(part.slice(start, size));
    }
  }

  /** Returns the size of prefix, metadata and padding. */
  public long metadataSizeBytes() {
    return metadataSizeBytes;
  }

  /** Returns the size of the body with its padding. */
  public long bodySizeBytes() {
    return bodySizeBytes;
  }

  /** Returns the size of the whole message. */
  public long sizeBytes() {
    return metadataSizeBytes + bodySizeBytes;
  }

  /**
   * Returns prefix, metadata and padding.
   *
   * @throws IllegalStateException when the message is closed
   */
  public List<ByteBuffer> metadata() {
    return views(metadata);
  }

  /**
   * Returns the body.
   *
   * @throws IllegalStateException when the message is closed
   */
  public List<ByteBuffer> body() {
    return views(body);
  }

  /**
   * Returns the whole message.
   *
   * @throws IllegalStateException when the message is closed
   */
  public List<ByteBuffer> buffers() {
    List<ByteBuffer> all = new ArrayList<>(metadata());
    all.addAll(body());
    return all;
  }

  private List<ByteBuffer> views(List<ByteBuffer> parts) {
    handle.ensureOpen();
    List<ByteBuffer> views = new ArrayList<>(parts.size());
    for (ByteBuffer part : parts) {
      views.add(part.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }
    return views;
  }

  /** Lets go of the rows and of the encoder's memory; closing twice is harmless. */
  @Override
  public void close() {
    if (handle.close()) {
      release.run();
    }
  }
}
