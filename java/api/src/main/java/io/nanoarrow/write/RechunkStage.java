package io.nanoarrow.write;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.transform.ArrayAppender;
import io.nanoarrow.transform.TooManyValuesException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits and merges batches to so many rows each. What is split is not copied. A batch is shorter
 * where the metadata or a dictionary changes behind it, where one array could not hold more, and at
 * the end. Batches without rows are left out.
 */
final class RechunkStage implements Stage {
  private final long batchRows;
  private final Schema schema;
  private final DictionaryFields fields;
  private final DictionaryRelation.Finder relations;
  private final Stage next;

  /** Rows held back, each with a use of its content. */
  private final List<BatchRows> pending = new ArrayList<>();

  private long pendingRows;
  private Metadata pendingMetadata = Metadata.EMPTY;

  /** The dictionaries of the rows held back. */
  private final Map<Long, ColumnData> dictionaries = new HashMap<>();

  /** One a column, used again for each merged batch; made with the first. */
  private final List<ArrayAppender> appenders = new ArrayList<>();

  RechunkStage(
      long batchRows,
      Schema schema,
      DictionaryFields fields,
      DictionaryRelation.Finder relations,
      Stage next) {
    this.batchRows = batchRows;
    this.schema = schema;
    this.fields = fields;
    this.relations = relations;
    this.next = next;
  }

  @Override
  public void accept(BatchRows borrowRows, Metadata metadata) throws IOException {
    BatchData data = borrowRows.data();
    long rows = borrowRows.rowCount();
    if (pendingRows > 0 && rows > 0 && !goesWith(data, metadata)) {
      flush();
    }
    for (long at = 0; at < rows; ) {
      long count = Math.min(batchRows - pendingRows, rows - at);
      data.retain();
      pending.add(new BatchRows(data, borrowRows.start() + at, count));
      pendingRows += count;
      pendingMetadata = metadata;
      at += count;
      if (pendingRows == batchRows) {
        flush();
      }
    }
    if (pendingRows > 0) {
      fields.visit(data, this::note);
    }
  }

  private void note(DictionaryFields.Node node, ColumnData values) {
    ColumnData longer = dictionaries.get(node.id());
    if (longer == null || longer.length() < values.length()) {
      dictionaries.put(node.id(), values);
    }
  }

  private boolean goesWith(BatchData data, Metadata metadata) {
    boolean[] fits = {metadata.equals(pendingMetadata)};
    if (fits[0]) {
      fields.visit(
          data,
          (node, values) -> {
            ColumnData known = dictionaries.get(node.id());
            if (fits[0] && known != null) {
              fits[0] = relations.find(known, values, node.path()) != DictionaryRelation.DIFFERS;
            }
          });
    }
    return fits[0];
  }

  private void flush() throws IOException {
    try {
      write(pending);
    } finally {
      close();
    }
  }

  private void write(List<BatchRows> parts) throws IOException {
    if (parts.size() == 1) {
      next.accept(parts.get(0), pendingMetadata);
      return;
    }
    BatchData merged;
    try {
      merged = merge(parts);
    } catch (TooManyValuesException e) {
      int half = parts.size() / 2;
      write(parts.subList(0, half));
      write(parts.subList(half, parts.size()));
      return;
    }
    try {
      next.accept(new BatchRows(merged, 0, merged.rowCount()), pendingMetadata);
    } finally {
      merged.release();
    }
  }

  private BatchData merge(List<BatchRows> parts) {
    long rows = 0;
    List<BatchData> sources = new ArrayList<>();
    for (BatchRows part : parts) {
      rows += part.rowCount();
      sources.add(part.data());
    }
    List<ColumnData> columns = new ArrayList<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      if (i == appenders.size()) {
        appenders.add(ArrayAppender.of(schema.fields().get(i)));
      }
      ArrayAppender appender = appenders.get(i);
      appender.reset();
      for (BatchRows part : parts) {
        appender.append(part.column(i), 0, part.rowCount());
      }
      columns.add(appender.array());
    }
    return new DerivedBatch(rows, columns, pendingMetadata, sources);
  }

  @Override
  public void finish() throws IOException {
    if (pendingRows > 0) {
      flush();
    }
  }

  @Override
  public void close() {
    pending.forEach(part -> part.data().release());
    pending.clear();
    pendingRows = 0;
    dictionaries.clear();
  }
}
