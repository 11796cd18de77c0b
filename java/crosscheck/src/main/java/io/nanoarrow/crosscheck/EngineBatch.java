package io.nanoarrow.crosscheck;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** A batch that an engine or the C Data bridge made; closing it gives its one use back. */
record EngineBatch(BatchData data, List<ColumnData> columns) implements Participant.Batch {
  static EngineBatch of(Schema schema, BatchData takeData) {
    try {
      List<ColumnData> columns = new ArrayList<>(schema.fields().size());
      for (int i = 0; i < schema.fields().size(); i++) {
        columns.add(takeData.column(i));
      }
      return new EngineBatch(takeData, columns);
    } catch (Throwable t) {
      takeData.release();
      throw t;
    }
  }

  @Override
  public long rowCount() {
    return data.rowCount();
  }

  @Override
  public Metadata metadata() {
    return data.metadata();
  }

  @Override
  public void close() {
    data.release();
  }
}
