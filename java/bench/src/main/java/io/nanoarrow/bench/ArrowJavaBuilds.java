package io.nanoarrow.bench;

import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Builds batches with arrow-java's {@code setSafe}, in vectors that are used for every batch. */
final class ArrowJavaBuilds {
  private ArrowJavaBuilds() {}

  /** Returns what {@link NanoarrowBuilds#build} returns. */
  static double build(BuilderRows rows, int rowCount, int batchRows, BufferAllocator allocator) {
    double check = 0;
    try (BigIntVector ids = new BigIntVector("id", allocator);
        Float8Vector prices = new Float8Vector("price", allocator);
        VarCharVector names = new VarCharVector("name", allocator);
        IntVector counts = new IntVector("count", allocator);
        VectorSchemaRoot root = VectorSchemaRoot.of(ids, prices, names, counts)) {
      for (int done = 0; done < rowCount; done += batchRows) {
        int count = Math.min(batchRows, rowCount - done);
        root.getFieldVectors().forEach(vector -> vector.reset());
        append(rows, count, ids, prices, names, counts);
        root.setRowCount(count);
        int last = count - 1;
        check +=
            ids.get(last) + prices.get(last) + names.getValueLength(last) + counts.getNullCount();
      }
    }
    return check;
  }

  private static void append(
      BuilderRows rows,
      int count,
      BigIntVector ids,
      Float8Vector prices,
      VarCharVector names,
      IntVector counts) {
    for (int row = 0; row < count; row++) {
      int i = row & BuilderRows.MASK;
      ids.setSafe(row, rows.ids[i]);
      prices.setSafe(row, rows.prices[i]);
      names.setSafe(row, rows.names[i].getBytes(StandardCharsets.UTF_8));
      if (rows.hasCount[i]) {
        counts.setSafe(row, rows.counts[i]);
      } else {
        counts.setNull(row);
      }
    }
  }
}
