package io.nanoarrow;

import io.nanoarrow.compare.BatchComparison;
import io.nanoarrow.compare.Difference;
import io.nanoarrow.schema.Schema;

/** Whether batches are of the schema that is written. */
final class Schemas {
  private Schemas() {}

  /**
   * Compares names, types, nullability and encodings, not metadata.
   *
   * @throws IllegalArgumentException naming the first difference
   */
  static void check(Schema written, Schema other) {
    Difference found =
        written == other ? null : BatchComparison.DEFAULT.firstDifference(written, other);
    if (found != null) {
      throw new IllegalArgumentException(
          "the batch does not have the writer's schema: %s%s is written, the batch has %s"
              .formatted(
                  found.columnPath().isEmpty() ? "" : "column " + found.columnPath() + ": ",
                  found.left(),
                  found.right()));
    }
  }
}
