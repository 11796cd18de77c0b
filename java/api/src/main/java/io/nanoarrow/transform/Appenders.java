package io.nanoarrow.transform;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.IntervalUnit;

/** Makes the appender that goes with a type. */
final class Appenders {
  private Appenders() {}

  static ArrayAppender of(Field field) {
    if (field.dictionary() != null) {
      return new DictionaryAppender(field, field.dictionary().indexType().bitWidth() / Byte.SIZE);
    }
    ArrowType type = field.type();
    int width = fixedWidth(type);
    if (width >= 0) {
      return new FixedAppender(field, width);
    } else if (type instanceof ArrowType.Bool) {
      return new BooleanAppender(field);
    } else if (type instanceof ArrowType.Utf8 || type instanceof ArrowType.Binary) {
      return new BytesAppender(field, Integer.BYTES);
    } else if (type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary) {
      return new BytesAppender(field, Long.BYTES);
    } else if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
      return new ViewAppender(field);
    } else if (type instanceof ArrowType.Null) {
      return new NullAppender(field);
    }
    return nested(field, type);
  }

  private static ArrayAppender nested(Field field, ArrowType type) {
    if (type instanceof ArrowType.ListType || type instanceof ArrowType.MapType) {
      return new ListAppender(field, Integer.BYTES);
    } else if (type instanceof ArrowType.LargeList) {
      return new ListAppender(field, Long.BYTES);
    } else if (type instanceof ArrowType.ListView) {
      return new ListViewAppender(field, Integer.BYTES);
    } else if (type instanceof ArrowType.LargeListView) {
      return new ListViewAppender(field, Long.BYTES);
    } else if (type instanceof ArrowType.Struct) {
      return new StructAppender(field, 1);
    } else if (type instanceof ArrowType.FixedSizeList list) {
      return new StructAppender(field, list.listSize());
    } else if (type instanceof ArrowType.Union union) {
      return new UnionAppender(field, union);
    } else if (type instanceof ArrowType.RunEndEncoded) {
      return new RunAppender(field);
    }
    throw new IllegalArgumentException("no appender for " + type);
  }

  /** Returns the bytes of each value, -1 when that is not how the type is laid out. */
  static int fixedWidth(ArrowType type) {
    if (type instanceof ArrowType.Int integer) {
      return integer.bitWidth() / Byte.SIZE;
    } else if (type instanceof ArrowType.FloatingPoint number) {
      return Short.BYTES << number.precision().ordinal();
    } else if (type instanceof ArrowType.Decimal decimal) {
      return decimal.bitWidth() / Byte.SIZE;
    } else if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) {
      return Long.BYTES;
    } else if (type instanceof ArrowType.Time time) {
      return time.bitWidth() / Byte.SIZE;
    } else if (type instanceof ArrowType.Date date) {
      return Integer.BYTES << date.unit().ordinal();
    } else if (type instanceof ArrowType.Interval interval) {
      return interval.unit() == IntervalUnit.MONTH_DAY_NANO
          ? Long.BYTES * 2
          : Integer.BYTES << interval.unit().ordinal();
    } else if (type instanceof ArrowType.FixedSizeBinary binary) {
      return binary.byteWidth();
    }
    return -1;
  }
}
