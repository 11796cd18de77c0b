package io.nanoarrow.pure;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.Footer.Place;
import io.nanoarrow.pure.dictionary.DictionaryPlans;
import io.nanoarrow.pure.dictionary.DictionarySet;
import io.nanoarrow.pure.dictionary.DictionaryState;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.message.MessageHead;
import io.nanoarrow.pure.schema.SchemaReader;
import io.nanoarrow.pure.source.Body;
import io.nanoarrow.pure.source.PendingBody;
import io.nanoarrow.pure.source.RandomSource;
import io.nanoarrow.pure.source.Ranges;
import io.nanoarrow.pure.validate.BatchValidator;
import io.nanoarrow.schema.Metadata;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.DecompressionBudget;
import io.nanoarrow.spi.EngineFile;
import io.nanoarrow.spi.Projection;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.flatbuf.MessageHeader;
import org.jspecify.annotations.Nullable;

/** A file: batches in any order, dictionaries read all at once when the first batch is. */
final class PureFile implements EngineFile {
  private static final int CONTINUATION = -1;

  private final RandomSource source;
  private final ReadOptions options;
  private final Footer footer;
  private final Schema schema;
  private final BatchDecoder decoder;
  private final BatchValidator validator;
  private final DictionaryPlans plans;
  private final AtomicLong batchesRead = new AtomicLong();
  private final DecompressionBudget budget;
  private final Object dictionaryLock = new Object();
  private volatile @Nullable DictionaryState dictionaries;

  /** Reads the footer; {@code takeSource} stays the caller's when this fails. */
  PureFile(RandomSource takeSource, ReadOptions options) throws IOException {
    this.source = takeSource;
    this.options = options;
    this.budget = new DecompressionBudget(options);
    this.footer = Footer.read(takeSource, options);
    boolean keepsOrder = footer.bigEndian() && !options.ensureNativeByteOrder();
    boolean swaps = footer.bigEndian() && !keepsOrder;
    Schema full = SchemaReader.inOrder(footer.schema(), keepsOrder);
    Projection projection = Projection.of(full, options);
    this.schema = projection == null ? full : projection.schema();
    this.decoder = new BatchDecoder(full, footer.isVersion4(), swaps, projection);
    this.plans =
        new DictionaryPlans(full.fields(), footer.isVersion4(), swaps, projection, footer.offset());
    this.validator = new BatchValidator(schema, options);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public int batchCount() {
    return footer.batches().size();
  }

  @Override
  public BatchData batch(int index) throws IOException {
    DictionarySet set = dictionaries();
    Place place = footer.batches().get(index);
    MessageHead head = new MessageHead(options, budget);
    read(place, head, MessageHeader.RecordBatch);
    BatchData batch = decoder.decode(head, body(place, head), set);
    batchesRead.incrementAndGet();
    return validator.check(batch, place.offset());
  }

  @Override
  public long batchRowCount(int index) throws IOException {
    MessageHead head = new MessageHead(options, budget);
    read(footer.batches().get(index), head, MessageHeader.RecordBatch);
    return head.batch().rowCount();
  }

  private DictionarySet dictionaries() throws IOException {
    DictionaryState state = dictionaries;
    if (state == null) {
      synchronized (dictionaryLock) {
        state = dictionaries;
        if (state == null) {
          state = readDictionaries();
          dictionaries = state;
        }
      }
    }
    return state.current(footer.offset());
  }

  /** Reads all dictionaries and makes their set, so that it only needs to be looked up later. */
  private DictionaryState readDictionaries() throws IOException {
    DictionaryState state = new DictionaryState(plans, false, schema.byteOrder());
    try {
      MessageHead head = new MessageHead(options, budget);
      for (Place place : footer.dictionaries()) {
        read(place, head, MessageHeader.DictionaryBatch);
        state.add(head, body(place, head));
      }
      state.current(footer.offset());
      return state;
    } catch (Throwable t) {
      state.close();
      throw t;
    }
  }

  /** Reads the metadata of a block: prefix with or without the continuation word, flatbuffer. */
  private void read(Place place, MessageHead head, byte type) throws IOException {
    if (place.metadataSize() > options.maxMetadataBytes()) {
      throw Faults.limit(
          "metadata of "
              + place.metadataSize()
              + " bytes, the limit is "
              + options.maxMetadataBytes(),
          place.offset());
    }
    ByteBuffer bytes = source.metadata(place.offset(), place.metadataSize());
    int at = bytes.position();
    int prefix = bytes.remaining() >= 8 && bytes.getInt(at) == CONTINUATION ? 8 : 4;
    int left = bytes.remaining() - prefix;
    int size = left < 0 ? 0 : bytes.getInt(at + prefix - 4);
    if (size <= 0 || size != left) {
      throw Faults.invalid(
          "metadata of " + size + " bytes in a block with " + Math.max(left, 0), place.offset());
    }
    head.read(bytes, at + prefix, size, place.offset() + prefix);
    if (head.type() != type) {
      throw Faults.invalid("a block with a message of another type", place.offset());
    }
    if (head.bodySizeBytes() != place.bodySize()) {
      throw Faults.invalid(
          "a body of " + head.bodySizeBytes() + " bytes in a block with " + place.bodySize(),
          place.offset());
    }
  }

  private PendingBody body(Place place, MessageHead head) {
    long size = head.bodySizeBytes();
    return new PendingBody() {
      @Override
      public long sizeBytes() {
        return size;
      }

      @Override
      public long holeBytes() {
        return source.holeBytes();
      }

      @Override
      public Body take(@Nullable Ranges wanted) throws IOException {
        return source.body(place.offset() + place.metadataSize(), size, wanted);
      }
    };
  }

  @Override
  public Metadata metadata() {
    return footer.metadata();
  }

  @Override
  public ReadStats stats() {
    long batches = batchesRead.get();
    DictionaryState state = dictionaries;
    return state == null
        ? new ReadStats(1 + batches, batches, 0, 0, 0, false)
        : new ReadStats(
            1 + batches + state.batches(), batches, state.batches(), state.deltas(), 0, false);
  }

  @Override
  public void close() throws IOException {
    DictionaryState state = dictionaries;
    if (state != null) {
      state.close();
    }
    source.close();
  }
}
