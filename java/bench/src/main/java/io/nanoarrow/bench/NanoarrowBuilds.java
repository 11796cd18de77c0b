package io.nanoarrow.bench;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.build.BatchBuilder;
import io.nanoarrow.build.DoubleBuilder;
import io.nanoarrow.build.IntBuilder;
import io.nanoarrow.build.LongBuilder;
import io.nanoarrow.build.Utf8Builder;
import io.nanoarrow.schema.ArrowType;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.FloatingPointPrecision;
import io.nanoarrow.schema.Schema;

/** Builds batches with our builders. */
final class NanoarrowBuilds {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("id", new ArrowType.Int(64, true)),
          Field.of("price", new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE)),
          Field.of("name", new ArrowType.Utf8()),
          Field.of("count", new ArrowType.Int(32, true)));

  private NanoarrowBuilds() {}

  /** Returns a number that depends on the last row of each batch, the same for every library. */
  static double build(BuilderRows rows, int rowCount, int batchRows) {
    double check = 0;
    try (BatchBuilder builder = BatchBuilder.of(SCHEMA)) {
      LongBuilder ids = builder.column("id").asLong();
      DoubleBuilder prices = builder.column("price").asDouble();
      Utf8Builder names = builder.column("name").asUtf8();
      IntBuilder counts = builder.column("count").asInt();
      for (int done = 0; done < rowCount; done += batchRows) {
        int count = Math.min(batchRows, rowCount - done);
        append(rows, count, ids, prices, names, counts);
        try (RecordBatch batch = builder.build()) {
          check += check(batch);
        }
      }
    }
    return check;
  }

  private static void append(
      BuilderRows rows,
      int count,
      LongBuilder ids,
      DoubleBuilder prices,
      Utf8Builder names,
      IntBuilder counts) {
    for (int row = 0; row < count; row++) {
      int i = row & BuilderRows.MASK;
      ids.append(rows.ids[i]);
      prices.append(rows.prices[i]);
      names.append(rows.names[i]);
      if (rows.hasCount[i]) {
        counts.append(rows.counts[i]);
      } else {
        counts.appendNull();
      }
    }
  }

  private static double check(RecordBatch batch) {
    long last = batch.rowCount() - 1;
    return batch.column(0).asLong().getLong(last)
        + batch.column(1).asDouble().getDouble(last)
        + batch.column(2).asUtf8().byteLength(last)
        + batch.column(3).nullCount();
  }
}
