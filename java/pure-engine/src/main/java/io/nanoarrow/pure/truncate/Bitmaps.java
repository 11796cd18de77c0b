package io.nanoarrow.pure.truncate;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;

/** Parts of bitmaps. Ranges are inside their bitmap by the caller's check. */
final class Bitmaps {
  private Bitmaps() {}

  static long sizeBytes(long bits) {
    return (bits >>> 3) + ((bits & 7) == 0 ? 0 : 1);
  }

  /** Returns how many of {@code [from, from + count)} are not set. */
  static long countUnset(ArrowBuffer bits, long from, long count) {
    long end = from + count;
    long set = 0;
    long at = from;
    for (; at < end && (at & 63) != 0; at++) {
      set += bits.getBit(at) ? 1 : 0;
    }
    for (; at <= end - 64; at += 64) {
      set += Long.bitCount(bits.getLong(at >>> 3));
    }
    for (; at < end; at++) {
      set += bits.getBit(at) ? 1 : 0;
    }
    return count - set;
  }

  /** Writes {@code [from, from + count)} as a buffer; bits behind the last one are zero. */
  static void write(BodySink out, ArrowBuffer bits, long from, long count) {
    out.begin();
    int rest = (int) (count & 7);
    if ((from & 7) != 0) {
      shift(out, bits, from, count);
    } else if (rest == 0 || bits.getByte(from + count >>> 3) >>> rest << rest == 0) {
      out.bytes(bits, from >>> 3, sizeBytes(count));
    } else {
      out.bytes(bits, from >>> 3, count >>> 3);
      ByteBuffer last = out.room(1);
      last.put((byte) (bits.getByte(from + count >>> 3) & (1 << rest) - 1));
    }
    out.end();
  }

  private static void shift(BodySink out, ArrowBuffer bits, long from, long count) {
    int shift = (int) (from & 7);
    long size = sizeBytes(count);
    long source = from >>> 3;
    for (long done = 0; done < size; ) {
      int n = (int) Math.min(BodySink.MAX_ROOM, size - done);
      ByteBuffer room = out.room(n);
      int at = room.position();
      long words = Math.min(n, bits.sizeBytes() - source - 1);
      int i = 0;
      for (; i <= words - 8; i += 8) {
        long low = bits.getLong(source + i) >>> shift;
        room.putLong(at + i, low | (long) bits.getByte(source + i + 8) << 64 - shift);
      }
      for (; i < n; i++) {
        boolean isLast = source + i + 1 >= bits.sizeBytes();
        int high = isLast ? 0 : bits.getByte(source + i + 1) << 8;
        room.put(at + i, (byte) ((bits.getByte(source + i) & 0xFF | high) >>> shift));
      }
      done += n;
      source += n;
      if (done == size && (count & 7) != 0) {
        int mask = (1 << (count & 7)) - 1;
        room.put(at + n - 1, (byte) (room.get(at + n - 1) & mask));
      }
    }
  }
}
