package io.nanoarrow.pure;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.pure.body.ArrayMaker;
import io.nanoarrow.pure.body.ArrayTable;
import io.nanoarrow.pure.dictionary.DictionarySet;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.spi.Projection;
import org.jspecify.annotations.Nullable;

/** A record batch: its checked table, its body, its dictionaries. */
final class PureBatch extends BatchData {
  private final ArrayTable table;
  private final @Nullable Projection projection;
  private final DictionarySet dictionaries;
  private final Metadata metadata;

  /** Written without a lock: an array made twice is the same. */
  private final @Nullable ColumnData[] columns;

  /** A batch that takes over the table's use of the body and adds a use to the dictionaries. */
  PureBatch(
      ArrayTable takeTable,
      @Nullable Projection projection,
      DictionarySet dictionaries,
      Metadata metadata) {
    super(takeTable.rowCount());
    this.table = takeTable;
    this.dictionaries = dictionaries;
    this.metadata = metadata;
    this.projection = projection;
    int count = projection == null ? takeTable.plan().columnCount() : projection.columns().size();
    this.columns = new ColumnData[count];
    dictionaries.retain();
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public ColumnData column(int index) {
    ColumnData column = columns[index];
    if (column == null) {
      column =
          projection == null
              ? ArrayMaker.column(table, index, dictionaries)
              : ArrayMaker.column(table, projection.columns().get(index), dictionaries);
      columns[index] = column;
    }
    return column;
  }

  @Override
  protected void free() {
    table.release();
    dictionaries.release();
  }
}
