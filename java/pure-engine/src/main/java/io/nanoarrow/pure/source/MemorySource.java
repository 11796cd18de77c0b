package io.nanoarrow.pure.source;

import io.nanoarrow.pure.fault.Faults;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A stream that lies in memory; bodies are not copied. */
final class MemorySource implements ByteSource {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final MemoryBytes bytes;
  private long position;
  private int word;
  private ByteBuffer metadata = NONE;
  private int metadataStart;

  MemorySource(MemoryBytes takeBytes) {
    bytes = takeBytes;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public int takeWord() {
    long left = bytes.sizeBytes() - position;
    if (left < 4) {
      position += left;
      return (int) left;
    }
    word = bytes.window(position).getInt(bytes.indexInWindow(position));
    position += 4;
    return 4;
  }

  @Override
  public int word() {
    return word;
  }

  @Override
  public int takeMetadata(int size) {
    int there = (int) Math.min(size, bytes.sizeBytes() - position);
    if (there > MemoryBytes.MAX_VIEW) {
      throw Faults.limit("metadata of " + size + " bytes in a mapped file", position);
    }
    if (there > 0) {
      metadata = bytes.window(position);
      metadataStart = bytes.indexInWindow(position);
    }
    position += there;
    return there;
  }

  @Override
  public ByteBuffer metadata() {
    return metadata;
  }

  @Override
  public int metadataStart() {
    return metadataStart;
  }

  @Override
  public Body takeBody(long size, @Nullable Ranges wanted) {
    if (size > bytes.sizeBytes() - position) {
      throw Faults.truncated("the input ends in a body of " + size + " bytes", bytes.sizeBytes());
    }
    Body body = bytes.body(position, size);
    position += size;
    return body;
  }

  @Override
  public void close() {
    bytes.close();
  }
}
