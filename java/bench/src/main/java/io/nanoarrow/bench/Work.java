package io.nanoarrow.bench;

/** What is done with every batch. */
public enum Work {
  /** The batch is decoded; its rows are counted. */
  BATCHES,
  /** A column object is had for every column, and its nulls are counted. */
  COLUMNS,
  /** The values of every column of numbers are added up. */
  SUM
}
