package io.nanoarrow.pure.encode;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bytes of a body by their offset. Immutable; any thread. */
final class StoredBytes {
  private final ByteBuffer[] parts;
  private final long[] starts;

  StoredBytes(List<ByteBuffer> parts) {
    this.parts = parts.toArray(new ByteBuffer[0]);
    this.starts = new long[this.parts.length];
    long start = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = start;
      start += this.parts[i].remaining();
    }
  }

  private int partOf(long offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 2;
  }

  /** Returns the part that holds all of a range in an accessible array, or null. */
  @org.jspecify.annotations.Nullable
  ByteBuffer inArray(long offset, int size) {
    int part = partOf(offset);
    int from = (int) (offset - starts[part]);
    ByteBuffer bytes = parts[part];
    boolean isWhole = size <= bytes.remaining() - from;
    return isWhole && bytes.hasArray() ? bytes.slice(bytes.position() + from, size) : null;
  }

  /** Copies a range. */
  void copy(long offset, byte[] to, int size) {
    int part = partOf(offset);
    int from = (int) (offset - starts[part]);
    for (int done = 0; done < size; part++) {
      int n = Math.min(size - done, parts[part].remaining() - from);
      parts[part].get(parts[part].position() + from, to, done, n);
      done += n;
      from = 0;
    }
  }

  /** Returns a range in parts that are not copied. */
  List<ByteBuffer> range(long offset, long size) {
    List<ByteBuffer> range = new ArrayList<>();
    int part = size == 0 ? 0 : partOf(offset);
    int from = size == 0 ? 0 : (int) (offset - starts[part]);
    for (long done = 0; done < size; part++) {
      int n = (int) Math.min(size - done, parts[part].remaining() - from);
      range.add(parts[part].slice(parts[part].position() + from, n));
      done += n;
      from = 0;
    }
    return range;
  }
}
