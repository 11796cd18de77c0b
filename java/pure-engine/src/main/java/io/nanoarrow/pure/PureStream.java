package io.nanoarrow.pure;

import io.nanoarrow.layout.BatchData;
import io.nanoarrow.options.ReadOptions;
import io.nanoarrow.pure.dictionary.DictionaryPlans;
import io.nanoarrow.pure.dictionary.DictionarySet;
import io.nanoarrow.pure.dictionary.DictionaryState;
import io.nanoarrow.pure.fault.Faults;
import io.nanoarrow.pure.message.MessageHead;
import io.nanoarrow.pure.message.MessageReader;
import io.nanoarrow.pure.schema.SchemaReader;
import io.nanoarrow.pure.source.ByteSource;
import io.nanoarrow.pure.source.Ranges;
import io.nanoarrow.pure.validate.BatchValidator;
import io.nanoarrow.schema.Schema;
import io.nanoarrow.spi.EngineStream;
import io.nanoarrow.spi.Projection;
import io.nanoarrow.stats.ReadStats;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.arrow.flatbuf.MessageHeader;
import org.jspecify.annotations.Nullable;

/** A stream: its schema, then dictionaries and record batches as they come. */
final class PureStream implements EngineStream {
  private static final int CLOSED = Integer.MIN_VALUE;

  /** 1 while a batch is read, and {@link #CLOSED}. */
  private final AtomicInteger calls = new AtomicInteger();

  private final ByteSource source;
  private final MessageReader messages;
  private final Schema schema;
  private final BatchDecoder decoder;
  private final BatchValidator validator;
  private final DictionaryState dictionaries;
  private long messageCount;
  private long batchCount;

  /** Reads the schema; {@code takeSource} stays the caller's when this fails. */
  PureStream(ByteSource takeSource, ReadOptions options) throws IOException {
    source = takeSource;
    messages = new MessageReader(takeSource, options);
    MessageHead head = messages.next();
    if (head == null) {
      throw messages.endedWithoutMarker()
          ? Faults.truncated("the input ends before the schema", takeSource.position())
          : Faults.invalid("a stream without a schema", takeSource.position());
    } else if (head.type() != MessageHeader.Schema) {
      throw Faults.invalid("a stream that does not begin with its schema", head.offset());
    }
    org.apache.arrow.flatbuf.Schema table = new org.apache.arrow.flatbuf.Schema();
    Schema read = SchemaReader.read(table.__assign(head.header(), head.bytes()), head.offset());
    boolean isVersion4 = head.isVersion4();
    boolean isBigEndian = SchemaReader.isBigEndian(table);
    boolean swaps = isBigEndian && options.ensureNativeByteOrder();
    Schema full = SchemaReader.inOrder(read, isBigEndian && !swaps);
    Projection projection = Projection.of(full, options);
    schema = projection == null ? full : projection.schema();
    decoder = new BatchDecoder(full, isVersion4, swaps, projection);
    dictionaries =
        new DictionaryState(
            new DictionaryPlans(full.fields(), isVersion4, swaps, projection, head.offset()),
            true,
            full.byteOrder());
    validator = new BatchValidator(schema, options);
    messages.body().take(Ranges.NONE).region().release();
    messageCount = 1;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public @Nullable BatchData next() throws IOException {
    if (!calls.compareAndSet(0, 1)) {
      throw new IllegalStateException(
          calls.get() < 0
              ? "stream reader is closed"
              : "two threads use one stream reader at once");
    }
    try {
      return read();
    } finally {
      if (calls.decrementAndGet() == CLOSED) {
        free();
      }
    }
  }

  private @Nullable BatchData read() throws IOException {
    while (true) {
      MessageHead head = messages.next();
      if (head == null) {
        return null;
      }
      switch (head.type()) {
        case MessageHeader.RecordBatch -> {
          DictionarySet known = dictionaries.current(head.offset());
          BatchData batch = decoder.decode(head, messages.body(), known);
          messageCount++;
          batchCount++;
          return validator.check(batch, messages.messageOffset());
        }
        case MessageHeader.DictionaryBatch -> {
          dictionaries.add(head, messages.body());
          messageCount++;
        }
        case MessageHeader.Schema ->
            throw Faults.invalid("a second schema in a stream", head.offset());
        default -> throw Faults.unsupported("a tensor among record batches", head.offset(), null);
      }
    }
  }

  @Override
  public ReadStats stats() {
    return new ReadStats(
        messageCount,
        batchCount,
        dictionaries.batches(),
        dictionaries.deltas(),
        dictionaries.replaced(),
        messages.endedWithoutMarker());
  }

  /**
   * Under a call of another thread only the input is closed, so that it ends; it frees the rest.
   */
  @Override
  public void close() throws IOException {
    int before = calls.getAndUpdate(n -> n | CLOSED);
    if (before == 0) {
      free();
    } else if (before > 0) {
      source.wake();
    }
  }

  private void free() throws IOException {
    dictionaries.close();
    source.close();
  }
}
