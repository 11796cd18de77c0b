package io.nanoarrow.crosscheck.json;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.crosscheck.ContentCheck;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads integration JSON, plain or compressed by gzip: schema and dictionaries when it is opened,
 * then batch by batch. The keys of the outermost object may stand in any order. One thread.
 *
 * <p>Half floats are numbers, rounded to the nearest half; floats may also be "NaN", "Infinity" and
 * "-Infinity". Lengths are checked against each other, and where offsets, views, type ids, run ends
 * and indices point.
 *
 * <p>Methods throw {@link io.nanoarrow.error.ArrowFormatException} with line and column of the
 * text: of kind TRUNCATED when it ends early, INVALID_DATA when it is no integration JSON,
 * LIMIT_EXCEEDED when a buffer is larger than an array.
 */
public final class IntegrationReader implements AutoCloseable {
  private final Path path;
  private final Schema schema;
  private final DictionaryTable dictionaries;
  private final ContentCheck content = new ContentCheck();
  private @Nullable JsonInput batches;
  private boolean ended;

  private IntegrationReader(Path path) throws IOException {
    this.path = path;
    try (JsonInput in = JsonInput.open(path)) {
      if (!in.seek("schema")) {
        throw in.invalid("no schema");
      }
      schema = new SchemaParser(in).schema();
    }
    dictionaries = new DictionaryTable(schema.fields());
    if (!dictionaries.isEmpty()) {
      try (JsonInput in = JsonInput.open(path)) {
        if (in.seek("dictionaries")) {
          dictionaries.read(in);
        }
      }
    }
  }

  /**
   * Opens a text.
   *
   * @throws IOException when reading fails
   */
  public static IntegrationReader open(Path path) throws IOException {
    return new IntegrationReader(path);
  }

  /** Returns the schema. */
  public Schema schema() {
    return schema;
  }

  /**
   * Returns the next batch, which the caller closes, or null at the end. Its memory is the heap's.
   *
   * @throws IOException when reading fails
   */
  public @Nullable RecordBatch next() throws IOException {
    if (ended) {
      return null;
    }
    if (batches == null) {
      batches = JsonInput.open(path);
      if (!batches.seek("batches")) {
        throw batches.invalid("no batches");
      }
      batches.beginArray();
    }
    if (!batches.nextElement()) {
      batches.finish();
      ended = true;
      return null;
    }
    return batch(batches);
  }

  private RecordBatch batch(JsonInput in) throws IOException {
    long[] count = {-1};
    List<ColumnData> columns = new ArrayList<>();
    in.object(
        key -> {
          switch (key) {
            case "count" -> count[0] = in.integer();
            case "columns" -> in.array(() -> columns.add(column(in, columns.size())));
            default -> {
              return false;
            }
          }
          return true;
        });
    if (count[0] < 0 || columns.size() != schema.fields().size()) {
      throw in.invalid("a batch without its count or with too few columns");
    }
    for (ColumnData column : columns) {
      if (column.length() != count[0]) {
        throw in.invalid("a column with another count than its batch: " + column.field().name());
      }
    }
    content.check(columns);
    return RecordBatch.of(schema, BatchData.of(count[0], columns, Metadata.EMPTY));
  }

  private ColumnData column(JsonInput in, int index) throws IOException {
    List<Field> fields = schema.fields();
    if (index == fields.size()) {
      throw in.invalid("more columns than the schema has");
    }
    return dictionaries.link(ColumnParser.parse(in, fields.get(index)));
  }

  @Override
  public void close() throws IOException {
    ended = true;
    if (batches != null) {
      batches.close();
    }
  }
}
