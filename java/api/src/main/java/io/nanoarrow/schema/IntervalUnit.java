package io.nanoarrow.schema;

/** Units of an interval: 4, 8 and 16 bytes. */
public enum IntervalUnit {
  /** See the type. */
  YEAR_MONTH,
  /** See the type. */
  DAY_TIME,
  /** See the type. */
  MONTH_DAY_NANO
}
