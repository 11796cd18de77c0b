package io.nanoarrow.build;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.Lease;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.MemoryStats;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes record batches of one schema from Java values. Values are appended to each column, row
 * after row or column after column; {@link #build} makes a batch of them, and the same builder,
 * with the same column builders, goes on with the next.
 *
 * <pre>{@code
 * try (BatchBuilder builder = BatchBuilder.of(schema)) {
 *   LongBuilder ids = builder.column("id").asLong();
 *   Utf8Builder names = builder.column("name").asUtf8();
 *   for (Person person : people) {
 *     ids.append(person.id());
 *     names.append(person.name());
 *   }
 *   try (RecordBatch batch = builder.build()) {
 *     writer.write(batch);
 *   }
 * }
 * }</pre>
 *
 * <p>Values lie in direct memory, which counts against {@code -XX:MaxDirectMemorySize}. A batch
 * takes it over without a copy. When the batch is closed the builder uses it again, so that a loop
 * that builds, writes and closes needs memory for one or two batches however long it runs. Memory
 * that the builder does not keep, and all of it after {@link #close}, is freed when the garbage
 * collector finds it. No buffer of a column can be larger than 2 GiB.
 *
 * <p>For one thread at a time; batches are for any.
 */
public final class BatchBuilder implements AutoCloseable {
  private final Schema schema;
  private final Lease lease = new Lease("BatchBuilder");
  private final BuilderMemory memory = new BuilderMemory(lease);
  private final ColumnBuilder[] columns;

  private BatchBuilder(Schema schema, long expectedRows) {
    this.schema = schema;
    ColumnBuilders builders = new ColumnBuilders(memory);
    columns = new ColumnBuilder[schema.fields().size()];
    for (int i = 0; i < columns.length; i++) {
      Field field = schema.fields().get(i);
      columns[i] = builders.of(field, field.name(), expectedRows);
    }
    MemoryStats.countHandle(1);
  }

  /**
   * Returns an empty builder, which the caller closes.
   *
   * @throws IllegalArgumentException when a field breaks the format
   */
  public static BatchBuilder of(Schema schema) {
    return new BatchBuilder(schema, 0);
  }

  /**
   * Returns an empty builder, which the caller closes.
   *
   * @param expectedRows rows of the first batch: memory for them is allocated at once. Later
   *     batches begin with as much as the one before had
   * @throws IllegalArgumentException when a field breaks the format
   */
  public static BatchBuilder of(Schema schema, int expectedRows) {
    return new BatchBuilder(schema, Math.max(0, expectedRows));
  }

  /** Returns the schema of the batches. */
  public Schema schema() {
    return schema;
  }

  /** Returns the number of columns. */
  public int columnCount() {
    return columns.length;
  }

  /**
   * Returns the builder of a column; the same object each time.
   *
   * @throws IndexOutOfBoundsException when there is no such column
   */
  public ColumnBuilder column(int index) {
    return columns[index];
  }

  /**
   * Returns the builder of the first column of this name.
   *
   * @throws IllegalArgumentException when there is none, naming those there are
   */
  public ColumnBuilder column(String name) {
    int index = schema.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no column \""
              + name
              + "\"; there are "
              + schema.fields().stream().map(Field::name).toList());
    }
    return columns[index];
  }

  /** Returns the number of rows that every column has. */
  public long rowCount() {
    long rows = columns.length == 0 ? 0 : Long.MAX_VALUE;
    for (ColumnBuilder column : columns) {
      rows = Math.min(rows, column.length);
    }
    return rows;
  }

  /**
   * Appends a row, as {@link ColumnBuilder#appendObject} takes values.
   *
   * @param values one for each column
   * @throws IllegalArgumentException when a column cannot hold its value, or there are more or
   *     fewer values than columns; nothing is appended then
   * @throws IllegalStateException when the columns have not the same number of rows
   */
  public void appendRow(@Nullable Object... values) {
    if (values.length != columns.length) {
      throw new IllegalArgumentException(
          values.length + " values for " + columns.length + " columns");
    }
    long rows = ensureEqualRows();
    try {
      for (int i = 0; i < columns.length; i++) {
        columns[i].appendObject(values[i]);
      }
    } catch (RuntimeException | Error e) {
      truncate(rows);
      throw e;
    }
  }

  /**
   * Forgets all rows from {@code rowCount} on, in each column that has them, and what was begun of
   * another: the way back after an exception halfway through a row. Values that were added to a
   * dictionary stay in it.
   */
  public void truncate(long rowCount) {
    lease.ensureOpen();
    if (rowCount < 0) {
      throw new IllegalArgumentException(rowCount + " rows");
    }
    for (ColumnBuilder column : columns) {
      column.truncate(rowCount);
    }
  }

  /** Forgets all rows; memory and dictionaries stay. */
  public void clear() {
    truncate(0);
  }

  /** Returns {@link #build(Metadata)} without metadata. */
  public RecordBatch build() {
    return build(Metadata.EMPTY);
  }

  /**
   * Makes a batch of the rows appended, perhaps none, and begins with the next one. Nothing is
   * copied.
   *
   * @param metadata key-values of the batch
   * @return the batch, which the caller closes; it outlives the builder
   * @throws IllegalStateException when the columns have not the same number of rows, or a list,
   *     struct, union or run is unfinished, naming the column; nothing is lost then
   */
  public RecordBatch build(Metadata metadata) {
    lease.ensureOpen();
    long rows = ensureEqualRows();
    for (ColumnBuilder column : columns) {
      column.ensureComplete();
    }
    Output out = new Output(false);
    List<ColumnData> arrays = new ArrayList<>(columns.length);
    for (ColumnBuilder column : columns) {
      arrays.add(column.finish(out));
    }
    memory.keepFor(out.regions().stream().mapToLong(MemoryRegion::sizeBytes).sum());
    return RecordBatch.of(schema, new BuiltBatch(rows, arrays, metadata, out.regions()));
  }

  private long ensureEqualRows() {
    lease.ensureOpen();
    for (ColumnBuilder column : columns) {
      if (column.length != columns[0].length) {
        throw new IllegalStateException(
            "column "
                + column.path()
                + " has "
                + column.length
                + " rows, column "
                + columns[0].path()
                + " has "
                + columns[0].length);
      }
    }
    return columns.length == 0 ? 0 : columns[0].length;
  }

  /** Gives the memory up; batches that were built stay. Closing twice is harmless. */
  @Override
  public void close() {
    if (!lease.close()) {
      return;
    }
    for (ColumnBuilder column : columns) {
      column.release();
    }
    memory.close();
    MemoryStats.countHandle(-1);
  }
}
