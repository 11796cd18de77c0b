package io.nanoarrow.spi;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.schema.Schema;
import java.util.List;

/**
 * The Arrow C Data Interface, for batches of every engine; found by {@link
 * java.util.ServiceLoader}. Structs are named by the address of memory that the caller allocated.
 * What is exported belongs to the consumer, who calls {@code release}; what is imported is moved:
 * the struct is marked released.
 */
public interface CDataBridge {
  /** Fills the ArrowSchema at {@code address}. */
  void exportSchema(Schema schema, long address);

  /**
   * Fills the ArrowArray at {@code address} with a struct array of the columns; the memory they lie
   * in is kept until the consumer releases it.
   *
   * @param owner the batch that the columns belong to; retained while the consumer holds the array
   */
  void exportBatch(
      Schema schema, BatchData owner, List<ColumnData> columns, long rowCount, long address);

  /** Fills the ArrowArrayStream at {@code address}; the stream is closed when it is released. */
  void exportStream(EngineStream stream, long address);

  /** Reads the ArrowSchema at {@code address}, which stays the caller's. */
  Schema importSchema(long address);

  /** Moves the ArrowArray at {@code address} into a batch; its one use is the caller's. */
  BatchData importBatch(Schema schema, long address);

  /** Moves the ArrowArrayStream at {@code address} into a stream of batches. */
  EngineStream importStream(long address);
}
