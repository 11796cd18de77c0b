package io.nanoarrow.interop;

import io.nanoarrow.crosscheck.ContentChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a source as the channel that arrow-java reads from. */
final class ContentBytes implements SeekableByteChannel {
  private static final int PIECE_BYTES = 1 << 20;

  private final ContentChannel content;
  private long position;

  ContentBytes(ContentChannel borrowContent) {
    content = borrowContent;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    long left = content.sizeBytes() - position;
    if (left <= 0) {
      return -1;
    }
    int count = (int) Math.min(Math.min(left, PIECE_BYTES), target.remaining());
    target.put(content.read(position, count));
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    throw new IOException("not written to");
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return content.sizeBytes();
  }

  @Override
  public SeekableByteChannel truncate(long size) throws IOException {
    throw new IOException("not written to");
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** The content belongs to whoever opened it. */
  @Override
  public void close() {}
}
