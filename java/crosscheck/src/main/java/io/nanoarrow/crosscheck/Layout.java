package io.nanoarrow.crosscheck;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.IntervalUnit;

/** How the bytes of a type lie, and reads of the integers that describe it. */
final class Layout {
  /** Bytes of a view. */
  static final int VIEW_BYTES = 16;

  /** The longest value that lies in its view. */
  static final int INLINE_BYTES = 12;

  private Layout() {}

  /** Returns the bytes of a value of a fixed-width type other than bool, -1 for any other type. */
  static int fixedWidth(ArrowType type) {
    if (type instanceof ArrowType.Int t) {
      return t.bitWidth() / 8;
    } else if (type instanceof ArrowType.FloatingPoint t) {
      return 2 << t.precision().ordinal();
    } else if (type instanceof ArrowType.Decimal t) {
      return t.bitWidth() / 8;
    } else if (type instanceof ArrowType.Date t) {
      return 4 << t.unit().ordinal();
    } else if (type instanceof ArrowType.Time t) {
      return t.bitWidth() / 8;
    } else if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) {
      return 8;
    } else if (type instanceof ArrowType.Interval t) {
      return t.unit() == IntervalUnit.YEAR_MONTH ? 4 : 8 << (t.unit().ordinal() - 1);
    } else if (type instanceof ArrowType.FixedSizeBinary t) {
      return t.byteWidth();
    }
    return -1;
  }

  /** Returns the type that the array's own buffers have: of the indices for a dictionary. */
  static ArrowType storedType(ColumnData data) {
    if (data.dictionary() != null && data.field().dictionary() != null) {
      return data.field().dictionary().indexType();
    }
    return data.field().type();
  }

  /** Tells whether rows can be null by a bitmap: not for null, union and run-end encoded arrays. */
  static boolean hasValidity(ArrowType type) {
    return !(type instanceof ArrowType.Null
        || type instanceof ArrowType.Union
        || type instanceof ArrowType.RunEndEncoded);
  }

  static boolean isVariable(ArrowType type) {
    return type instanceof ArrowType.Utf8
        || type instanceof ArrowType.Binary
        || isLargeVariable(type);
  }

  static boolean isLargeVariable(ArrowType type) {
    return type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary;
  }

  static boolean isView(ArrowType type) {
    return type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView;
  }

  static boolean isList(ArrowType type) {
    return type instanceof ArrowType.ListType
        || type instanceof ArrowType.MapType
        || type instanceof ArrowType.LargeList;
  }

  static boolean isListView(ArrowType type) {
    return type instanceof ArrowType.ListView || type instanceof ArrowType.LargeListView;
  }

  /** Returns 8 for the "large" types, else 4. */
  static int offsetBytes(ArrowType type) {
    return isLargeVariable(type)
            || type instanceof ArrowType.LargeList
            || type instanceof ArrowType.LargeListView
        ? 8
        : 4;
  }

  /** Returns offset (or size) {@code index} of a buffer of 4- or 8-byte numbers. */
  static long offset(ArrowBuffer buffer, int width, long index) {
    return width == 4 ? buffer.getInt(4 * index) : buffer.getLong(8 * index);
  }

  /** Returns integer {@code index} as a number; an unsigned one past 2^63 is negative. */
  static long integer(ArrowBuffer buffer, ArrowType.Int type, long index) {
    return switch (type.bitWidth()) {
      case 8 -> type.signed() ? buffer.getByte(index) : buffer.getByte(index) & 0xff;
      case 16 -> type.signed() ? buffer.getShort(2 * index) : buffer.getShort(2 * index) & 0xffff;
      case 32 -> type.signed() ? buffer.getInt(4 * index) : buffer.getInt(4 * index) & 0xffffffffL;
      default -> buffer.getLong(8 * index);
    };
  }

  static boolean isValid(ColumnData data, long row) {
    return data.validity() == null || data.validity().getBit(data.offset() + row);
  }

  /** Returns which child a union's type id stands for. */
  static int childOf(ArrowType.Union type, int typeId, String path) {
    int child = type.typeIds().indexOf(typeId);
    if (child < 0) {
      throw invalid(path, "type id " + typeId + " is not one of " + type.typeIds());
    }
    return child;
  }

  /** Returns run end {@code run} of a run-end encoded array. */
  static long runEnd(ColumnData data, long run) {
    ColumnData ends = data.children().get(0);
    ArrowType.Int type = (ArrowType.Int) ends.field().type();
    return integer(ends.buffers().get(0), type, ends.offset() + run);
  }

  /** Returns the first run that ends after {@code position}. */
  static long runAt(ColumnData data, long position) {
    long low = 0;
    long high = data.children().get(0).length();
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (runEnd(data, middle) > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  static String childPath(String path, ColumnData data, int child) {
    return path + "." + data.field().children().get(child).name();
  }

  static ArrowFormatException invalid(String path, String detail) {
    return new ArrowFormatException(
        ErrorKind.INVALID_DATA, detail, ArrowFormatException.UNKNOWN_OFFSET, path);
  }
}
