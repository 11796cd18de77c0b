package io.nanoarrow;

import io.nanoarrow.column.Column;
import io.nanoarrow.column.Columns;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.CDataBridge;
import io.nanoarrow.stats.MemoryStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Some rows of every column: one handle to immutable, counted data. A batch outlives its reader and
 * is closed by its owner; its columns end with it. Several threads may read one handle; to give a
 * batch to another owner, {@link #retain} makes a second handle, and the memory goes with the last.
 */
public final class RecordBatch implements AutoCloseable {
  private final Schema schema;
  private final BatchData data;
  private final long start;
  private final long rowCount;
  private final Lease lease = new Lease("RecordBatch");
  private final Column[] columns;

  RecordBatch(Schema schema, BatchData takeData) {
    this(schema, takeData, 0, takeData.rowCount());
  }

  private RecordBatch(Schema schema, BatchData takeData, long start, long rowCount) {
    this.schema = schema;
    this.data = takeData;
    this.start = start;
    this.rowCount = rowCount;
    this.columns = new Column[schema.fields().size()];
    MemoryStats.countHandle(1);
  }

  /** Returns the number of rows. */
  public long rowCount() {
    return rowCount;
  }

  /** Returns the number of columns. */
  public int columnCount() {
    return columns.length;
  }

  /** Returns the schema. */
  public Schema schema() {
    return schema;
  }

  /** Returns the key-values that came with this batch. */
  public Metadata metadata() {
    lease.ensureOpen();
    return data.metadata();
  }

  /**
   * Returns a column; the same object each time.
   *
   * @throws IndexOutOfBoundsException when there is no such column
   */
  public Column column(int index) {
    lease.ensureOpen();
    Column column = columns[index];
    if (column == null) {
      column = Columns.of(columnData(index), lease, schema.fields().get(index).name());
      columns[index] = column;
    }
    return column;
  }

  /**
   * Returns a column by name, or a nested one by path: {@code "a.b"} is the child {@code b} of the
   * struct column {@code a}, unless a column is named {@code "a.b"}.
   *
   * @throws IllegalArgumentException when there is none, naming those there are
   */
  public Column column(String path) {
    return ColumnPaths.find(this, path);
  }

  /** Returns a second handle to the same rows, closed on its own. */
  public RecordBatch retain() {
    return slice(0, rowCount);
  }

  /**
   * Returns a handle to {@code count} rows from {@code start} on, closed on its own; nothing is copied.
   *
   * @throws IndexOutOfBoundsException when they are not all there
   */
  public RecordBatch slice(long start, long count) {
    lease.ensureOpen();
    Objects.checkFromIndexSize(start, count, rowCount);
    data.retain();
    return new RecordBatch(schema, data, this.start + start, count);
  }

  /**
   * Fills the C Data structs at the two addresses; the consumer releases them. The rows stay alive
   * for it, also when this batch is closed.
   *
   * @param arrayAddress an ArrowArray
   * @param schemaAddress an ArrowSchema, or 0 for none
   * @throws UnsupportedOperationException without the artefact {@code nanoarrow}
   */
  public void exportBatch(long arrayAddress, long schemaAddress) {
    lease.ensureOpen();
    List<ColumnData> arrays = new ArrayList<>(columns.length);
    for (int i = 0; i < columns.length; i++) {
      arrays.add(columnData(i));
    }
    CDataBridges.get().exportBatch(schema, data, arrays, rowCount, arrayAddress);
    if (schemaAddress != 0) {
      CDataBridges.get().exportSchema(schema, schemaAddress);
    }
  }

  /**
   * Takes over a struct array of another library. The array is moved: the struct at {@code
   * arrayAddress} is marked released, and its memory is released when the last handle closes. The
   * schema stays the caller's. Its bytes are trusted where the C Data Interface carries no sizes.
   *
   * @param arrayAddress an ArrowArray
   * @param schemaAddress its ArrowSchema
   * @return the batch, which the caller closes
   * @throws io.nanoarrow.error.ArrowFormatException when the structs are not a valid batch; the array
   *     is then still the caller's
   * @throws UnsupportedOperationException without the artefact {@code nanoarrow}
   */
  public static RecordBatch importBatch(long arrayAddress, long schemaAddress) {
    CDataBridge bridge = CDataBridges.get();
    Schema schema = bridge.importSchema(schemaAddress);
    return new RecordBatch(schema, bridge.importBatch(schema, arrayAddress));
  }

  private ColumnData columnData(int index) {
    return data.column(index).slice(start, rowCount);
  }

  @Override
  public void close() {
    if (lease.close()) {
      MemoryStats.countHandle(-1);
      data.release();
    }
  }
}
