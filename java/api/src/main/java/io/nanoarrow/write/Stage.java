package io.nanoarrow.write;

import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.schema.Metadata;
import java.io.IOException;

/** One step on the way from a batch to the output; hands on to the next. One thread. */
interface Stage extends AutoCloseable {
  /**
   * Takes rows.
   *
   * @param borrowRows whose content stays during the call; retained by whoever needs it longer
   */
  void accept(BatchRows borrowRows, Metadata metadata) throws IOException;

  /** Hands on what was held back: no more rows come. */
  void finish() throws IOException;

  /** Releases what is held, written or not. Does not close the next stage. */
  @Override
  void close();
}
