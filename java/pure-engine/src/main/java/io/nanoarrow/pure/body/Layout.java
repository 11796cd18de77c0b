package io.nanoarrow.pure.body;

import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.IntervalUnit;
import io.nanoarrow.schema.UnionMode;

/** The physical layouts of the columnar format: which buffers an array has. */
public enum Layout {
  /** No buffers. */
  NULL(false, 0),
  /** One bit a value. */
  BITS(true, 1),
  /** Values of one width. */
  FIXED(true, 1),
  /** 32-bit offsets, data. */
  BINARY(true, 2),
  /** 64-bit offsets, data. */
  LARGE_BINARY(true, 2),
  /** 16-byte views, then as many data buffers as the batch says. */
  VIEW(true, 1),
  /** 32-bit offsets. */
  LIST(true, 1),
  /** 64-bit offsets. */
  LARGE_LIST(true, 1),
  /** 32-bit offsets, sizes. */
  LIST_VIEW(true, 2),
  /** 64-bit offsets, sizes. */
  LARGE_LIST_VIEW(true, 2),
  /** Validity alone: struct, fixed-size list. */
  VALIDITY(true, 0),
  /** Type ids. */
  SPARSE_UNION(false, 1),
  /** Type ids, 32-bit offsets. */
  DENSE_UNION(false, 2),
  /** No buffers; run ends and values are children. */
  RUN_ENDS(false, 0);

  private final boolean validity;
  private final int dataBuffers;

  Layout(boolean validity, int dataBuffers) {
    this.validity = validity;
    this.dataBuffers = dataBuffers;
  }

  /**
   * Tells whether the first buffer is a validity bitmap; before V5 also that of unions and runs
   * was.
   */
  public boolean hasValidity(boolean version4) {
    return validity
        || version4 && (this == SPARSE_UNION || this == DENSE_UNION || this == RUN_ENDS);
  }

  /** Returns the buffers beside validity and variadic ones. */
  public int dataBuffers() {
    return dataBuffers;
  }

  /** Returns the layout of a type. */
  public static Layout of(ArrowType type) {
    if (type instanceof ArrowType.Null) {
      return NULL;
    } else if (type instanceof ArrowType.Bool) {
      return BITS;
    } else if (type instanceof ArrowType.Utf8 || type instanceof ArrowType.Binary) {
      return BINARY;
    } else if (type instanceof ArrowType.LargeUtf8 || type instanceof ArrowType.LargeBinary) {
      return LARGE_BINARY;
    } else if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
      return VIEW;
    } else if (type instanceof ArrowType.ListType || type instanceof ArrowType.MapType) {
      return LIST;
    } else if (type instanceof ArrowType.LargeList) {
      return LARGE_LIST;
    } else if (type instanceof ArrowType.ListView) {
      return LIST_VIEW;
    } else if (type instanceof ArrowType.LargeListView) {
      return LARGE_LIST_VIEW;
    } else if (type instanceof ArrowType.Struct || type instanceof ArrowType.FixedSizeList) {
      return VALIDITY;
    } else if (type instanceof ArrowType.Union union) {
      return union.mode() == UnionMode.SPARSE ? SPARSE_UNION : DENSE_UNION;
    } else if (type instanceof ArrowType.RunEndEncoded) {
      return RUN_ENDS;
    }
    return FIXED;
  }

  /** Returns the bytes of one value of a {@link #FIXED} type. */
  public static int width(ArrowType type) {
    if (type instanceof ArrowType.Int number) {
      return number.bitWidth() / 8;
    } else if (type instanceof ArrowType.FloatingPoint number) {
      return 2 << number.precision().ordinal();
    } else if (type instanceof ArrowType.Decimal number) {
      return number.bitWidth() / 8;
    } else if (type instanceof ArrowType.Date date) {
      return 4 << date.unit().ordinal();
    } else if (type instanceof ArrowType.Time time) {
      return time.bitWidth() / 8;
    } else if (type instanceof ArrowType.Timestamp || type instanceof ArrowType.Duration) {
      return 8;
    } else if (type instanceof ArrowType.Interval interval) {
      return interval.unit() == IntervalUnit.MONTH_DAY_NANO ? 16 : 4 << interval.unit().ordinal();
    } else if (type instanceof ArrowType.FixedSizeBinary binary) {
      return binary.byteWidth();
    }
    throw new IllegalArgumentException(type + " has no fixed width");
  }
}
