package io.nanoarrow.write;

import static io.nanoarrow.testing.TestArrays.array;
import static io.nanoarrow.testing.TestArrays.i16;
import static io.nanoarrow.testing.TestArrays.ints;
import static io.nanoarrow.testing.TestArrays.named;
import static io.nanoarrow.testing.TestArrays.nested;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class RechunkStageTest {
  private final FakeEncoder encoder = new FakeEncoder();

  private WriteSession session(Schema schema, long batchRows) throws IOException {
    WriteOptions options = WriteOptions.builder().batchRows(batchRows).build();
    FailingSink sink = new FailingSink(Long.MAX_VALUE);
    return WriteSession.begin(schema, encoder, sink, Framing.stream(options), options);
  }

  private List<String> batches() {
    return encoder.log.stream().filter(line -> line.startsWith("batch")).toList();
  }

  private static ColumnData runs(long rows) {
    ColumnData ends = named("run_ends", array(new ArrowType.Int(16, true), 1, i16(rows)));
    return nested(new ArrowType.RunEndEncoded(), rows, List.of(), ends, ints(1));
  }

  private static void write(WriteSession session, long rows, ColumnData... columns)
      throws IOException {
    BatchData data = BatchData.of(rows, List.of(columns), Metadata.EMPTY);
    session.write(new BatchRows(data, 0, rows), Metadata.EMPTY);
    data.release();
  }

  @Test
  void whatOneArrayCannotHoldStaysInSeveralBatches() throws IOException {
    ColumnData column = runs(20_000);
    WriteSession session = session(Schema.of(column.field()), 1_000_000);
    for (int i = 0; i < 3; i++) {
      write(session, 20_000, column);
    }
    session.close();
    assertEquals(
        60_000, batches().stream().mapToLong(line -> Long.parseLong(line.substring(9))).sum());
    assertEquals(3, batches().size());
  }

  @Test
  void rowsWithoutColumnsAreCounted() throws IOException {
    WriteSession session = session(Schema.of(), 10);
    write(session, 7);
    write(session, 0);
    write(session, 15);
    session.close();
    assertEquals(List.of("batch of 10", "batch of 10", "batch of 2"), batches());
  }

  @Test
  void whatIsHeldBackIsReleasedWithoutBeingWritten() throws IOException {
    ColumnData column = ints(1, 2);
    BatchData data = new DerivedBatch(2, List.of(column), Metadata.EMPTY, List.of());
    WriteSession session = session(Schema.of(column.field()), 10);
    session.write(new BatchRows(data, 0, 2), Metadata.EMPTY);
    session.abort();
    data.release();
    org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, data::retain);
    assertEquals(List.of(), batches());
  }
}
