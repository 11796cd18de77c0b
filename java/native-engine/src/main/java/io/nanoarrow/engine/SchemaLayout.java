package io.nanoarrow.engine;

import io.nanoarrow.schema.Schema;
import org.jspecify.annotations.Nullable;

/** A schema and, from the first use of a column on, its layout. Any thread. */
final class SchemaLayout {
  private static final int METADATA_V4 = 3;

  private final Schema schema;
  private final boolean isV4;
  private volatile @Nullable BatchLayout batch;

  private SchemaLayout(Schema schema, boolean isV4) {
    this.schema = schema;
    this.isV4 = isV4;
  }

  /** The schema of a {@code naj_schema} with this head. */
  static SchemaLayout of(Schema schema, DescriptorHeader header) {
    return new SchemaLayout(schema, header.metadataVersion() == METADATA_V4);
  }

  Schema schema() {
    return schema;
  }

  int columnCount() {
    return schema.fields().size();
  }

  BatchLayout batch() {
    BatchLayout known = batch;
    if (known == null) {
      known = new BatchLayout(schema, isV4);
      batch = known;
    }
    return known;
  }
}
