package io.nanoarrow;

import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.text.TextTable;
import java.util.List;

/** Batches of one schema, owned together. Immutable but for {@link #close}; any thread. */
public final class Table implements AutoCloseable {
  private final Schema schema;
  private final List<RecordBatch> batches;
  private final long rowCount;
  private final Handle handle;

  /**
   * A table that owns the batches from now on.
   *
   * @param schema their schema
   * @param takeBatches closed with the table
   * @throws ArithmeticException when they have more rows than a long counts; they are not taken
   *     then
   */
  public Table(Schema schema, List<RecordBatch> takeBatches) {
    List<RecordBatch> taken = List.copyOf(takeBatches);
    this.schema = schema;
    this.batches = taken;
    this.rowCount = taken.stream().mapToLong(RecordBatch::rowCount).reduce(0, Math::addExact);
    this.handle = new Handle("Table", () -> taken.forEach(RecordBatch::close));
  }

  /** Returns the schema. */
  public Schema schema() {
    return schema;
  }

  /**
   * Returns the batches, which stay the table's.
   *
   * @throws IllegalStateException when the table is closed
   */
  public List<RecordBatch> batches() {
    handle.ensureOpen();
    return batches;
  }

  /** Returns the rows of all batches. */
  public long rowCount() {
    return rowCount;
  }

  /** Closes the batches; closing twice is harmless. */
  @Override
  public void close() {
    if (handle.close()) {
      batches.forEach(RecordBatch::close);
    }
  }

  /**
   * Tells whether the other is a table of the same columns with the same values, as {@link
   * RecordBatch#equals} does; how the rows are divided into batches plays no part.
   *
   * @throws IllegalStateException when one is closed
   */
  @Override
  public boolean equals(Object other) {
    return other == this
        || other instanceof Table table && BatchComparison.DEFAULT.areEqual(this, table);
  }

  /**
   * Returns a hash of the schema and the first rows.
   *
   * @throws IllegalStateException when the table is closed
   */
  @Override
  public int hashCode() {
    return BatchComparison.hash(schema, batches());
  }

  /** Returns the first rows as a table, or that this one is closed. */
  @Override
  public String toString() {
    String head =
        "Table of "
            + rowCount
            + " rows, "
            + schema.fields().size()
            + " columns, "
            + batches.size()
            + " batches";
    return handle.lease().isOpen()
        ? head + "\n" + TextTable.of(schema, batches, TextTable.DEFAULT_ROWS)
        : head + " (closed)";
  }
}
