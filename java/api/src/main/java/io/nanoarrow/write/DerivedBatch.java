package io.nanoarrow.write;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Metadata;
import java.util.List;

/** Content made from that of other batches, which are kept with it. */
final class DerivedBatch extends BatchData {
  private final List<ColumnData> columns;
  private final Metadata metadata;
  private final List<BatchData> sources;

  /**
   * Content with one use, the maker's.
   *
   * @param borrowSources retained until the last release
   */
  DerivedBatch(
      long rowCount, List<ColumnData> columns, Metadata metadata, List<BatchData> borrowSources) {
    super(rowCount);
    this.columns = List.copyOf(columns);
    this.metadata = metadata;
    this.sources = List.copyOf(borrowSources);
    this.sources.forEach(BatchData::retain);
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public ColumnData column(int index) {
    return columns.get(index);
  }

  @Override
  protected void free() {
    sources.forEach(BatchData::release);
  }
}
