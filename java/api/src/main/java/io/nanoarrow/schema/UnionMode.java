package io.nanoarrow.schema;

/** Layouts of a union. */
public enum UnionMode {
  /** See the type. */
  SPARSE,
  /** See the type. */
  DENSE
}
