package io.nanoarrow.engine;

import io.nanoarrow.naj.Naj;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.Projection;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** A schema and, from the first use of a column on, its layout. Any thread. */
final class SchemaLayout {
  private static final int METADATA_V4 = 3;

  private final Schema full;
  private final @Nullable Projection projection;
  private final boolean isV4;
  private final @Nullable DictionaryLayouts dictionaries;
  private volatile @Nullable BatchLayout batch;

  private SchemaLayout(
      Schema full,
      @Nullable Projection projection,
      boolean isV4,
      @Nullable DictionaryLayouts takeDictionaries) {
    this.full = full;
    this.projection = projection;
    this.isV4 = isV4;
    this.dictionaries = takeDictionaries;
  }

  /**
   * The layout of a {@code naj_schema} that was just read, which is told what the options select.
   *
   * @throws IllegalArgumentException when the options name a column that does not exist
   */
  static SchemaLayout of(long schemaHandle, DescriptorHeader header, ReadOptions options) {
    Schema full = SchemaReader.read(schemaHandle);
    boolean keepsOrder = header.isBigEndian() && !options.ensureNativeByteOrder();
    if (keepsOrder) {
      full = new Schema(full.fields(), full.metadata(), ByteOrder.BIG_ENDIAN);
    }
    Projection projection = Projection.of(full, options);
    if (projection != null) {
      select(schemaHandle, projection);
    }
    boolean isV4 = header.metadataVersion() == METADATA_V4;
    DictionaryLayouts found = DictionaryLayouts.of(full, projection, isV4, keepsOrder);
    return new SchemaLayout(full, projection, isV4, found.count() == 0 ? null : found);
  }

  private static void select(long schemaHandle, Projection projection) {
    boolean[] selected = projection.selectedFields();
    byte[] marks = new byte[selected.length];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = (byte) (selected[i] ? 1 : 0);
    }
    NativeMemory memory = NativeMemory.allocate(Math.max(1, marks.length));
    try {
      memory.root().put(0, marks);
      Scratch scratch = Scratch.get();
      int status =
          Naj.naj_bind_schema_select(schemaHandle, memory.address(), marks.length, scratch.error);
      if (status != Status.OK) {
        throw Status.failure(scratch);
      }
    } finally {
      memory.close();
    }
  }

  /** The one-column schema of a dictionary's values; nested dictionaries are the whole schema's. */
  static SchemaLayout ofValues(Schema schema, boolean isV4) {
    return new SchemaLayout(schema, null, isV4, null);
  }

  /** Returns the dictionaries that the fields name, or null when there are none. */
  @Nullable DictionaryLayouts dictionaries() {
    return dictionaries;
  }

  /** Returns what is read. */
  Schema schema() {
    return projection == null ? full : projection.schema();
  }

  /** Tells whether there are fields that are not read. */
  boolean isPartial() {
    return projection != null;
  }

  /** Tells whether the messages are of metadata version V4. */
  boolean isV4() {
    return isV4;
  }

  int columnCount() {
    return schema().fields().size();
  }

  BatchLayout batch() {
    BatchLayout known = batch;
    if (known == null) {
      known = new BatchLayout(full, isV4, projection);
      batch = known;
    }
    return known;
  }
}
