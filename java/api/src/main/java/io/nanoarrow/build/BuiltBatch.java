package io.nanoarrow.build;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.MemoryRegion;
import io.nanoarrow.schema.Metadata;
import java.util.List;

/** The content of a built batch: arrays and the uses of memory that keep them. */
final class BuiltBatch extends BatchData {
  private final List<ColumnData> columns;
  private final Metadata metadata;
  private final List<MemoryRegion> regions;

  BuiltBatch(
      long rowCount, List<ColumnData> columns, Metadata metadata, List<MemoryRegion> takeRegions) {
    super(rowCount);
    this.columns = columns;
    this.metadata = metadata;
    this.regions = takeRegions;
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
    regions.forEach(MemoryRegion::release);
  }
}
