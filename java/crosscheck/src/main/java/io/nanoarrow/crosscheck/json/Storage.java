package io.nanoarrow.crosscheck.json;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.Metadata;

/** How types are stored, as far as integration JSON shows it. */
final class Storage {
  private Storage() {}

  /** Returns the type of what an array of the field itself holds: indices when it is encoded. */
  static ArrowType of(Field field) {
    return field.dictionary() == null ? field.type() : field.dictionary().indexType();
  }

  /** Returns the field of the values of an encoded field's dictionary. */
  static Field valuesOf(Field encoded) {
    return new Field(
        encoded.name(), true, encoded.type(), null, encoded.children(), Metadata.EMPTY);
  }

  static boolean isText(ArrowType type) {
    return type instanceof ArrowType.Utf8
        || type instanceof ArrowType.LargeUtf8
        || type instanceof ArrowType.Utf8View;
  }

  static boolean isView(ArrowType type) {
    return type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView;
  }

  /** Texts and bytes with offsets. */
  static boolean isVariable(ArrowType type) {
    return type instanceof ArrowType.Utf8
        || type instanceof ArrowType.Binary
        || type instanceof ArrowType.LargeUtf8
        || type instanceof ArrowType.LargeBinary;
  }

  static boolean isList(ArrowType type) {
    return type instanceof ArrowType.ListType
        || type instanceof ArrowType.LargeList
        || type instanceof ArrowType.MapType;
  }

  static boolean isListView(ArrowType type) {
    return type instanceof ArrowType.ListView || type instanceof ArrowType.LargeListView;
  }

  /** Lists of any kind and maps. */
  static boolean isRepeated(ArrowType type) {
    return isList(type) || isListView(type) || type instanceof ArrowType.FixedSizeList;
  }

  /** Tells whether offsets and sizes have 64 bits. */
  static boolean isLarge(ArrowType type) {
    return type instanceof ArrowType.LargeUtf8
        || type instanceof ArrowType.LargeBinary
        || type instanceof ArrowType.LargeList
        || type instanceof ArrowType.LargeListView;
  }

  /** Tells whether the type has a bitmap of its own; unions of metadata V4 may too. */
  static boolean hasValidity(ArrowType type) {
    return !(type instanceof ArrowType.Null
        || type instanceof ArrowType.Union
        || type instanceof ArrowType.RunEndEncoded);
  }

  /** Returns the bits of a value that is a single integer, 0 for another type. */
  static int integerBits(ArrowType type) {
    if (type instanceof ArrowType.Int integer) {
      return integer.bitWidth();
    } else if (type instanceof ArrowType.Date date) {
      return Integer.SIZE << date.unit().ordinal();
    } else if (type instanceof ArrowType.Time time) {
      return time.bitWidth();
    } else if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) {
      return Long.SIZE;
    } else if (type instanceof ArrowType.Interval interval) {
      return interval.unit() == IntervalUnit.YEAR_MONTH ? Integer.SIZE : 0;
    }
    return 0;
  }
}
