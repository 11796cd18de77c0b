package io.nanoarrow.engine;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.UnionMode;

/** Which buffers the columnar format gives a type, variadic ones left out. */
final class TypeLayout {
  private TypeLayout() {}

  /** Returns the type as laid out: of the indices where there is a dictionary. */
  static ArrowType laidOut(Field field) {
    return field.dictionary() == null ? field.type() : field.dictionary().indexType();
  }

  /** Tells whether a validity bitmap comes first; only V4 messages give unions and runs one. */
  static boolean hasValidity(ArrowType type, boolean isV4) {
    return !(type instanceof ArrowType.Null || (isWithoutBitmap(type) && !isV4));
  }

  /** Tells whether a type's nulls are its children's, except in messages of V4. */
  static boolean isWithoutBitmap(ArrowType type) {
    return type instanceof ArrowType.Union || type instanceof ArrowType.RunEndEncoded;
  }

  /** Tells whether data buffers of any number follow. */
  static boolean isView(ArrowType type) {
    return type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView;
  }

  /** Returns the number of buffers after the validity bitmap. */
  static int bufferCount(ArrowType type) {
    if (type instanceof ArrowType.Null
        || type instanceof ArrowType.RunEndEncoded
        || type instanceof ArrowType.Struct
        || type instanceof ArrowType.FixedSizeList) {
      return 0;
    }
    if (type instanceof ArrowType.Utf8
        || type instanceof ArrowType.LargeUtf8
        || type instanceof ArrowType.Binary
        || type instanceof ArrowType.LargeBinary
        || type instanceof ArrowType.ListView
        || type instanceof ArrowType.LargeListView) {
      return 2;
    }
    return type instanceof ArrowType.Union union && union.mode() == UnionMode.DENSE ? 2 : 1;
  }
}
