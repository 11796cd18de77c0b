package io.nanoarrow.crosscheck.json;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.compare.Difference;
import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.schema.Metadata;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares a stream or file with integration JSON: schema, metadata, number of batches, and each
 * column's values as rows mean them (bytes under nulls, run boundaries and offsets play no part;
 * any NaN is any other), dictionaries whole. Arrow data is validated in full meanwhile. Memory
 * holds one batch of each side. Any thread.
 */
public final class IntegrationCheck {
  private final @Nullable String engine;
  private final Quirks quirks;

  /**
   * A check.
   *
   * @param engine reads the Arrow data, by id; null for the default one
   * @param quirks what is let pass
   */
  public IntegrationCheck(@Nullable String engine, Quirks quirks) {
    this.engine = engine;
    this.quirks = quirks;
  }

  /**
   * Returns where the Arrow data first differs from the JSON text, or null.
   *
   * @param json plain or compressed by gzip
   * @param arrow a stream or a file
   * @throws IOException when reading fails
   * @throws ArrowFormatException when one of them cannot be read
   */
  public @Nullable IntegrationDifference firstDifference(Path json, Path arrow) throws IOException {
    ReadOptions options =
        ReadOptions.builder()
            .engine(engine)
            .validation(quirks.any() ? ValidationLevel.DEFAULT : ValidationLevel.FULL)
            .build();
    try (IntegrationReader expected = IntegrationReader.open(json);
        BatchReader actual = ArrowIpc.open(arrow, options)) {
      IntegrationDifference found = SchemaMatch.firstDifference(expected.schema(), actual.schema());
      return found != null ? found : batches(expected, actual);
    }
  }

  private @Nullable IntegrationDifference batches(IntegrationReader expected, BatchReader actual)
      throws IOException {
    DictionaryMatch dictionaries = new DictionaryMatch();
    for (long index = 0; ; index++) {
      try (RecordBatch json = expected.next();
          RecordBatch arrow = actual.next()) {
        if (json == null && arrow == null) {
          return dictionaries.incomplete();
        } else if (json == null || arrow == null) {
          return counts(
              index + (json == null ? 0 : 1 + rest(expected)),
              index + (arrow == null ? 0 : 1 + rest(actual)));
        }
        IntegrationDifference found = batch(index, json, arrow, dictionaries);
        if (found != null) {
          return found;
        }
      }
    }
  }

  private static IntegrationDifference counts(long json, long arrow) {
    return new IntegrationDifference(
        IntegrationDifference.NOWHERE,
        "",
        "batches",
        IntegrationDifference.NOWHERE,
        String.valueOf(json),
        String.valueOf(arrow));
  }

  private static long rest(IntegrationReader reader) throws IOException {
    long count = 0;
    for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
      batch.close();
      count++;
    }
    return count;
  }

  private static long rest(BatchReader reader) throws IOException {
    long count = 0;
    for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
      batch.close();
      count++;
    }
    return count;
  }

  private @Nullable IntegrationDifference batch(
      long index, RecordBatch json, RecordBatch arrow, DictionaryMatch dictionaries) {
    if (json.rowCount() != arrow.rowCount()) {
      return new IntegrationDifference(
          index,
          "",
          "rows",
          IntegrationDifference.NOWHERE,
          String.valueOf(json.rowCount()),
          String.valueOf(arrow.rowCount()));
    }
    Difference found = valueDifference(json, arrow);
    if (found != null) {
      return new IntegrationDifference(
          index, found.columnPath(), "value", found.row(), found.left(), found.right());
    }
    for (int i = 0; i < json.columnCount(); i++) {
      Column column = arrow.column(i);
      IntegrationDifference other =
          dictionaries.firstDifference(index, column.path(), json.column(i).data(), column.data());
      if (other == null && quirks.any()) {
        other = new ContentRules(quirks, index).firstBreach(column);
      }
      if (other != null) {
        return other;
      }
    }
    return null;
  }

  /** Compares values only: schemas have been compared, with names that mean nothing left out. */
  private static @Nullable Difference valueDifference(RecordBatch json, RecordBatch arrow) {
    List<ColumnData> arrays = new ArrayList<>();
    for (int i = 0; i < arrow.columnCount(); i++) {
      arrays.add(arrow.column(i).data());
    }
    BatchData borrowed = BatchData.of(arrow.rowCount(), arrays, Metadata.EMPTY);
    try (RecordBatch renamed = RecordBatch.of(json.schema(), borrowed)) {
      return BatchComparison.DEFAULT.firstDifference(json, renamed);
    }
  }
}
