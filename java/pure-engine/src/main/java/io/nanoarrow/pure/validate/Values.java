package io.nanoarrow.pure.validate;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.DateUnit;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** What values mean: text, decimals, dates, times. Structure has been checked before. */
final class Values {
  private static final long DAY_MILLIS = 86_400_000;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final int INLINE_BYTES = 12;

  private Values() {}

  /** Tells whether a row, counted from the array's offset, is not null. */
  static boolean isValid(ColumnData array, long row) {
    ArrowBuffer bitmap = array.validity();
    return bitmap == null || bitmap.getBit(array.offset() + row);
  }

  /** Counts zeros of the bitmap; its size has been checked or is checked here. */
  static long countNulls(ColumnData array) {
    ArrowBuffer bitmap = array.validity();
    if (bitmap == null) {
      return 0;
    }
    long ones = 0;
    long at = array.offset();
    long end = at + array.length();
    for (; at < end && (at & 7) != 0; at++) {
      ones += bitmap.getBit(at) ? 1 : 0;
    }
    for (; end - at >= 64; at += 64) {
      ones += Long.bitCount(bitmap.getLong(at >>> 3));
    }
    for (; at < end; at++) {
      ones += bitmap.getBit(at) ? 1 : 0;
    }
    return array.length() - ones;
  }

  static void check(ColumnData array, ArrowType type, Place place) {
    if (type instanceof ArrowType.Utf8) {
      strings(array, 4, place);
    } else if (type instanceof ArrowType.LargeUtf8) {
      strings(array, 8, place);
    } else if (type instanceof ArrowType.Utf8View) {
      viewedStrings(array, place);
    } else if (type instanceof ArrowType.Decimal decimal) {
      decimals(array, decimal, place);
    } else if (type instanceof ArrowType.Date date && date.unit() == DateUnit.MILLISECOND) {
      wholeDays(array, place);
    } else if (type instanceof ArrowType.Time time) {
      withinDay(array, time, place);
    }
  }

  private static void strings(ColumnData array, int width, Place place) {
    ArrowBuffer offsets = array.buffers().get(0);
    ArrowBuffer data = array.buffers().get(1);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    for (long row = 0; row < array.length(); row++) {
      if (isValid(array, row)) {
        long begin = Structure.number(offsets, width, array.offset() + row);
        long end = Structure.number(offsets, width, array.offset() + row + 1);
        string(data, begin, end - begin, decoder, row, place);
      }
    }
  }

  private static void viewedStrings(ColumnData array, Place place) {
    ArrowBuffer views = array.buffers().get(0);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    for (long row = 0; row < array.length(); row++) {
      if (!isValid(array, row)) {
        continue;
      }
      long at = 16 * (array.offset() + row);
      int size = views.getInt(at);
      if (size <= INLINE_BYTES) {
        string(views, at + 4, size, decoder, row, place);
      } else {
        ArrowBuffer data = array.buffers().get(1 + views.getInt(at + 8));
        string(data, views.getInt(at + 12), size, decoder, row, place);
      }
    }
  }

  private static void string(
      ArrowBuffer data, long begin, long size, CharsetDecoder decoder, long row, Place place) {
    long at = begin;
    long end = begin + size;
    while (end - at >= 8 && (data.getLong(at) & HIGH_BITS) == 0) {
      at += 8;
    }
    while (at < end && data.getByte(at) >= 0) {
      at++;
    }
    if (at == end) {
      return;
    }
    // A character does not begin before the first byte that is not ASCII.
    int rest = Math.toIntExact(Math.min(end - at, Integer.MAX_VALUE - 8));
    if (rest < end - at) {
      throw place.fault("a string of more bytes than can be looked at", row);
    }
    byte[] bytes = new byte[rest];
    data.copyTo(at, bytes, 0, rest);
    try {
      decoder.decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      throw place.fault("a string that is not UTF-8", row);
    }
  }

  private static void decimals(ColumnData array, ArrowType.Decimal type, Place place) {
    int width = type.bitWidth() / 8;
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    ArrowBuffer values = array.buffers().get(0);
    byte[] little = new byte[width];
    byte[] big = new byte[width];
    for (long row = 0; row < array.length(); row++) {
      if (!isValid(array, row)) {
        continue;
      }
      values.copyTo(width * (array.offset() + row), little, 0, width);
      for (int i = 0; i < width; i++) {
        big[i] = little[width - 1 - i];
      }
      if (new BigInteger(big).abs().compareTo(limit) >= 0) {
        throw place.fault("a decimal with more digits than its precision", row);
      }
    }
  }

  private static void wholeDays(ColumnData array, Place place) {
    ArrowBuffer values = array.buffers().get(0);
    for (long row = 0; row < array.length(); row++) {
      if (values.getLong(8 * (array.offset() + row)) % DAY_MILLIS != 0 && isValid(array, row)) {
        throw place.fault("a date64 that is not a whole day", row);
      }
    }
  }

  private static void withinDay(ColumnData array, ArrowType.Time type, Place place) {
    int width =
        switch (type.unit()) {
          case SECOND, MILLISECOND -> 4;
          case MICROSECOND, NANOSECOND -> 8;
        };
    long limit =
        switch (type.unit()) {
          case SECOND -> 86_400;
          case MILLISECOND -> DAY_MILLIS;
          case MICROSECOND -> DAY_MILLIS * 1_000;
          case NANOSECOND -> DAY_MILLIS * 1_000_000;
        };
    ArrowBuffer values = array.buffers().get(0);
    for (long row = 0; row < array.length(); row++) {
      long value = Structure.number(values, width, array.offset() + row);
      if ((value < 0 || value >= limit) && isValid(array, row)) {
        throw place.fault("a time outside the day", row);
      }
    }
  }
}
