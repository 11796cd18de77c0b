package io.nanoarrow.crosscheck;

import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A participant that says what a test tells it to. */
final class Fake implements Participant {
  private final String id;
  Schema schema;
  Metadata footer = Metadata.EMPTY;
  KnownFaults faults;
  RuntimeException failure;
  int failureAt = Integer.MAX_VALUE;
  final List<List<ColumnData>> batches = new ArrayList<>();
  final List<Metadata> batchMetadata = new ArrayList<>();
  int openBatches;
  int opened;

  Fake(String id) {
    this.id = id;
  }

  /** Adds a batch and, with the first one, the schema. */
  Fake batch(ColumnData... columns) {
    batches.add(List.of(columns));
    batchMetadata.add(Metadata.EMPTY);
    if (schema == null) {
      schema =
          new Schema(
              java.util.Arrays.stream(columns).map(ColumnData::field).toList(), Metadata.EMPTY);
    }
    return this;
  }

  Fake fields(Field... fields) {
    schema = Schema.of(fields);
    return this;
  }

  /** Fails when batch {@code at} is asked for, -1 when it is opened. */
  Fake fail(int at, RuntimeException e) {
    failure = e;
    failureAt = at;
    return this;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String unavailableReason() {
    return null;
  }

  @Override
  public KnownFaults knownFaults() {
    return faults;
  }

  @Override
  public Decoding open(Source source) {
    opened++;
    if (failureAt < 0) {
      throw failure;
    }
    return new Decoding() {
      private int next;

      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public Metadata footerMetadata() {
        return footer;
      }

      @Override
      public Batch next() throws IOException {
        if (next == failureAt) {
          throw failure;
        }
        if (next == batches.size()) {
          return null;
        }
        openBatches++;
        return new FakeBatch(next++);
      }

      @Override
      public void close() {}
    };
  }

  private final class FakeBatch implements Batch {
    private final int index;

    FakeBatch(int index) {
      this.index = index;
    }

    @Override
    public long rowCount() {
      return batches.get(index).isEmpty() ? 0 : batches.get(index).get(0).length();
    }

    @Override
    public Metadata metadata() {
      return batchMetadata.get(index);
    }

    @Override
    public List<ColumnData> columns() {
      return batches.get(index);
    }

    @Override
    public void close() {
      openBatches--;
    }
  }
}
