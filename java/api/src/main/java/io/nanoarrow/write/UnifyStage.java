package io.nanoarrow.write;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.DictionaryEncoding;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the dictionaries of all batches, so that each id has one that only grows, and rewrites the
 * indices into it.
 */
final class UnifyStage implements Stage {
  private final int columnCount;
  private final DictionaryFields fields;
  private final DictionaryRelation.Finder relations;
  private final Stage next;
  private final Map<Long, MergedDictionary> merged = new HashMap<>();

  UnifyStage(
      Schema schema, DictionaryFields fields, DictionaryRelation.Finder relations, Stage next) {
    this.columnCount = schema.fields().size();
    this.fields = fields;
    this.relations = relations;
    this.next = next;
  }

  /** Merges the dictionaries of a batch that will be written later. */
  void collect(BatchRows borrowRows) {
    for (DictionaryFields.Node node : fields.columns()) {
      rewrite(node, borrowRows.column(node.index()), borrowRows.data());
    }
  }

  @Override
  public void accept(BatchRows borrowRows, Metadata metadata) throws IOException {
    BatchData source = borrowRows.data();
    List<ColumnData> columns = new ArrayList<>(columnCount);
    for (int i = 0; i < columnCount; i++) {
      columns.add(borrowRows.column(i));
    }
    for (DictionaryFields.Node node : fields.columns()) {
      columns.set(node.index(), rewrite(node, columns.get(node.index()), source));
    }
    long rows = borrowRows.rowCount();
    BatchData unified = new DerivedBatch(rows, columns, metadata, List.of(source));
    try {
      next.accept(new BatchRows(unified, 0, rows), metadata);
    } finally {
      unified.release();
    }
  }

  private ColumnData rewrite(DictionaryFields.Node node, ColumnData data, BatchData owner) {
    DictionaryEncoding encoding = node.field().dictionary();
    if (encoding == null) {
      return withChildren(node.below(), data, owner);
    }
    ColumnData source = DictionaryFields.dictionary(node, data);
    ColumnData values = withChildren(node.below(), source, owner);
    MergedDictionary dictionary =
        merged.computeIfAbsent(node.id(), id -> new MergedDictionary(node, relations));
    int[] mapping = dictionary.merge(source, values, owner);
    return IndexRewriter.rewrite(
        data, encoding.indexType(), mapping, dictionary.values(), node.path());
  }

  private ColumnData withChildren(
      List<DictionaryFields.Node> nodes, ColumnData data, BatchData owner) {
    if (nodes.isEmpty()) {
      return data;
    }
    List<ColumnData> children = new ArrayList<>(data.children());
    for (DictionaryFields.Node node : nodes) {
      children.set(node.index(), rewrite(node, children.get(node.index()), owner));
    }
    return new ColumnData(
        data.field(),
        data.length(),
        data.offset(),
        data.nullCount(),
        data.validity(),
        data.buffers(),
        children,
        data.dictionary());
  }

  @Override
  public void finish() {}

  @Override
  public void close() {
    merged.values().forEach(MergedDictionary::close);
    merged.clear();
  }
}
