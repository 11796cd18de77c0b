package io.nanoarrow.compare;

import io.nanoarrow.RecordBatch;
import io.nanoarrow.Table;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares what schemas, batches and tables mean, not how their bytes lie. Immutable; any thread.
 *
 * <p>Columns are compared in their order: name, type, nullability, then values. Null rows are equal
 * whatever bytes lie under them. Floats are compared as {@link Double#equals} does: 0.0 is not
 * -0.0; NaN by {@link Builder#nanEqualsNan}. Names of the children of lists, maps and run-end
 * encoding, and ids of dictionaries, play no part; nor does how a table is divided into batches.
 *
 * <p>Every value is looked at in the worst case. Where nested values of hostile input share so many
 * elements that this would not end, it is an ArrowFormatException of kind LIMIT_EXCEEDED.
 *
 * @see RecordBatch#equals
 */
public final class BatchComparison {
  /** Ignores metadata, takes NaN for NaN, tells encodings apart. */
  public static final BatchComparison DEFAULT = builder().build();

  private final boolean metadata;
  private final SchemaComparer schemas;
  private final ValueComparer values;

  private BatchComparison(Builder builder) {
    metadata = builder.metadata;
    schemas = new SchemaComparer(builder.metadata, builder.encoding);
    values = new ValueComparer(builder.nan);
  }

  /** Starts from the default. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns where two schemas first differ, or null. */
  public @Nullable Difference firstDifference(Schema left, Schema right) {
    return schemas.firstDifference(left, right);
  }

  /**
   * Returns where two batches first differ, or null: schema, metadata, row count, then column by
   * column.
   *
   * @throws IllegalStateException when one is closed
   * @throws io.nanoarrow.error.ArrowFormatException when values break the format
   */
  public @Nullable Difference firstDifference(RecordBatch left, RecordBatch right) {
    Difference found = firstDifference(left.schema(), right.schema());
    if (found == null) {
      found = metadataDifference(left.metadata(), right.metadata());
    }
    return found != null ? found : RowsComparer.compare(values, List.of(left), List.of(right));
  }

  /**
   * Returns where two tables first differ, or null: schema, row count, then the rows; {@link
   * Difference#row} counts over all batches. The metadata of single batches plays no part.
   *
   * @throws IllegalStateException when one is closed
   * @throws io.nanoarrow.error.ArrowFormatException when values break the format
   */
  public @Nullable Difference firstDifference(Table left, Table right) {
    Difference found = firstDifference(left.schema(), right.schema());
    return found != null ? found : RowsComparer.compare(values, left.batches(), right.batches());
  }

  /** Tells whether there is no difference. */
  public boolean areEqual(RecordBatch left, RecordBatch right) {
    return firstDifference(left, right) == null;
  }

  /** Tells whether there is no difference. */
  public boolean areEqual(Table left, Table right) {
    return firstDifference(left, right) == null;
  }

  private @Nullable Difference metadataDifference(Metadata left, Metadata right) {
    return !metadata || left.equals(right)
        ? null
        : new Difference("", Difference.NO_ROW, "metadata " + left, "metadata " + right);
  }

  /**
   * Returns a hash of schema and first rows that is the same for all that {@link #DEFAULT} calls
   * equal.
   *
   * @param schema the schema of the batches
   * @param batches open
   */
  public static int hash(Schema schema, List<RecordBatch> batches) {
    return RowsHash.of(schema, batches);
  }

  /** Collects options; not for several threads. */
  public static final class Builder {
    private boolean metadata;
    private boolean nan = true;
    private boolean encoding = true;

    private Builder() {}

    /** Compares the metadata of schemas, fields and batches too; default false. */
    public Builder metadata(boolean compare) {
      metadata = compare;
      return this;
    }

    /** Takes any NaN for any other; default true. With false no NaN equals anything. */
    public Builder nanEqualsNan(boolean equal) {
      nan = equal;
      return this;
    }

    /**
     * Tells dictionary or run-end encoded values from plain ones and from each other; default true.
     * With false only the values that rows stand for count.
     */
    public Builder encoding(boolean compare) {
      encoding = compare;
      return this;
    }

    /** Returns the comparison. */
    public BatchComparison build() {
      return new BatchComparison(this);
    }
  }
}
