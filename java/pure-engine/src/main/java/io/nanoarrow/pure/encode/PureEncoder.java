package io.nanoarrow.pure.encode;

import io.nanoarrow.error.ArrowFormatException;
import io.nanoarrow.layout.BatchRows;
import io.nanoarrow.layout.ColumnData;
import io.nanoarrow.options.Compression;
import io.nanoarrow.options.MetadataVersion;
import io.nanoarrow.options.WriteOptions;
import io.nanoarrow.pure.truncate.ArrayPlan;
import io.nanoarrow.pure.truncate.Truncator;
import io.nanoarrow.schema.Field;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EncodedMessage;
import io.nanoarrow.spi.EngineEncoder;
import io.nanoarrow.spi.FooterBlock;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows of one schema: each body is truncated buffer by buffer into parts, then the
 * flatbuffer is made of what was noted on the way. One thread at a time.
 */
public final class PureEncoder implements EngineEncoder {
  private final Schema schema;
  private final List<ArrayPlan> columns;
  private final Map<Long, ArrayPlan> dictionaries = new HashMap<>();
  private final MessageWriter messages;
  private final MessageBody body;
  private final Truncator truncator;
  private final @Nullable BodyCompressor compressor;

  /**
   * An encoder.
   *
   * @throws ArrowFormatException of kind UNSUPPORTED when a reader would refuse the schema
   */
  public PureEncoder(Schema schema, WriteOptions options) {
    boolean version4 = options.metadataVersion() == MetadataVersion.V4;
    this.schema = schema;
    Compression compression = options.compression();
    this.compressor = compression == null ? null : new BodyCompressor(compression, options);
    this.messages = new MessageWriter(options);
    SchemaCheck.requireReadable(messages.footer(schema, List.of(), List.of(), Metadata.EMPTY));
    this.columns = schema.fields().stream().map(f -> ArrayPlan.of(f, version4)).toList();
    addDictionaries(schema.fields(), version4);
    this.body = new MessageBody(options.alignmentBytes());
    this.truncator = new Truncator(body, options.allow64Bit());
  }

  private void addDictionaries(List<Field> fields, boolean version4) {
    for (Field field : fields) {
      if (field.dictionary() != null) {
        dictionaries.putIfAbsent(field.dictionary().id(), ArrayPlan.ofValues(field, version4));
      }
      addDictionaries(field.children(), version4);
    }
  }

  @Override
  public EncodedMessage schema(long position) {
    return messages.schema(position, schema);
  }

  @Override
  public EncodedMessage dictionary(long position, long id, boolean isDelta, ColumnData values) {
    ArrayPlan plan = dictionaries.get(id);
    if (plan == null) {
      throw new IllegalArgumentException("the schema has no dictionary " + id);
    }
    body.clear();
    truncator.write(plan, values, 0, values.length());
    return messages.dictionary(position, id, isDelta, values.length(), content());
  }

  @Override
  public EncodedMessage batch(long position, BatchRows rows, Metadata metadata) {
    body.clear();
    long count = rows.rowCount();
    for (int i = 0; i < columns.size(); i++) {
      truncator.write(columns.get(i), rows.data().column(i), rows.start(), count);
    }
    return messages.batch(position, count, content(), metadata);
  }

  private BodyContent content() {
    BodyContent content = body.content();
    return compressor == null ? content : compressor.compress(content);
  }

  @Override
  public long batchSizeBytes(BatchRows rows, Metadata metadata) {
    return batch(0, rows, metadata).sizeBytes();
  }

  @Override
  public ByteBuffer footer(
      List<FooterBlock> dictionaryBlocks, List<FooterBlock> batchBlocks, Metadata metadata) {
    return messages.footer(schema, dictionaryBlocks, batchBlocks, metadata);
  }

  @Override
  public void close() {
    body.clear();
  }
}
