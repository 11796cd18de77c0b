package io.nanoarrow.engine;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;

/** Copies to and from native memory of any size. */
final class Copies {
  private static final int CHUNK_BYTES = 1 << 30;

  private Copies() {}

  /** Returns a buffer over at most 1 GiB of a region from {@code start} on. */
  static ByteBuffer part(NativeRegion region, long start, long size) {
    int count = (int) Math.min(size, CHUNK_BYTES);
    return region.sizeBytes() <= Integer.MAX_VALUE
        ? region.memory().root().slice((int) start, count)
        : region.memory().buffer(start, count);
  }

  /** Copies {@code size} bytes between regions that do not overlap. */
  static void copy(NativeRegion from, long fromStart, NativeRegion to, long toStart, long size) {
    for (long done = 0; done < size; ) {
      ByteBuffer source = part(from, fromStart + done, size - done);
      int count = source.remaining();
      part(to, toStart + done, count).put(source);
      done += count;
    }
  }

  /** Copies a buffer into a region. */
  static void copy(ArrowBuffer from, NativeRegion to, long toStart) {
    for (long done = 0; done < from.sizeBytes(); ) {
      ByteBuffer target = part(to, toStart + done, from.sizeBytes() - done);
      int count = target.remaining();
      target.put(from.transientView(done, count));
      done += count;
    }
  }
}
