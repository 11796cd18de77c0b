package io.nanoarrow.crosscheck.json;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.error.ErrorKind;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the dictionaries that batches have: JSON holds one an id, so each may only grow from
 * batch to batch. Inner ones come before those that refer to them. One thread.
 */
final class DictionaryCollector implements AutoCloseable {
  /** The longest values so far, and the batch that keeps them. */
  private record Kept(ColumnData values, RecordBatch owner) {}

  private final Map<Long, Field> fields = new LinkedHashMap<>();
  private final Map<Long, Kept> kept = new LinkedHashMap<>();

  /** A collector for the dictionaries that the fields name. */
  DictionaryCollector(List<Field> fields) {
    fields.forEach(this::name);
  }

  private void name(Field field) {
    field.children().forEach(this::name);
    if (field.dictionary() != null) {
      fields.putIfAbsent(field.dictionary().id(), Storage.valuesOf(field));
    }
  }

  /** Tells whether there is nothing to collect. */
  boolean isEmpty() {
    return fields.isEmpty();
  }

  /**
   * Takes the dictionaries of a batch.
   *
   * @throws ArrowFormatException of kind UNSUPPORTED when one was replaced by another
   */
  void add(RecordBatch batch) {
    for (int i = 0; i < batch.columnCount(); i++) {
      add(batch, batch.column(i).data(), batch.column(i).path());
    }
  }

  private void add(RecordBatch batch, ColumnData data, String path) {
    ColumnData values = data.dictionary();
    if (values != null) {
      offer(batch, data.field().dictionary().id(), values, path);
      add(batch, values, path);
    }
    for (ColumnData child : data.children()) {
      add(batch, child, path + "." + child.field().name());
    }
  }

  private void offer(RecordBatch batch, long id, ColumnData values, String path) {
    Kept before = kept.get(id);
    if (before != null && before.values == values) {
      return;
    }
    boolean longer = before == null || values.length() > before.values.length();
    if (before != null && !sameStart(before.values, values)) {
      throw new ArrowFormatException(
          ErrorKind.UNSUPPORTED,
          "dictionary "
              + id
              + " is replaced by another: integration JSON holds one for all batches",
          ArrowFormatException.UNKNOWN_OFFSET,
          path);
    }
    if (longer) {
      kept.put(id, new Kept(values, batch.retain()));
      if (before != null) {
        before.owner.close();
      }
    }
  }

  private static boolean sameStart(ColumnData a, ColumnData b) {
    long count = Math.min(a.length(), b.length());
    try (RecordBatch left = batch(a.field(), a.slice(0, count));
        RecordBatch right = batch(a.field(), b.slice(0, count))) {
      return BatchComparison.DEFAULT.areEqual(left, right);
    }
  }

  private static RecordBatch batch(Field field, ColumnData array) {
    return RecordBatch.of(
        Schema.of(field), BatchData.of(array.length(), List.of(array), Metadata.EMPTY));
  }

  /** Takes each id and its values, those of no rows for a dictionary that no batch has. */
  interface Receiver {
    void accept(long id, ColumnData values) throws java.io.IOException;
  }

  /** Gives all that was collected; the arrays live until this is closed. */
  void forEach(Receiver receiver) throws java.io.IOException {
    for (Map.Entry<Long, Field> each : fields.entrySet()) {
      Kept found = kept.get(each.getKey());
      receiver.accept(each.getKey(), found == null ? empty(each.getValue()) : found.values);
    }
  }

  private static ColumnData empty(Field field) {
    List<ArrowBuffer> buffers = new ArrayList<>(List.of(ArrowBuffer.EMPTY));
    if (!Storage.isView(field.type())) {
      buffers.add(ArrowBuffer.EMPTY);
    }
    List<ColumnData> children =
        field.dictionary() != null
            ? List.of()
            : field.children().stream().map(DictionaryCollector::empty).toList();
    return new ColumnData(field, 0, 0, 0, null, buffers, children, null);
  }

  @Override
  public void close() {
    kept.values().forEach(each -> each.owner.close());
    kept.clear();
  }
}
