package io.nanoarrow.pure.source;

import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.memory.BlockRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is read piece by piece; each body, or what is wanted of it, is a block of its own.
 * Takes exactly what it is asked for. Buffers grow with what arrives: the first step is bounded,
 * each further one doubles.
 */
final class BlockingSource implements ByteSource {
  /** What is allocated on the input's word. */
  private static final int FIRST_STEP = 4 << 20;

  /** The largest array that every JVM gives. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private static final int SMALL_METADATA = 4096;

  private final Reads reads;
  private final byte[] wordBytes = new byte[4];
  private long position;
  private int word;
  private ByteBuffer metadata = wrap(new byte[SMALL_METADATA]);

  BlockingSource(Reads takeReads) {
    reads = takeReads;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public int takeWord() throws IOException {
    int there = fill(wordBytes, 0, 4);
    word =
        (wordBytes[0] & 0xFF)
            | (wordBytes[1] & 0xFF) << 8
            | (wordBytes[2] & 0xFF) << 16
            | wordBytes[3] << 24;
    return there;
  }

  @Override
  public int word() {
    return word;
  }

  @Override
  public int takeMetadata(int size) throws IOException {
    if (size <= metadata.capacity()) {
      return fill(metadata.array(), 0, size);
    }
    long before = position;
    metadata = wrap(takeGrowing(size));
    return (int) (position - before);
  }

  @Override
  public ByteBuffer metadata() {
    return metadata;
  }

  @Override
  public int metadataStart() {
    return 0;
  }

  @Override
  public Body takeBody(long size, @Nullable Ranges wanted) throws IOException {
    long total = wanted == null ? size : wanted.totalBytes();
    if (total > MAX_ARRAY) {
      throw Faults.unsupported(
          "a body of " + total + " bytes in a stream that is not a mapped file", position, null);
    }
    long start = position;
    byte[] bytes = wanted == null ? takeGrowing((int) size) : takeParts((int) total, wanted);
    if (wanted != null && position == start + end(wanted)) {
      position += reads.skip(size - end(wanted));
    }
    if (position - start < size) {
      throw Faults.truncated("the input ends in a body of " + size + " bytes", position);
    }
    return new Body(new BlockRegion(bytes, (int) total), 0, size, start, wanted);
  }

  private static long end(Ranges wanted) {
    int last = wanted.count() - 1;
    return last < 0 ? 0 : wanted.start(last) + wanted.sizeBytes(last);
  }

  /** Reads {@code size} bytes or to the end into an array of at least what was read. */
  private byte[] takeGrowing(int size) throws IOException {
    return append(new byte[Math.min(size, FIRST_STEP)], 0, size, size);
  }

  /** Reads the parts that are wanted, or as much of them as there is, and drops what is between. */
  private byte[] takeParts(int total, Ranges wanted) throws IOException {
    byte[] bytes = new byte[Math.min(total, FIRST_STEP)];
    long start = position;
    int filled = 0;
    for (int i = 0; i < wanted.count(); i++) {
      long gap = start + wanted.start(i) - position;
      long skipped = reads.skip(gap);
      position += skipped;
      if (skipped < gap) {
        break;
      }
      int part = (int) wanted.sizeBytes(i);
      long before = position;
      bytes = append(bytes, filled, part, total);
      if (position - before < part) {
        break;
      }
      filled += part;
    }
    return bytes;
  }

  /**
   * Reads {@code size} bytes or to the end behind the first {@code filled} ones.
   *
   * @param total what the array will hold at most
   * @return the array, or a longer one
   */
  private byte[] append(byte[] bytes, int filled, int size, int total) throws IOException {
    int end = filled + size;
    int at = filled;
    while (at < end) {
      if (at == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(total, 2L * at));
      }
      int wanted = Math.min(end, bytes.length) - at;
      int read = fill(bytes, at, wanted);
      at += read;
      if (read < wanted) {
        break;
      }
    }
    return bytes;
  }

  private int fill(byte[] into, int offset, int size) throws IOException {
    int done = 0;
    while (done < size) {
      int read = reads.read(into, offset + done, size - done);
      if (read < 0) {
        break;
      }
      done += read;
    }
    position += done;
    return done;
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void wake() throws IOException {
    reads.close();
  }

  @Override
  public void close() throws IOException {
    reads.close();
  }
}
