package io.nanoarrow;

import io.nanoarrow.column.Column;
import io.nanoarrow.column.Columns;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.text.TextTable;
import java.nio.ByteOrder;
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
  private final Handle handle;
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
    this.handle = new Handle("RecordBatch", takeData::release);
  }

  /**
   * Returns a batch over content that an engine, an import or other code made.
   *
   * @param schema the columns, in the order of {@code takeData}
   * @param takeData its one use is the batch's from now on
   */
  public static RecordBatch of(Schema schema, BatchData takeData) {
    return new RecordBatch(schema, takeData);
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

  /**
   * Returns the key-values that came with this batch.
   *
   * @throws IllegalStateException when the batch is closed
   */
  public Metadata metadata() {
    handle.ensureOpen();
    data.retain();
    try {
      return data.metadata();
    } finally {
      data.release();
    }
  }

  /**
   * Returns a column; the same object each time.
   *
   * @throws IndexOutOfBoundsException when there is no such column
   * @throws IllegalStateException when the batch is closed
   * @throws ArrowFormatException when its buffers do not fit its rows
   */
  public Column column(int index) {
    handle.ensureOpen();
    Column column = columns[index];
    return column != null ? column : makeColumn(index);
  }

  private Column makeColumn(int index) {
    synchronized (columns) {
      Column column = columns[index];
      if (column == null) {
        String path = schema.fields().get(index).name();
        column =
            schema.byteOrder() == ByteOrder.LITTLE_ENDIAN
                ? Columns.of(columnData(index), handle.lease(), path)
                : Columns.raw(columnData(index), handle.lease(), path);
        columns[index] = column;
      }
      return column;
    }
  }

  /**
   * Returns a column by name, or a nested one by path: {@code "a.b"} is the child {@code b} of the
   * struct column {@code a}, unless a column is named {@code "a.b"}. A dot or backslash that is
   * part of a name is written with a backslash before it. Of several of one name the first is
   * meant.
   *
   * @throws IllegalArgumentException when there is none, naming those there are
   * @throws IllegalStateException when the batch is closed
   */
  public Column column(String path) {
    return ColumnPaths.find(this, path);
  }

  /**
   * Returns a second handle to the same rows, closed on its own. A thread that races with a {@link
   * #close} gets a good handle or the exception.
   *
   * @throws IllegalStateException when the batch is closed
   */
  public RecordBatch retain() {
    return slice(0, rowCount);
  }

  /**
   * Returns a handle to {@code count} rows from {@code start} on, closed on its own; nothing is
   * copied.
   *
   * @throws IndexOutOfBoundsException when they are not all there
   * @throws IllegalStateException when the batch is closed
   */
  public RecordBatch slice(long start, long count) {
    handle.ensureOpen();
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
   * @throws IllegalStateException when the batch is closed, or its numbers are big-endian
   */
  public void exportBatch(long arrayAddress, long schemaAddress) {
    handle.ensureOpen();
    data.retain();
    try {
      List<ColumnData> arrays = new ArrayList<>(columns.length);
      for (int i = 0; i < columns.length; i++) {
        arrays.add(columnData(i));
      }
      CDataBridges.get().exportBatch(schema, data, arrays, rowCount, arrayAddress);
    } finally {
      data.release();
    }
    if (schemaAddress != 0) {
      CDataBridges.get().exportSchema(schema, schemaAddress);
    }
  }

  /**
   * Returns these rows for a writer or encoder, with a use of their content that the caller gives
   * back.
   *
   * @throws IllegalStateException when the batch is closed, or its numbers are big-endian
   */
  BatchRows takeRows() {
    handle.ensureOpen();
    if (schema.byteOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalStateException(
          "a batch that was read without putting its big-endian numbers into native order cannot be"
              + " written");
    }
    data.retain();
    return new BatchRows(data, start, rowCount);
  }

  /** Keeps the content while it is looked at: a close by another thread must not free it. */
  private ColumnData columnData(int index) {
    data.retain();
    try {
      return sliced(index, data.column(index));
    } finally {
      data.release();
    }
  }

  private ColumnData sliced(int index, ColumnData column) {
    if (column.length() - rowCount < start) {
      throw new ArrowFormatException(
          ErrorKind.INVALID_DATA,
          column.length() + " rows in a batch of " + data.rowCount(),
          ArrowFormatException.UNKNOWN_OFFSET,
          schema.fields().get(index).name());
    }
    return column.slice(start, rowCount);
  }

  /** Closes this handle; closing twice is harmless. */
  @Override
  public void close() {
    if (handle.close()) {
      data.release();
    }
  }

  /**
   * Tells whether the other is a batch of the same columns (names, types, nullability, how values
   * are encoded) with the same values, row by row; see {@link BatchComparison#DEFAULT}. Metadata,
   * ids of dictionaries, bytes under nulls and how values are laid out in memory play no part.
   *
   * @throws IllegalStateException when one is closed
   */
  @Override
  public boolean equals(Object other) {
    return other == this
        || other instanceof RecordBatch batch && BatchComparison.DEFAULT.areEqual(this, batch);
  }

  /**
   * Returns a hash of the schema and the first rows.
   *
   * @throws IllegalStateException when the batch is closed
   */
  @Override
  public int hashCode() {
    return BatchComparison.hash(schema, List.of(this));
  }

  /** Returns the first rows as a table, or that the batch is closed. */
  @Override
  public String toString() {
    String head = "RecordBatch of " + rowCount + " rows, " + columns.length + " columns";
    return handle.lease().isOpen()
        ? head + "\n" + TextTable.of(schema, List.of(this), TextTable.DEFAULT_ROWS)
        : head + " (closed)";
  }
}
