package io.nanoarrow;

import io.nanoarrow.schema.Schema;
import java.util.List;

/** Batches of one schema, owned together. */
public final class Table implements AutoCloseable {
  private final Schema schema;
  private final List<RecordBatch> batches;

  /**
   * A table that owns the batches from now on.
   *
   * @param schema their schema
   * @param takeBatches closed with the table
   */
  public Table(Schema schema, List<RecordBatch> takeBatches) {
    this.schema = schema;
    this.batches = List.copyOf(takeBatches);
  }

  /** Returns the schema. */
  public Schema schema() {
    return schema;
  }

  /** Returns the batches, which stay the table's. */
  public List<RecordBatch> batches() {
    return batches;
  }

  /** Returns the rows of all batches. */
  public long rowCount() {
    return batches.stream().mapToLong(RecordBatch::rowCount).sum();
  }

  @Override
  public void close() {
    batches.forEach(RecordBatch::close);
  }
}
