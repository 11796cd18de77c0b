package io.nanoarrow.pure;

import io.nanoarrow.pure.body.ArrayTable;
import io.nanoarrow.pure.body.ArrayTables;
import io.nanoarrow.pure.body.BodyPlan;
import io.nanoarrow.pure.body.BodyPlans;
import io.nanoarrow.pure.dictionary.DictionarySet;
import io.nanoarrow.pure.message.MessageHead;
import io.nanoarrow.pure.source.PendingBody;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Projection;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Decodes the record batches of one schema. Immutable, any thread. */
final class BatchDecoder {
  private final @Nullable Projection projection;
  private final BodyPlans plans;

  /** A decoder of all columns, or of the projection's unless that is null. */
  BatchDecoder(
      Schema schema, boolean isVersion4, boolean bigEndian, @Nullable Projection projection) {
    this.projection = projection;
    IntPredicate isRead = BodyPlan.ALL;
    if (projection != null) {
      boolean[] selected = projection.selectedFields();
      isRead = field -> selected[field];
    }
    plans = new BodyPlans(schema.fields(), isVersion4, bigEndian, isRead);
  }

  /**
   * Returns a batch whose one use is the caller's.
   *
   * @param head the message of a record batch
   * @param takeBody its body
   * @param dictionaries as they stand now
   */
  PureBatch decode(MessageHead head, PendingBody takeBody, DictionarySet dictionaries)
      throws IOException {
    BodyPlan version = plans.of(head.isVersion4(), head.offset());
    ArrayTable table = ArrayTables.check(version, head.batch(), takeBody);
    try {
      dictionaries.require(table, head.offset());
      Metadata metadata = head.metadata();
      return new PureBatch(table, projection, dictionaries, metadata);
    } catch (Throwable t) {
      table.release();
      throw t;
    }
  }
}
