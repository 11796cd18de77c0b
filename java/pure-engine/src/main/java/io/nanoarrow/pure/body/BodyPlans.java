package io.nanoarrow.pure.body;

import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.schema.Field;
import java.util.List;
import java.util.function.IntPredicate;

/** What the batches of some fields consist of, in both versions of the metadata. Immutable. */
public final class BodyPlans {
  private final BodyPlan version4;
  private final BodyPlan version5;
  private final boolean isSchemaVersion4;

  /**
   * Plans of some fields.
   *
   * @param isSchemaVersion4 the schema is of metadata version V4
   * @param bigEndian buffers come in that order
   * @param isRead which fields are read, see {@link BodyPlan#of}
   */
  public BodyPlans(
      List<Field> fields, boolean isSchemaVersion4, boolean bigEndian, IntPredicate isRead) {
    this.version4 = BodyPlan.of(fields, true, bigEndian, isRead);
    this.version5 = BodyPlan.of(fields, false, bigEndian, isRead);
    this.isSchemaVersion4 = isSchemaVersion4;
  }

  /**
   * Returns the plan of a batch.
   *
   * @param isVersion4 the batch is of metadata version V4
   * @param inputOffset where it stands
   * @throws io.nanoarrow.error.ArrowFormatException when the schema is of the other version, and
   *     the versions lay it out differently
   */
  public BodyPlan of(boolean isVersion4, long inputOffset) {
    if (isVersion4 != isSchemaVersion4 && version5.isVersioned()) {
      throw Faults.invalid(
          "a batch of another metadata version than its schema, with unions or runs", inputOffset);
    }
    return isVersion4 ? version4 : version5;
  }
}
