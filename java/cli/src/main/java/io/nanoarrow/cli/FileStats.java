package io.nanoarrow.cli;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.FileReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.crosscheck.Source;
import io.nanoarrow.crosscheck.wire.WireMessage;
import io.nanoarrow.crosscheck.wire.WireScan;
import io.nanoarrow.inspect.WireBuffer;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.memory.ArrowBuffer;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What one stream or file holds.
 *
 * @param file whether it is of the file format
 * @param batches record batches
 * @param rows rows of all batches
 * @param nulls nulls of each column, in the schema's order
 * @param columns the buffers of each column, those of its dictionary among them
 * @param fileBytes the size of the whole
 * @param wireBytes record and dictionary batches as they lie there, with metadata and padding
 * @param bodyBytes their bodies, with padding
 * @param decodedBytes buffers of record batches and dictionaries after decompression; a dictionary
 *     is counted once for each version of it
 * @param codec "none", or what bodies are compressed with
 * @param read what the engine counted
 */
record FileStats(
    boolean file,
    Schema schema,
    long batches,
    long rows,
    List<Long> nulls,
    List<ColumnBytes> columns,
    long fileBytes,
    long wireBytes,
    long bodyBytes,
    long decodedBytes,
    String codec,
    long dictionaries,
    ReadStats read) {

  /**
   * The buffers of a column, all batches together.
   *
   * @param wireBytes as they lie there, without padding
   * @param decodedBytes after decompression
   */
  record ColumnBytes(long wireBytes, long decodedBytes) {}

  static FileStats of(Path path, BatchReader reader) throws IOException {
    Schema schema = reader.schema();
    long[] nulls = new long[schema.fields().size()];
    long batches = 0;
    long rows = 0;
    DecodedBytes decoded = new DecodedBytes();
    while (true) {
      try (RecordBatch batch = reader.next()) {
        if (batch == null) {
          break;
        }
        batches++;
        rows += batch.rowCount();
        for (int i = 0; i < nulls.length; i++) {
          nulls[i] += batch.column(i).nullCount();
          decoded.add(batch.column(i).data());
        }
      }
    }
    List<Long> nullList = new ArrayList<>();
    for (long count : nulls) {
      nullList.add(count);
    }
    long wire = 0;
    long body = 0;
    TreeSet<String> codecs = new TreeSet<>();
    TreeSet<Long> dictionaries = new TreeSet<>();
    for (WireMessage message : WireScan.messages(Source.of(path))) {
      boolean dictionary = message.kind() == WireMessage.Kind.DICTIONARY_BATCH;
      if (dictionary || message.kind() == WireMessage.Kind.RECORD_BATCH) {
        wire += message.metadataBytes() + message.bodyBytes();
        body += message.bodyBytes();
        codecs.add(message.codec() == null ? "none" : message.codec());
      }
      if (dictionary) {
        dictionaries.add(message.dictionaryId());
      }
    }
    return new FileStats(
        reader instanceof FileReader,
        schema,
        batches,
        rows,
        nullList,
        columns(path, schema.fields().size()),
        Files.size(path),
        wire,
        body,
        decoded.total,
        codecs.isEmpty() ? "none" : String.join(", ", codecs),
        dictionaries.size(),
        reader.stats());
  }

  private static List<ColumnBytes> columns(Path path, int count) throws IOException {
    long[] wire = new long[count];
    long[] decoded = new long[count];
    for (var message : ArrowIpc.inspect(path, ReadOptions.DEFAULT).messages()) {
      for (WireBuffer buffer : message.buffers()) {
        if (buffer.column() >= 0) {
          wire[buffer.column()] += buffer.sizeBytes();
          decoded[buffer.column()] += Math.max(0, buffer.decodedBytes());
        }
      }
    }
    List<ColumnBytes> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      columns.add(new ColumnBytes(wire[i], decoded[i]));
    }
    return columns;
  }

  /** Adds buffers up; one thread. */
  private static final class DecodedBytes {
    private final Map<ColumnData, Boolean> counted = new IdentityHashMap<>();
    private long total;

    void add(ColumnData data) {
      ArrowBuffer validity = data.validity();
      total += validity == null ? 0 : validity.sizeBytes();
      for (ArrowBuffer buffer : data.buffers()) {
        total += buffer.sizeBytes();
      }
      data.children().forEach(this::add);
      ColumnData dictionary = data.dictionary();
      if (dictionary != null && counted.put(dictionary, true) == null) {
        add(dictionary);
      }
    }
  }
}
