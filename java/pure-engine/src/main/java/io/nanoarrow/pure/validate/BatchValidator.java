package io.nanoarrow.pure.validate;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;
import io.nanoarrow.schema.Schema;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the options of a reader want to be done with each batch that it has decoded. Any thread. */
public final class BatchValidator {
  private final boolean isFull;
  private final boolean skipsExport;
  private final int columnCount;

  /** The values of each dictionary that were last found valid. */
  private final Map<Long, WeakReference<ColumnData>> valid = new ConcurrentHashMap<>();

  /** For the batches of a schema. */
  public BatchValidator(Schema schema, ReadOptions options) {
    isFull = options.validation() == ValidationLevel.FULL;
    skipsExport = options.skipExportValidation();
    columnCount = schema.fields().size();
  }

  /**
   * Returns the batch when it passes; otherwise gives its use back.
   *
   * @param messageOffset where in the input the batch's message begins, for errors
   * @throws io.nanoarrow.error.ArrowFormatException for the first defect, fields in pre-order
   */
  public <B extends BatchData> B check(B batch, long messageOffset) {
    if (isFull) {
      try {
        for (int i = 0; i < columnCount; i++) {
          new ArrayValidator(valid).checkColumn(batch.column(i), batch.rowCount(), messageOffset);
        }
      } catch (Throwable t) {
        batch.release();
        throw t;
      }
    }
    if (isFull || skipsExport) {
      batch.markCheckedForExport();
    }
    return batch;
  }
}
