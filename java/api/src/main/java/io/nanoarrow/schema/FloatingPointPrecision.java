package io.nanoarrow.schema;

/** Widths of a float: 2, 4 and 8 bytes. */
public enum FloatingPointPrecision {
  /** See the type. */
  HALF,
  /** See the type. */
  SINGLE,
  /** See the type. */
  DOUBLE
}
