package io.nanoarrow.crosscheck;

import io.nanoarrow.memory.ArrowBuffer;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Compares the bytes or bits of two buffers over stretches of rows. */
final class BufferComparison {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int SHOWN_BYTES = 32;

  private BufferComparison() {}

  /**
   * Compares values of {@code width} bytes; {@code base} is the value that row 0 of each has.
   *
   * @param part the buffer's name
   */
  static void fixedWidth(
      DifferenceSink.Pair sink,
      String column,
      String part,
      int width,
      ArrowBuffer a,
      long baseA,
      ArrowBuffer b,
      long baseB,
      Stretches rows) {
    if (width == 0) {
      return;
    }
    rows.forEach(
        (rowA, rowB, count) -> {
          long done = 0;
          while (done < count) {
            long startA = (baseA + rowA + done) * width;
            long startB = (baseB + rowB + done) * width;
            long at = mismatch(a, startA, b, startB, (count - done) * width);
            if (at < 0) {
              return;
            }
            long value = at / width;
            long row = rowA + done + value;
            sink.add(
                column,
                part,
                row,
                row * width + at % width,
                a,
                startA + at,
                hex(a, startA + value * width, width),
                hex(b, startB + value * width, width));
            done += value + 1;
          }
        });
  }

  /** Compares bits; {@code base} is the bit that row 0 of each has; null stands for all ones. */
  static void bits(
      DifferenceSink.Pair sink,
      String column,
      String part,
      ArrowBuffer a,
      long baseA,
      ArrowBuffer b,
      long baseB,
      Stretches rows) {
    rows.forEach(
        (rowA, rowB, count) -> {
          for (long done = 0; done < count; done += 64) {
            int some = (int) Math.min(64, count - done);
            long bitsA = Bits.get(a, baseA + rowA + done, some);
            long bitsB = Bits.get(b, baseB + rowB + done, some);
            for (long rest = bitsA ^ bitsB; rest != 0; rest &= rest - 1) {
              int bit = Long.numberOfTrailingZeros(rest);
              long row = rowA + done + bit;
              ArrowBuffer where = a == null ? ArrowBuffer.EMPTY : a;
              long at = baseA + row >> 3;
              sink.add(
                  column, part, row, row >> 3, where, at, bitsA >>> bit & 1, bitsB >>> bit & 1);
            }
          }
        });
  }

  /** Returns the first of {@code count} bytes that differs, -1 when none does. */
  static long mismatch(ArrowBuffer a, long startA, ArrowBuffer b, long startB, long count) {
    for (long done = 0; done < count; done += CHUNK_BYTES) {
      int some = (int) Math.min(CHUNK_BYTES, count - done);
      ByteBuffer viewA = a.transientView(startA + done, some);
      int at = viewA.mismatch(b.transientView(startB + done, some));
      if (at >= 0) {
        return done + at;
      }
    }
    return -1;
  }

  /** Returns bytes in hexadecimal, cut after 32. */
  static String hex(ArrowBuffer buffer, long start, long count) {
    byte[] bytes = new byte[(int) Math.min(SHOWN_BYTES, count)];
    buffer.copyTo(start, bytes, 0, bytes.length);
    return "0x" + HexFormat.of().formatHex(bytes) + (count > SHOWN_BYTES ? "…" : "");
  }
}
