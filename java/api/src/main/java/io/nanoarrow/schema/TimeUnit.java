package io.nanoarrow.schema;

/** Units of time, in the order of the format's enum. */
public enum TimeUnit {
  /** See the type. */
  SECOND,
  /** See the type. */
  MILLISECOND,
  /** See the type. */
  MICROSECOND,
  /** See the type. */
  NANOSECOND
}
