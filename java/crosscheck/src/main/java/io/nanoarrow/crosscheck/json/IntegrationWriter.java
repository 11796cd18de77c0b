package io.nanoarrow.crosscheck.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import io.nanoarrow.crosscheck.ContentCheck;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes integration JSON of a stream or file: schema, dictionaries, then batch by batch. The input
 * is read twice when it has dictionaries, because they come first. Bytes under nulls are written
 * where values have a fixed width; metadata of batches and footers has no place in the format. Any
 * thread.
 */
public final class IntegrationWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final ReadOptions options;

  /** A writer that reads its input with {@code options}. */
  public IntegrationWriter(ReadOptions options) {
    this.options = options;
  }

  /**
   * Writes the JSON text of Arrow data; under another name first, so that no part of a text has the
   * name of a whole one.
   *
   * @param arrow a stream or a file; no pipe, for it may be read twice
   * @param json replaced when it is there; compressed by gzip when its name ends with ".gz"
   * @throws IOException when reading or writing fails
   * @throws io.nanoarrow.error.ArrowFormatException when the input is wrong, of kind UNSUPPORTED
   *     when a dictionary is replaced on the way or when a text or metadata is not UTF-8
   */
  public void write(Path arrow, Path json) throws IOException {
    if (Files.exists(json) && !Files.isRegularFile(json)) {
      try (OutputStream out = Files.newOutputStream(json)) {
        write(arrow, out);
      }
      return;
    }
    Path partial = json.resolveSibling(json.getFileName() + ".partial");
    try {
      try (OutputStream out = compressed(json, Files.newOutputStream(partial))) {
        write(arrow, out);
      }
      Files.move(partial, json, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private static OutputStream compressed(Path json, OutputStream out) throws IOException {
    return json.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
  }

  /** Writes the JSON text of Arrow data to a stream, which stays open. */
  public void write(Path arrow, OutputStream json) throws IOException {
    try (BatchReader reader = ArrowIpc.open(arrow, options);
        DictionaryCollector dictionaries = new DictionaryCollector(reader.schema().fields())) {
      if (!dictionaries.isEmpty()) {
        try (BatchReader first = ArrowIpc.open(arrow, options)) {
          first.forEachBatch(
              batch -> {
                new ContentCheck().check(arrays(batch));
                dictionaries.add(batch);
              });
        }
      }
      print(reader.schema(), reader::next, dictionaries, json);
    }
  }

  /**
   * Writes the JSON text of batches, which stay open, to a stream, which stays open too.
   *
   * @param schema of all batches
   */
  public static void write(Schema schema, List<RecordBatch> batches, OutputStream json)
      throws IOException {
    try (DictionaryCollector dictionaries = new DictionaryCollector(schema.fields())) {
      batches.forEach(dictionaries::add);
      Iterator<RecordBatch> each = batches.iterator();
      print(schema, () -> each.hasNext() ? each.next().retain() : null, dictionaries, json);
    }
  }

  /** Gives batches, null at the end. */
  private interface Batches {
    @Nullable RecordBatch next() throws IOException;
  }

  private static void print(
      Schema schema, Batches batches, DictionaryCollector dictionaries, OutputStream json)
      throws IOException {
    BufferedOutputStream buffered = new BufferedOutputStream(json);
    JsonGenerator out = FACTORY.createGenerator(buffered);
    out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    out.setPrettyPrinter(new DefaultPrettyPrinter());
    print(schema, batches, dictionaries, out);
    out.writeRaw('\n');
    out.close();
    buffered.flush();
  }

  private static void print(
      Schema schema, Batches batches, DictionaryCollector dictionaries, JsonGenerator out)
      throws IOException {
    ColumnPrinter columns = new ColumnPrinter(out);
    out.writeStartObject();
    out.writeFieldName("schema");
    new SchemaPrinter(out).schema(schema);
    if (!dictionaries.isEmpty()) {
      out.writeArrayFieldStart("dictionaries");
      dictionaries.forEach(
          (id, values) -> {
            out.writeStartObject();
            out.writeNumberField("id", id);
            out.writeObjectFieldStart("data");
            out.writeNumberField("count", values.length());
            out.writeArrayFieldStart("columns");
            columns.column("DICT" + id, values, "DICT" + id);
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndObject();
          });
      out.writeEndArray();
    }
    out.writeArrayFieldStart("batches");
    ContentCheck content = new ContentCheck();
    for (RecordBatch next = batches.next(); next != null; next = batches.next()) {
      try (RecordBatch batch = next) {
        content.check(arrays(batch));
        batch(out, columns, batch);
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void batch(JsonGenerator out, ColumnPrinter columns, RecordBatch batch)
      throws IOException {
    out.writeStartObject();
    out.writeNumberField("count", batch.rowCount());
    out.writeArrayFieldStart("columns");
    for (int i = 0; i < batch.columnCount(); i++) {
      Column column = batch.column(i);
      columns.column(column.field().name(), column.data(), column.path());
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static List<ColumnData> arrays(RecordBatch batch) {
    List<ColumnData> arrays = new ArrayList<>();
    for (int i = 0; i < batch.columnCount(); i++) {
      arrays.add(batch.column(i).data());
    }
    return arrays;
  }
}
