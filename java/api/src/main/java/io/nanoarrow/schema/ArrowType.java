package io.nanoarrow.schema;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The types of the columnar format (format/Schema.fbs), immutable. Nested types keep their children
 * in the {@link Field}; a dictionary-encoded field has the type of its values. {@code toString} is
 * the short lower-case form, e.g. {@code timestamp[us, UTC]}.
 */
public sealed interface ArrowType {

  /** No values at all. */
  record Null() implements ArrowType {
    @Override
    public String toString() {
      return "null";
    }
  }

  /** One bit a value. */
  record Bool() implements ArrowType {
    @Override
    public String toString() {
      return "bool";
    }
  }

  /**
   * An integer.
   *
   * @param bitWidth 8, 16, 32 or 64
   * @param signed two's complement, else unsigned
   */
  record Int(int bitWidth, boolean signed) implements ArrowType {
    /** Checks the width. */
    public Int {
      require(bitWidth == 8 || bitWidth == 16 || bitWidth == 32 || bitWidth == 64, "bit width");
    }

    @Override
    public String toString() {
      return (signed ? "int" : "uint") + bitWidth;
    }
  }

  /**
   * An IEEE 754 number.
   *
   * @param precision its width
   */
  record FloatingPoint(FloatingPointPrecision precision) implements ArrowType {
    /** Checks for null. */
    public FloatingPoint {
      Objects.requireNonNull(precision);
    }

    @Override
    public String toString() {
      return switch (precision) {
        case HALF -> "halffloat";
        case SINGLE -> "float";
        case DOUBLE -> "double";
      };
    }
  }

  /**
   * An exact decimal number, little-endian two's complement.
   *
   * @param precision decimal digits
   * @param scale digits after the point, may be negative
   * @param bitWidth 32, 64, 128 or 256
   */
  record Decimal(int precision, int scale, int bitWidth) implements ArrowType {
    /** Checks the width. */
    public Decimal {
      require(bitWidth == 32 || bitWidth == 64 || bitWidth == 128 || bitWidth == 256, "bit width");
    }

    @Override
    public String toString() {
      return "decimal" + bitWidth + "(" + precision + ", " + scale + ")";
    }
  }

  /**
   * Days or milliseconds since 1970-01-01.
   *
   * @param unit 32-bit days or 64-bit milliseconds
   */
  record Date(DateUnit unit) implements ArrowType {
    /** Checks for null. */
    public Date {
      Objects.requireNonNull(unit);
    }

    @Override
    public String toString() {
      return unit == DateUnit.DAY ? "date32[day]" : "date64[ms]";
    }
  }

  /**
   * Time since midnight; seconds and milliseconds in 32 bits, finer ones in 64.
   *
   * @param unit what the number counts
   */
  record Time(TimeUnit unit) implements ArrowType {
    /** Checks for null. */
    public Time {
      Objects.requireNonNull(unit);
    }

    /** Returns 32 or 64. */
    public int bitWidth() {
      return unit == TimeUnit.SECOND || unit == TimeUnit.MILLISECOND ? 32 : 64;
    }

    @Override
    public String toString() {
      return "time" + bitWidth() + "[" + suffix(unit) + "]";
    }
  }

  /**
   * Time since 1970-01-01T00:00, of UTC when there is a zone, of an unknown zone when there is
   * none.
   *
   * @param unit what the 64-bit number counts
   * @param timezone name or offset as in the schema, or null
   */
  record Timestamp(TimeUnit unit, @Nullable String timezone) implements ArrowType {
    /** Checks for null. */
    public Timestamp {
      Objects.requireNonNull(unit);
    }

    @Override
    public String toString() {
      return "timestamp[" + suffix(unit) + (timezone == null ? "" : ", tz=" + timezone) + "]";
    }
  }

  /**
   * An amount of time, 64 bits.
   *
   * @param unit what the number counts
   */
  record Duration(TimeUnit unit) implements ArrowType {
    /** Checks for null. */
    public Duration {
      Objects.requireNonNull(unit);
    }

    @Override
    public String toString() {
      return "duration[" + suffix(unit) + "]";
    }
  }

  /**
   * A calendar interval.
   *
   * @param unit its parts
   */
  record Interval(IntervalUnit unit) implements ArrowType {
    /** Checks for null. */
    public Interval {
      Objects.requireNonNull(unit);
    }

    @Override
    public String toString() {
      return switch (unit) {
        case YEAR_MONTH -> "month_interval";
        case DAY_TIME -> "day_time_interval";
        case MONTH_DAY_NANO -> "month_day_nano_interval";
      };
    }
  }

  /** Text with 32-bit offsets. */
  record Utf8() implements ArrowType {
    @Override
    public String toString() {
      return "string";
    }
  }

  /** Text with 64-bit offsets. */
  record LargeUtf8() implements ArrowType {
    @Override
    public String toString() {
      return "large_string";
    }
  }

  /** Text as 16-byte views. */
  record Utf8View() implements ArrowType {
    @Override
    public String toString() {
      return "string_view";
    }
  }

  /** Bytes with 32-bit offsets. */
  record Binary() implements ArrowType {
    @Override
    public String toString() {
      return "binary";
    }
  }

  /** Bytes with 64-bit offsets. */
  record LargeBinary() implements ArrowType {
    @Override
    public String toString() {
      return "large_binary";
    }
  }

  /** Bytes as 16-byte views. */
  record BinaryView() implements ArrowType {
    @Override
    public String toString() {
      return "binary_view";
    }
  }

  /**
   * Bytes of one size.
   *
   * @param byteWidth bytes a value, 0 or more
   */
  record FixedSizeBinary(int byteWidth) implements ArrowType {
    /** Checks the width. */
    public FixedSizeBinary {
      require(byteWidth >= 0, "byte width");
    }

    @Override
    public String toString() {
      return "fixed_size_binary[" + byteWidth + "]";
    }
  }

  /** Lists with 32-bit offsets; one child. */
  record ListType() implements ArrowType {
    @Override
    public String toString() {
      return "list";
    }
  }

  /** Lists with 64-bit offsets; one child. */
  record LargeList() implements ArrowType {
    @Override
    public String toString() {
      return "large_list";
    }
  }

  /** Lists with 32-bit offsets and sizes; one child. */
  record ListView() implements ArrowType {
    @Override
    public String toString() {
      return "list_view";
    }
  }

  /** Lists with 64-bit offsets and sizes; one child. */
  record LargeListView() implements ArrowType {
    @Override
    public String toString() {
      return "large_list_view";
    }
  }

  /**
   * Lists of one size; one child.
   *
   * @param listSize values a list, 0 or more
   */
  record FixedSizeList(int listSize) implements ArrowType {
    /** Checks the size. */
    public FixedSizeList {
      require(listSize >= 0, "list size");
    }

    @Override
    public String toString() {
      return "fixed_size_list[" + listSize + "]";
    }
  }

  /** A value of each child. */
  record Struct() implements ArrowType {
    @Override
    public String toString() {
      return "struct";
    }
  }

  /**
   * Lists of entries; one struct child with a key and a value child, whatever their names.
   *
   * @param keysSorted the sender sorted the keys of each value
   */
  record MapType(boolean keysSorted) implements ArrowType {
    @Override
    public String toString() {
      return keysSorted ? "map[keys_sorted]" : "map";
    }
  }

  /**
   * A value of one of the children.
   *
   * @param mode sparse or dense
   * @param typeIds the number (0 to 127) that stands for each child, in the children's order
   */
  record Union(UnionMode mode, List<Integer> typeIds) implements ArrowType {
    /** Copies the list. */
    public Union {
      Objects.requireNonNull(mode);
      typeIds = List.copyOf(typeIds);
    }

    @Override
    public String toString() {
      return (mode == UnionMode.SPARSE ? "sparse_union" : "dense_union") + typeIds;
    }
  }

  /** Values with their run ends; children run_ends (int16, int32 or int64) and values. */
  record RunEndEncoded() implements ArrowType {
    @Override
    public String toString() {
      return "run_end_encoded";
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalArgumentException("not a possible " + what);
    }
  }

  private static String suffix(TimeUnit unit) {
    return switch (unit) {
      case SECOND -> "s";
      case MILLISECOND -> "ms";
      case MICROSECOND -> "us";
      case NANOSECOND -> "ns";
    };
  }
}
