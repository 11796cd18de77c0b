package io.nanoarrow.engine;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.naj.Naj;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.options.ValidationLevel;

/** What the options of a reader want to be done with each batch that it has decoded. Any thread. */
final class BatchChecks {
  private final boolean isFull;
  private final boolean skipsExport;
  private final int columnCount;
  private final boolean isV4;

  /** A {@code naj_schema}, 0 when nothing is validated. */
  private final long schema;

  /**
   * For the batches of a schema; {@link #close} when the last has been checked.
   *
   * @param handle the {@code naj_schema} of all columns, retained here
   */
  BatchChecks(SchemaLayout layout, long handle, ReadOptions options) {
    this.isFull = options.validation() == ValidationLevel.FULL;
    this.skipsExport = options.skipExportValidation();
    this.columnCount = layout.columnCount();
    this.isV4 = layout.isV4() && !layout.isPartial();
    if (isFull && layout.isPartial()) {
      this.schema = SchemaWriter.toHandle(layout.schema());
    } else {
      this.schema = isFull ? handle : 0;
      Naj.naj_bind_schema_retain(schema);
    }
  }

  /** Tells whether batches are validated, so that their offsets are of use. */
  boolean isFull() {
    return isFull;
  }

  /**
   * Returns the batch when it passes; otherwise gives its use back.
   *
   * @param messageOffset where in the input the batch's message begins
   * @throws ArrowFormatException for the first defect
   */
  NativeBatch check(NativeBatch batch, long messageOffset) {
    if (isFull) {
      try {
        ArrayExporter.validate(schema, isV4, batch, columnCount, ArrayExporter.VALIDATE_FULL);
      } catch (ArrowFormatException e) {
        batch.release();
        throw new ArrowFormatException(
            e.kind(), e.detail(), messageOffset, e.columnPath(), e.row());
      } catch (Throwable t) {
        batch.release();
        throw t;
      }
    }
    if (skipsExport) {
      batch.markCheckedForExport();
    }
    return batch;
  }

  void close() {
    Naj.naj_bind_schema_release(schema);
  }
}
