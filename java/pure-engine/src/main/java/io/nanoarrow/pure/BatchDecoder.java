package io.nanoarrow.pure;

import io.nanoarrow.pure.body.ArrayTable;
import io.nanoarrow.pure.body.ArrayTables;
import io.nanoarrow.pure.body.BodyPlan;
import io.nanoarrow.pure.dictionary.DictionarySet;
import io.nanoarrow.pure.message.MessageHead;
import io.nanoarrow.pure.source.Body;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;

/** Decodes the record batches of one schema. Immutable, any thread. */
final class BatchDecoder {
  private final BodyPlan plan;
  private final BodyPlan planVersion4;

  BatchDecoder(Schema schema, boolean bigEndian) {
    plan = BodyPlan.of(schema.fields(), false, bigEndian);
    planVersion4 = BodyPlan.of(schema.fields(), true, bigEndian);
  }

  /**
   * Returns a batch whose one use is the caller's.
   *
   * @param head the message of a record batch
   * @param takeBody its body, taken over in any case
   * @param dictionaries as they stand now
   */
  PureBatch decode(MessageHead head, Body takeBody, DictionarySet dictionaries) {
    BodyPlan version = head.isVersion4() ? planVersion4 : plan;
    ArrayTable table = ArrayTables.check(version, head.batch(), takeBody);
    try {
      dictionaries.require(table, head.offset());
      Metadata metadata = head.metadata();
      return new PureBatch(table, dictionaries, metadata);
    } catch (Throwable t) {
      table.release();
      throw t;
    }
  }
}
