package io.nanoarrow.pure.dictionary;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.memory.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins buffers of the parts of an array; each part's offset and length say which rows. */
final class Joins {
  /** The largest array that every JVM gives. */
  static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private Joins() {}

  /** Returns the sum of the lengths. */
  static long length(List<ColumnData> parts) {
    long length = 0;
    for (ColumnData part : parts) {
      length += part.length();
      if (length < 0) {
        throw tooLarge();
      }
    }
    return length;
  }

  /** Returns one bitmap, or null when no part has nulls. */
  static @Nullable ArrowBuffer validity(List<ColumnData> parts, long length) {
    boolean any = parts.stream().anyMatch(part -> part.validity() != null);
    if (!any) {
      return null;
    }
    byte[] joined = allocate((length + 7) >>> 3);
    long at = 0;
    for (ColumnData part : parts) {
      appendBits(joined, at, part.validity(), part.offset(), part.length());
      at += part.length();
    }
    return ArrowBuffer.wrap(joined);
  }

  /** Returns the joined bitmaps of a boolean array. */
  static ArrowBuffer bits(List<ColumnData> parts, long length) {
    byte[] joined = allocate((length + 7) >>> 3);
    long at = 0;
    for (ColumnData part : parts) {
      appendBits(joined, at, part.buffers().get(0), part.offset(), part.length());
      at += part.length();
    }
    return ArrowBuffer.wrap(joined);
  }

  /** Sets the bits from {@code at} on, clear until now; null bits are all set. */
  static void appendBits(byte[] into, long at, @Nullable ArrowBuffer bits, long start, long count) {
    for (long i = 0; i < count; i++) {
      if (bits == null || bits.getBit(start + i)) {
        into[(int) ((at + i) >>> 3)] |= (byte) (1 << ((at + i) & 7));
      }
    }
  }

  /** Returns the joined values of a fixed width. */
  static ArrowBuffer fixed(List<ColumnData> parts, int buffer, long length, int width) {
    byte[] joined = allocate(bytes(length, width));
    int at = 0;
    for (ColumnData part : parts) {
      int size = (int) (part.length() * width);
      if (size > 0) {
        part.buffers().get(buffer).copyTo(part.offset() * width, joined, at, size);
      }
      at += size;
    }
    return ArrowBuffer.wrap(joined);
  }

  /** Returns the first and the last offset of a part, checked against what they point into. */
  static long[] span(ColumnData part, int width, long limit) {
    if (part.length() == 0) {
      return new long[] {0, 0};
    }
    ArrowBuffer offsets = part.buffers().get(0);
    long first = offset(offsets, part.offset(), width);
    long last = offset(offsets, part.offset() + part.length(), width);
    if (first < 0 || first > last || last > limit) {
      throw invalid("offsets from " + first + " to " + last + " of " + limit, part);
    }
    return new long[] {first, last};
  }

  /** Returns joined offsets, for parts whose spans lie one after the other. */
  static ArrowBuffer offsets(List<ColumnData> parts, List<long[]> spans, long length, int width) {
    ByteBuffer joined = little(allocate(bytes(length + 1, width)));
    long base = 0;
    put(joined, 0, width);
    for (int i = 0; i < parts.size(); i++) {
      ColumnData part = parts.get(i);
      long[] span = spans.get(i);
      putOffsets(joined, part, span, base, width);
      base += span[1] - span[0];
    }
    return ArrowBuffer.wrap(joined.array());
  }

  /** Appends the ends of a part's rows, which begin at {@code base}. */
  static void putOffsets(ByteBuffer into, ColumnData part, long[] span, long base, int width) {
    for (long row = 1; row <= part.length(); row++) {
      long offset = offset(part.buffers().get(0), part.offset() + row, width);
      if (offset < span[0] || offset > span[1]) {
        throw invalid("offset " + offset + " outside its array", part);
      }
      put(into, offset - span[0] + base, width);
    }
  }

  /** Returns the joined data that spans cover. */
  static ArrowBuffer data(List<ColumnData> parts, List<long[]> spans) {
    long size = 0;
    for (long[] span : spans) {
      size += span[1] - span[0];
    }
    byte[] joined = allocate(size);
    int at = 0;
    for (int i = 0; i < parts.size(); i++) {
      int count = (int) (spans.get(i)[1] - spans.get(i)[0]);
      if (count > 0) {
        parts.get(i).buffers().get(1).copyTo(spans.get(i)[0], joined, at, count);
      }
      at += count;
    }
    return ArrowBuffer.wrap(joined);
  }

  static long offset(ArrowBuffer offsets, long index, int width) {
    return width == 4 ? offsets.getInt(4 * index) : offsets.getLong(8 * index);
  }

  /** Appends an offset. */
  static void put(ByteBuffer into, long offset, int width) {
    if (width == 4) {
      if (offset > Integer.MAX_VALUE) {
        throw tooLarge();
      }
      into.putInt((int) offset);
    } else {
      into.putLong(offset);
    }
  }

  static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static long bytes(long length, int width) {
    if (width != 0 && length > MAX_ARRAY / width) {
      throw tooLarge();
    }
    return length * width;
  }

  static byte[] allocate(long size) {
    Usage.addBody(size);
    return new byte[arraySize(size)];
  }

  /** Returns a size that an array can have. */
  static int arraySize(long size) {
    if (size > MAX_ARRAY) {
      throw tooLarge();
    }
    return (int) size;
  }

  static ArrowFormatException invalid(String detail, ColumnData part) {
    return Faults.invalid(detail, ArrowFormatException.UNKNOWN_OFFSET, part.field().name());
  }

  private static ArrowFormatException tooLarge() {
    return Faults.limit(
        "a dictionary of several parts with a buffer above 2 GiB",
        ArrowFormatException.UNKNOWN_OFFSET);
  }
}
