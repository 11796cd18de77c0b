package io.nanoarrow.bench;

import io.nanoarrow.ArrowIpc;
import io.nanoarrow.BatchReader;
import io.nanoarrow.RecordBatch;
import io.nanoarrow.column.Column;
import io.nanoarrow.column.DoubleColumn;
import io.nanoarrow.column.IntColumn;
import io.nanoarrow.column.LongColumn;
import io.nanoarrow.options.ReadOptions;
import java.io.IOException;
import java.nio.file.Path;

/** Reads a whole stream or file with one of our engines. */
final class NanoarrowReads {
  private NanoarrowReads() {}

  /** Returns a number that depends on the work, the same for every reader. */
  static double read(Path path, Work work, ReadOptions options) throws IOException {
    double result = 0;
    Sums sums = new Sums();
    try (BatchReader reader = ArrowIpc.open(path, options)) {
      for (RecordBatch batch = reader.next(); batch != null; batch = reader.next()) {
        try (RecordBatch open = batch) {
          result +=
              switch (work) {
                case BATCHES -> open.rowCount();
                case COLUMNS -> nulls(open);
                case SUM -> sum(open, sums);
              };
        }
      }
    }
    return result;
  }

  private static long nulls(RecordBatch batch) {
    long nulls = 0;
    for (int i = 0; i < batch.columnCount(); i++) {
      nulls += batch.column(i).nullCount();
    }
    return nulls;
  }

  private static double sum(RecordBatch batch, Sums sums) {
    double sum = 0;
    for (int i = 0; i < batch.columnCount(); i++) {
      sum += sum(batch.column(i), sums);
    }
    return sum;
  }

  private static double sum(Column column, Sums sums) {
    if (column instanceof DoubleColumn doubles) {
      return sums.of(doubles);
    }
    if (column instanceof LongColumn longs) {
      return sums.of(longs);
    }
    return column instanceof IntColumn ints ? sums.of(ints) : 0;
  }
}
