package io.nanoarrow.pure.encode;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.pure.PureEngine;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.EngineEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** Streams made with the encoder under test, and what is read from them. */
final class Written {
  /** Reads with every check that there is. */
  static final ReadOptions HARDENED = ReadOptions.hardened().toBuilder().engine("pure").build();

  private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};
  private static final byte[] LEGACY_END = {0, 0, 0, 0};

  private Written() {}

  static EngineEncoder encoder(Schema schema, WriteOptions options) {
    return new PureEngine().newEncoder(schema, options);
  }

  static Schema schema(ColumnData... columns) {
    return Schema.of(Arrays.stream(columns).map(ColumnData::field).toArray(Field[]::new));
  }

  static BatchRows rows(ColumnData... columns) {
    long count = columns.length == 0 ? 0 : columns[0].length();
    return rows(0, count, columns);
  }

  static BatchRows rows(long start, long count, ColumnData... columns) {
    long there = columns.length == 0 ? start + count : columns[0].length();
    BatchData data = BatchData.of(there, List.of(columns), Metadata.EMPTY);
    return new BatchRows(data, start, count);
  }

  /** Returns a stream of one batch with the dictionaries that its columns have. */
  static byte[] stream(Schema schema, WriteOptions options, BatchRows rows) {
    try (EngineEncoder encoder = encoder(schema, options)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      add(out, encoder.schema(0));
      for (int i = 0; i < schema.fields().size(); i++) {
        Field field = schema.fields().get(i);
        if (field.dictionary() != null) {
          ColumnData values = rows.data().column(i).dictionary();
          add(out, encoder.dictionary(out.size(), field.dictionary().id(), false, values));
        }
      }
      add(out, encoder.batch(out.size(), rows, rows.data().metadata()));
      out.writeBytes(options.legacyFormat() ? LEGACY_END : END);
      return out.toByteArray();
    }
  }

  static byte[] bytes(EncodedMessage message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    add(out, message);
    return out.toByteArray();
  }

  static void add(ByteArrayOutputStream out, EncodedMessage message) {
    long before = out.size();
    for (ByteBuffer part : message.buffers()) {
      byte[] copy = new byte[part.remaining()];
      part.duplicate().get(copy);
      out.writeBytes(copy);
    }
    if (out.size() - before != message.sizeBytes()) {
      throw new AssertionError((out.size() - before) + " bytes, not " + message.sizeBytes());
    }
  }

  /** Returns the one batch of a stream, which the caller closes. */
  static RecordBatch read(byte[] stream) throws IOException {
    try (BatchReader reader = ArrowIpc.openStream(ByteBuffer.wrap(stream), HARDENED)) {
      RecordBatch batch = reader.next();
      if (batch == null || reader.next() != null) {
        throw new AssertionError("not one batch");
      }
      return batch;
    }
  }

  /** Returns a batch over rows, which the caller closes. */
  static RecordBatch batch(Schema schema, BatchRows rows) {
    try (RecordBatch whole = RecordBatch.of(schema, rows.data())) {
      return whole.slice(rows.start(), rows.rowCount());
    }
  }
}
