package io.nanoarrow.engine;

import io.nanoarrow.schema.Schema;
import org.jspecify.annotations.Nullable;

/** A schema and, from the first use of a column on, its layout. Any thread. */
final class SchemaLayout {
  private static final int METADATA_V4 = 3;

  private final Schema schema;
  private final boolean isV4;
  private final @Nullable DictionaryLayouts dictionaries;
  private volatile @Nullable BatchLayout batch;

  private SchemaLayout(Schema schema, boolean isV4, @Nullable DictionaryLayouts takeDictionaries) {
    this.schema = schema;
    this.isV4 = isV4;
    this.dictionaries = takeDictionaries;
  }

  /** The schema of a {@code naj_schema} with this head. */
  static SchemaLayout of(Schema schema, DescriptorHeader header) {
    boolean isV4 = header.metadataVersion() == METADATA_V4;
    DictionaryLayouts found = DictionaryLayouts.of(schema, isV4);
    return new SchemaLayout(schema, isV4, found.count() == 0 ? null : found);
  }

  /** The one-column schema of a dictionary's values; nested dictionaries are the whole schema's. */
  static SchemaLayout ofValues(Schema schema, boolean isV4) {
    return new SchemaLayout(schema, isV4, null);
  }

  /** Returns the dictionaries that the fields name, or null when there are none. */
  @Nullable DictionaryLayouts dictionaries() {
    return dictionaries;
  }

  Schema schema() {
    return schema;
  }

  /** Tells whether the messages are of metadata version V4. */
  boolean isV4() {
    return isV4;
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
