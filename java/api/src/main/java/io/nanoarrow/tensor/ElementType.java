package io.nanoarrow.tensor;

import io.nanoarrow.column.HalfFloatColumn;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.ArrowType;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The types that elements of tensors can have: integers and floats, as in Arrow's other readers.
 */
enum ElementType {
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  HALF_FLOAT(2),
  FLOAT(4),
  DOUBLE(8);

  private static final ElementType[] ALL = values();

  private final int widthBytes;

  ElementType(int widthBytes) {
    this.widthBytes = widthBytes;
  }

  /**
   * Returns the element type of an Arrow type.
   *
   * @throws IllegalArgumentException when there is none
   */
  static ElementType of(ArrowType type) {
    if (type instanceof ArrowType.Int it) {
      int width = Integer.numberOfTrailingZeros(it.bitWidth()) - 3;
      return ALL[(it.signed() ? 0 : UINT8.ordinal()) + width];
    } else if (type instanceof ArrowType.FloatingPoint it) {
      return ALL[HALF_FLOAT.ordinal() + it.precision().ordinal()];
    }
    throw new IllegalArgumentException("tensors have integers or floats as elements, not " + type);
  }

  static int widthBytes(ArrowType type) {
    return of(type).widthBytes;
  }

  int widthBytes() {
    return widthBytes;
  }

  boolean isInteger() {
    return this.ordinal() < HALF_FLOAT.ordinal();
  }

  /** Returns the integer at a place: widened by its sign; a uint64 as its 64 bits. */
  long getLong(ArrowBuffer from, long at) {
    return switch (this) {
      case INT8 -> from.getByte(at);
      case INT16 -> from.getShort(at);
      case INT32 -> from.getInt(at);
      case INT64, UINT64 -> from.getLong(at);
      case UINT8 -> from.getByte(at) & 0xFF;
      case UINT16 -> from.getShort(at) & 0xFFFF;
      case UINT32 -> from.getInt(at) & 0xFFFFFFFFL;
      default -> throw new IllegalArgumentException("elements of type " + this + " as a long");
    };
  }

  /** Returns the number at a place, or the double nearest to it. */
  double getDouble(ArrowBuffer from, long at) {
    return switch (this) {
      case HALF_FLOAT -> HalfFloatColumn.toFloat(from.getShort(at));
      case FLOAT -> from.getFloat(at);
      case DOUBLE -> from.getDouble(at);
      case UINT64 -> {
        long bits = from.getLong(at);
        // Half of it, the lost bit kept for rounding, is no negative long.
        yield bits >= 0 ? bits : 2.0 * (bits >>> 1 | bits & 1);
      }
      default -> getLong(from, at);
    };
  }

  /** Returns the number at a place, exactly. */
  BigDecimal getDecimal(ArrowBuffer from, long at) {
    if (this == UINT64) {
      return new BigDecimal(new BigInteger(Long.toUnsignedString(from.getLong(at))));
    }
    return isInteger()
        ? BigDecimal.valueOf(getLong(from, at))
        : new BigDecimal(getDouble(from, at));
  }

  /** Returns the number at a place as a text. */
  String text(ArrowBuffer from, long at) {
    if (this == UINT64) {
      return Long.toUnsignedString(from.getLong(at));
    } else if (isInteger()) {
      return Long.toString(getLong(from, at));
    }
    return this == DOUBLE
        ? Double.toString(from.getDouble(at))
        : Float.toString((float) getDouble(from, at));
  }

  /** Tells whether two places hold the same number; NaN is the same as NaN, 0.0 as -0.0. */
  boolean areEqual(ArrowBuffer a, long atA, ArrowBuffer b, long atB) {
    if (isInteger()) {
      return getLong(a, atA) == getLong(b, atB);
    }
    double first = getDouble(a, atA);
    double second = getDouble(b, atB);
    return first == second || Double.isNaN(first) && Double.isNaN(second);
  }

  int hash(ArrowBuffer from, long at) {
    return isInteger()
        ? Long.hashCode(getLong(from, at))
        : Double.hashCode(getDouble(from, at) + 0.0);
  }
}
