package io.nanoarrow.schema;

/** Units of a date: DAY is stored in 32 bits, MILLISECOND in 64. */
public enum DateUnit {
  /** See the type. */
  DAY,
  /** See the type. */
  MILLISECOND
}
